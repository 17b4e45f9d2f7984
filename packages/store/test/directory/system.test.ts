import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  agenciesOf,
  bindSystemAgency,
  createSystem,
  disableSystem,
  enableSystem,
  findSystem,
  getSystem,
  listSystems,
  touchSystems,
  unbindSystemAgency,
  updateSystem,
} from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => clearDirectory(database))

describe('a system', () => {
  it('is legacy and only recorded unless told otherwise', async () => {
    expect(await createSystem(database, { id: 'vxp.saas.03', name: 'Một hệ thống' })).toEqual({
      id: 'vxp.saas.03',
      name: 'Một hệ thống',
      profile: 'legacy',
      signaturePolicy: 'record',
      statusPolicy: 'record',
      attachmentPolicy: 'record',
      badReceiver: 'refuse-all',
      roles: [],
      createdAt: expect.any(Date),
    })
  })

  it('needs valid signatures when it is strict', async () => {
    const system = await createSystem(database, { id: 's', name: 's', profile: 'strict' })

    expect(system).toMatchObject({ signaturePolicy: 'require-valid', statusPolicy: 'require-valid' })
  })

  it.each(['', 'a b', 'a,b', 'Đ', 'a'.repeat(65)])('cannot be called %j', async id => {
    await expect(createSystem(database, { id, name: 's' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  })

  it('cannot take the id of another', async () => {
    await createSystem(database, { id: 's', name: 'one' })

    await expect(createSystem(database, { id: 's', name: 'two' })).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
    expect(await getSystem(database, 's')).toMatchObject({ name: 'one' })
  })

  it('changes in what is given and nothing else', async () => {
    await createSystem(database, { id: 's', name: 'one', roles: ['operator'], maxFileBytes: 5 })

    const changed = await updateSystem(database, 's', { badReceiver: 'deliver-others', maxFileBytes: 1_000_000 })

    expect(changed).toMatchObject({
      name: 'one',
      roles: ['operator'],
      badReceiver: 'deliver-others',
      maxFileBytes: 1_000_000,
    })
  })

  it('is disabled once and can be enabled again', async () => {
    await createSystem(database, { id: 's', name: 's' })

    const disabled = await disableSystem(database, 's')
    expect(await disableSystem(database, 's')).toEqual(disabled)
    expect((await enableSystem(database, 's')).disabledAt).toBeUndefined()
  })

  it.each([
    { what: 'read', act: () => getSystem(database, 'nobody') },
    { what: 'changed', act: () => updateSystem(database, 'nobody', { name: 'x' }) },
    { what: 'disabled', act: () => disableSystem(database, 'nobody') },
    { what: 'enabled', act: () => enableSystem(database, 'nobody') },
  ])('that is not there cannot be $what', async ({ act }) => {
    await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('stands in a list that pages by id', async () => {
    for (const id of ['c', 'a', 'b']) await createSystem(database, { id, name: id })

    expect((await listSystems(database, { limit: 2 })).map(each => each.id)).toEqual(['a', 'b'])
    expect((await listSystems(database, { after: 'b' })).map(each => each.id)).toEqual(['c'])
  })
})

describe('calls', () => {
  it('are noted at most once a minute', async () => {
    await createSystem(database, { id: 's', name: 's' })
    await touchSystems(database, ['s'])
    const first = await getSystem(database, 's')

    await touchSystems(database, ['s'])
    expect((await getSystem(database, 's')).lastCalledAt).toEqual(first.lastCalledAt)

    await database.query("update system set last_called_at = now() - interval '61 seconds'")
    await touchSystems(database, ['s'])
    expect((await getSystem(database, 's')).lastCalledAt?.getTime()).toBeGreaterThanOrEqual(
      first.lastCalledAt?.getTime() ?? Number.POSITIVE_INFINITY,
    )
  })
})

describe('bindings', () => {
  beforeEach(async () => {
    await putAgencies(database, [
      agency('H17'),
      agency('H53'),
      agency('W01', { kind: 'center' }),
      agency('H53.1', { center: 'W01' }),
      agency('H53.2', { parent: 'W01' }),
    ])
    for (const id of ['one', 'two']) await createSystem(database, { id, name: id })
  })

  it('give a system its agencies and no others', async () => {
    await bindSystemAgency(database, 'one', 'H53')
    await bindSystemAgency(database, 'one', 'H17')
    await bindSystemAgency(database, 'two', 'H17')

    expect(await agenciesOf(database, 'one')).toEqual(['H17', 'H53'])
    expect(await agenciesOf(database, 'two')).toEqual(['H17'])
    expect(await agenciesOf(database, 'nobody')).toEqual([])
  })

  it('give the system of a center the agencies that the center serves', async () => {
    await bindSystemAgency(database, 'one', 'W01')

    expect(await agenciesOf(database, 'one')).toEqual(['H53.1', 'W01'])
  })

  it('may be made twice and end once', async () => {
    await bindSystemAgency(database, 'one', 'H17')
    await bindSystemAgency(database, 'one', 'H17')

    expect(await unbindSystemAgency(database, 'one', 'H17')).toBe(true)
    expect(await unbindSystemAgency(database, 'one', 'H17')).toBe(false)
    expect(await agenciesOf(database, 'one')).toEqual([])
  })

  it('do not reach a removed agency', async () => {
    await bindSystemAgency(database, 'one', 'H17')
    await disableSystem(database, 'one')
    await putAgencies(database, [agency('H53')], 'replace')

    expect(await agenciesOf(database, 'one')).toEqual([])
    await expect(bindSystemAgency(database, 'two', 'H17')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each([
    { systemId: 'nobody', code: 'H17' },
    { systemId: 'one', code: 'H99' },
  ])('are refused between $systemId and $code', async ({ systemId, code }) => {
    await expect(bindSystemAgency(database, systemId, code)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

it('finds no system of an unknown id', async () => {
  expect(await findSystem(database, 'nobody')).toBeUndefined()
})
