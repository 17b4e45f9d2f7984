import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  bindSystemAgency,
  createSystem,
  disableSystem,
  findAgency,
  getAgency,
  importAgencies,
  listAgencyChanges,
} from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => clearDirectory(database))

const versionOf = async (code: string) => (await getAgency(database, code)).agency.version

describe('merging', () => {
  it('adds, changes and leaves the rest as it is', async () => {
    await putAgencies(database, [agency('A'), agency('B'), agency('C')])

    const counts = await putAgencies(database, [agency('B', { name: 'Tên mới' }), agency('C'), agency('D')])

    expect(counts).toEqual({ added: 1, changed: 1, unchanged: 1, removed: 0 })
    expect((await getAgency(database, 'B')).agency.name).toBe('Tên mới')
  })

  it('gives a new version to what changed, and to nothing else', async () => {
    await putAgencies(database, [agency('A'), agency('B')])
    const before = { a: await versionOf('A'), b: await versionOf('B') }

    await putAgencies(database, [agency('A'), agency('B', { groups: ['x'] })])

    expect(await versionOf('A')).toBe(before.a)
    expect(await versionOf('B')).toBeGreaterThan(before.b)
  })

  it('never gives one version to two agencies', async () => {
    await putAgencies(database, [agency('A'), agency('B'), agency('C')])

    const versions = (await listAgencyChanges(database, { since: 0 })).map(each => each.agency.version)

    expect(new Set(versions).size).toBe(3)
  })

  it('forgets the forms that an agency no longer has', async () => {
    await putAgencies(database, [agency('A', { code2016: '000.A', oldCodes: ['A1', 'A2'] })])

    await putAgencies(database, [agency('A', { oldCodes: ['A2'] })])

    expect(await findAgency(database, '000.A')).toBeUndefined()
    expect(await findAgency(database, 'A1')).toBeUndefined()
    expect(await findAgency(database, 'A2')).toBeDefined()
  })

  it('moves a form from one agency to another', async () => {
    await putAgencies(database, [agency('A', { oldCodes: ['X'] }), agency('B')])

    await putAgencies(database, [agency('A'), agency('B', { oldCodes: ['X'] })])

    expect((await getAgency(database, 'X')).agency.code).toBe('B')
  })

  it('refuses two agencies under one form and writes neither', async () => {
    await putAgencies(database, [agency('A', { oldCodes: ['X'] })])

    const clash = putAgencies(database, [agency('B', { oldCodes: ['X'] }), agency('C')])

    await expect(clash).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
    expect(await findAgency(database, 'C')).toBeUndefined()
  })

  it('can be done twice in one transaction', async () => {
    await database.transaction(async tx => {
      await importAgencies(tx, [agency('A')], { mode: 'merge' })
      await importAgencies(tx, [agency('A', { name: 'Tên mới' })], { mode: 'merge' })
    })

    expect((await getAgency(database, 'A')).agency.name).toBe('Tên mới')
  })

  it('takes more agencies than fit into one statement', async () => {
    const many = Array.from({ length: 5_001 }, (_, index) => agency(`A${index}`))

    expect(await putAgencies(database, many)).toMatchObject({ added: 5_001 })
  })
})

describe('replacing', () => {
  it('removes what is not given, and frees its forms', async () => {
    await putAgencies(database, [agency('A', { oldCodes: ['X'] }), agency('B')])

    const counts = await putAgencies(database, [agency('B', { oldCodes: ['A', 'X'] })], 'replace')

    expect(counts).toEqual({ added: 0, changed: 1, unchanged: 0, removed: 1 })
    expect((await getAgency(database, 'A')).agency.code).toBe('B')
  })

  it('brings a removed agency back when it is given again', async () => {
    await putAgencies(database, [agency('A'), agency('B')])
    await putAgencies(database, [agency('B')], 'replace')

    await putAgencies(database, [agency('A')])

    expect((await getAgency(database, 'A')).agency.deleted).toBe(false)
  })

  it('refuses to remove an agency that an enabled system acts for', async () => {
    await putAgencies(database, [agency('A'), agency('B')])
    await createSystem(database, { id: 'e-office', name: 'e-office' })
    await bindSystemAgency(database, 'e-office', 'A')

    const replacing = putAgencies(database, [agency('B')], 'replace')

    await expect(replacing).rejects.toMatchObject({ code: 'STATE_CONFLICT', details: { codes: ['A'] } })
    expect(await findAgency(database, 'A')).toBeDefined()
  })

  it('removes an agency whose systems are all disabled', async () => {
    await putAgencies(database, [agency('A'), agency('B')])
    await createSystem(database, { id: 'e-office', name: 'e-office' })
    await bindSystemAgency(database, 'e-office', 'A')
    await disableSystem(database, 'e-office')

    expect(await putAgencies(database, [agency('B')], 'replace')).toMatchObject({ removed: 1 })
  })
})
