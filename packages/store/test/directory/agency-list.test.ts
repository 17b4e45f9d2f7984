import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyScope } from '../../src/console/index.ts'
import {
  bindSystemAgency,
  createSystem,
  disableSystem,
  listAgencyChanges,
  listGroup,
  searchAgencies,
  streamAgencies,
} from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => clearDirectory(database))

describe('search', () => {
  beforeEach(() =>
    putAgencies(database, [
      agency('H15', { name: 'UBND tỉnh Đắk Lắk', code2016: '000.00.00.H15' }),
      agency('H15.1', { name: 'UBND xã Ea Kao', level: 'commune', parent: 'H15', locality: 'Đắk Lắk', groups: ['xa'] }),
      agency('H15.2', { name: 'UBND xã 100%_a', level: 'commune', parent: 'H15', groups: ['xa', 'b'] }),
      agency('H53', { name: 'UBND tỉnh Tây Ninh', shortName: 'UBTN' }),
    ]),
  )
  const codesOf = async (query: Parameters<typeof searchAgencies>[1]) =>
    (await searchAgencies(database, query)).map(each => each.agency.code)

  it.each([
    { query: 'Đắk Lắk', codes: ['H15', 'H15.1'] },
    { query: 'dak lak', codes: ['H15', 'H15.1'] },
    { query: 'LẮK ubnd', codes: ['H15', 'H15.1'] },
    { query: '000.00.00.H15', codes: ['H15'] },
    { query: 'ubtn', codes: ['H53'] },
    { query: '100%', codes: ['H15.2'] },
    { query: '%_%', codes: [] },
    { query: 'H15 Ninh', codes: [] },
    { query: '', codes: ['H15', 'H15.1', 'H15.2', 'H53'] },
  ])('finds $codes for "$query"', async ({ query, codes }) => {
    expect(await codesOf({ query })).toEqual(codes)
  })

  it('narrows by level, parent and group', async () => {
    expect(await codesOf({ level: 'province' })).toEqual(['H15', 'H53'])
    expect(await codesOf({ parent: 'H15', query: 'kao' })).toEqual(['H15.1'])
    expect(await codesOf({ group: 'b' })).toEqual(['H15.2'])
  })

  it('finds an agency by a code of before', async () => {
    await putAgencies(database, [agency('H60', { name: 'UBND tỉnh Mới', oldCodes: ['CU.07', 'T07'] })])

    expect(await codesOf({ query: 't07' })).toEqual(['H60'])
  })

  it('narrows by kind, locality, connection and whether the code is closed', async () => {
    await putAgencies(database, [
      agency('C1', { kind: 'center' }),
      agency('H15.9', { level: 'district', validTo: '2025-07-01', successor: 'H15.1' }),
      agency('Z1', { center: 'C1' }),
    ])
    await createSystem(database, { id: 'center', name: 'Center' })
    await bindSystemAgency(database, 'center', 'C1')

    expect(await codesOf({ kind: 'center' })).toEqual(['C1'])
    expect(await codesOf({ locality: 'Đắk Lắk' })).toEqual(['H15.1'])
    expect(await codesOf({ closed: true })).toEqual(['H15.9'])
    expect(await codesOf({ closed: false, query: 'H15.9' })).toEqual([])
    // One behind a center is connected with it, as `connection` says.
    expect(await codesOf({ connected: true })).toEqual(['C1', 'Z1'])
    expect(await codesOf({ connected: false, level: 'commune' })).toEqual(['H15.1', 'H15.2'])
    await disableSystem(database, 'center')
    expect(await codesOf({ connected: true })).toEqual([])
  })

  it('gives those of a scope, and where its tree begins', async () => {
    const scope = { ...emptyScope, groups: ['xa'] }

    expect(await codesOf({ scope })).toEqual(['H15.1', 'H15.2'])
    expect(await codesOf({ topOnly: true })).toEqual(['H15', 'H53'])
    // H15 is not seen, so that nobody stands above them.
    expect(await codesOf({ scope, topOnly: true })).toEqual(['H15.1', 'H15.2'])
    expect(await codesOf({ scope: { ...emptyScope, subtrees: ['H15'] }, topOnly: true })).toEqual(['H15'])
    expect(await codesOf({ scope: emptyScope })).toEqual([])
  })

  it('pages in order of code', async () => {
    expect(await codesOf({ limit: 2 })).toEqual(['H15', 'H15.1'])
    expect(await codesOf({ limit: 2, after: 'H15.1' })).toEqual(['H15.2', 'H53'])
  })

  it('lists the members of a group', async () => {
    const members = await listGroup(database, 'xa')

    expect(members.map(each => each.agency.code)).toEqual(['H15.1', 'H15.2'])
  })
})

describe('changes', () => {
  it('come in the order in which they were made, removals too', async () => {
    await putAgencies(database, [agency('A'), agency('B')])
    const [first, second] = await listAgencyChanges(database, { since: 0 })
    await putAgencies(database, [agency('B', { name: 'Tên mới' })], 'replace')

    const changes = await listAgencyChanges(database, { since: second?.agency.version ?? 0 })

    expect([first?.agency.code, second?.agency.code]).toEqual(['A', 'B'])
    expect(changes.map(({ agency: each }) => [each.code, each.name, each.deleted])).toEqual([
      ['A', 'Cơ quan A', true],
      ['B', 'Tên mới', false],
    ])
  })

  it('come page by page', async () => {
    await putAgencies(database, [agency('A'), agency('B'), agency('C')])

    const [first] = await listAgencyChanges(database, { since: 0, limit: 1 })
    const rest = await listAgencyChanges(database, { since: first?.agency.version ?? 0 })

    expect([first?.agency.code, ...rest.map(each => each.agency.code)]).toEqual(['A', 'B', 'C'])
  })
})

it('streams every agency but the removed ones, in order of code', async () => {
  const all = Array.from({ length: 2_500 }, (_, index) => agency(`A${String(index).padStart(4, '0')}`))
  await putAgencies(database, [agency('Z'), ...all])
  await putAgencies(database, all, 'replace')

  const codes: string[] = []
  await database.transaction(async tx => {
    for await (const batch of streamAgencies(tx)) codes.push(...batch.map(each => each.code))
  })

  expect(codes).toEqual(all.map(each => each.code))
})
