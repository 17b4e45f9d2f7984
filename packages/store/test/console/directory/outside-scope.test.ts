import type { Agency } from '@docaxis/directory'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { outsideScope } from '../../../src/console/directory/outside-scope.ts'
import { emptyScope, type Scope } from '../../../src/console/index.ts'
import { agencyRows } from '../../../src/directory/agency-rows.ts'
import { agency, clearDirectory, putAgencies } from '../../directory-fixtures.ts'

let database: TestDatabase

const commune = (code: string, parent: string, more: Partial<Agency> = {}) =>
  agency(code, { level: 'commune', parent, ...more })
const own = commune('H1.1', 'H1', { center: 'C9', groups: ['all'] })

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())
beforeEach(async () => {
  await clearDirectory(database)
  await putAgencies(database, [
    agency('C9', { kind: 'center' }),
    agency('H1'),
    own,
    commune('H1.2', 'H1'),
    agency('H2'),
    commune('H2.1', 'H2', { groups: ['all', 'theirs'] }),
  ])
})

const province: Scope = { ...emptyScope, subtrees: ['H1'] }
const outside = (agencies: readonly Agency[], scope = province) => outsideScope(database, agencyRows(agencies), scope)

it('holds everything for those who see the whole hub', async () => {
  expect(await outside([agency('H2'), agency('X')], { ...emptyScope, everything: true })).toEqual([])
})

it('holds nothing for those who see nothing', async () => {
  expect(await outside([own], emptyScope)).toEqual([{ code: 'H1.1', field: 'code', value: 'H1.1' }])
})

describe('a scope holds', () => {
  it.each([
    { what: 'an agency as it stands, with a center and a group of others', agencies: [own] },
    { what: 'another name of it', agencies: [{ ...own, name: 'Tên mới' }] },
    { what: 'a successor within', agencies: [{ ...own, validTo: '2026-01-01', successor: 'H1.2' }] },
    { what: 'a new agency below one of its own', agencies: [commune('K7', 'H1')] },
    { what: 'new ones below each other', agencies: [commune('K7.1', 'K7'), commune('K7', 'H1.1')] },
    { what: 'a new group', agencies: [{ ...own, groups: ['all', 'ours'] }] },
  ])('$what', async ({ agencies }) => {
    expect(await outside(agencies)).toEqual([])
  })

  it('the codes below a commune, for whoever has the commune alone', async () => {
    const scope = { ...emptyScope, subtrees: ['H1.1'] }

    expect(await outside([commune('H1.1.7', 'H1.1')], scope)).toEqual([])
  })
})

describe('outside of a scope lies', () => {
  it.each([
    { what: 'an agency of others', row: commune('H2.1', 'H2'), field: 'code', value: 'H2.1' },
    { what: 'a new agency below one of others', row: commune('K7', 'H2'), field: 'code', value: 'K7' },
    { what: 'a new agency below nobody', row: agency('K7'), field: 'code', value: 'K7' },
    { what: 'another agency above', row: { ...own, parent: 'H2' }, field: 'parent', value: 'H2' },
    {
      what: 'a successor',
      row: { ...own, validTo: '2026-01-01', successor: 'H2.1' },
      field: 'successor',
      value: 'H2.1',
    },
    { what: 'one of the choices', row: { ...own, choices: ['H1.2', 'H2.1'] }, field: 'choices', value: 'H2.1' },
    { what: 'another center', row: { ...own, center: 'H2' }, field: 'center', value: 'H2' },
    {
      what: 'a group that others are in',
      row: { ...own, groups: ['all', 'theirs'] },
      field: 'groups',
      value: 'theirs',
    },
    {
      what: 'a further code below the code of others',
      row: { ...own, oldCodes: ['H2.9'] },
      field: 'codeForm',
      value: 'H2.9',
    },
  ])('$what', async ({ row, field, value }) => {
    expect(await outside([row])).toContainEqual({ code: row.code, field, value })
  })
})
