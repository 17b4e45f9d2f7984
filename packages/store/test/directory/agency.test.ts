import { resolveReceivers } from '@docaxis/directory'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  bindSystemAgency,
  createSystem,
  disableSystem,
  findAgencies,
  findAgency,
  getAgency,
  touchSystems,
} from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => clearDirectory(database))

/** A system bound to an agency. */
async function connect(systemId: string, code: string): Promise<void> {
  await createSystem(database, { id: systemId, name: systemId })
  await bindSystemAgency(database, systemId, code)
}

describe('finding many', () => {
  it('finds an agency under each of its forms', async () => {
    await putAgencies(database, [agency('H53', { code2016: '000.00.00.H53', oldCodes: ['00.53.W00', '01.53'] })])

    const found = await findAgencies(database, ['000.00.00.H53', ' 01.53 ', 'H54'])

    expect([...found.keys()].sort()).toEqual(['00.53.W00', '000.00.00.H53', '01.53', 'H53'])
    expect(found.get('01.53')).toBe(found.get('H53'))
  })

  it('brings the agencies above and the successors, however far', async () => {
    await putAgencies(database, [
      agency('A', { successor: 'B', validTo: '2020-01-01' }),
      agency('B', { successor: 'C', validTo: '2022-01-01', parent: 'P' }),
      agency('C', { parent: 'P' }),
      agency('P', { parent: 'G' }),
      agency('G', { level: 'central' }),
      agency('X'),
    ])

    const found = await findAgencies(database, ['A'])

    expect([...found.keys()].sort()).toEqual(['A', 'B', 'C', 'G', 'P'])
  })

  it('ends where links go round in a circle', async () => {
    await putAgencies(database, [agency('A', { parent: 'B' }), agency('B', { parent: 'A', successor: 'B' })])

    expect((await findAgencies(database, ['A'])).size).toBe(2)
  })

  it('gives what resolving receivers needs', async () => {
    await putAgencies(database, [
      agency('H47', { validTo: '2025-07-01', successor: 'H17' }),
      agency('H17', { receivesForUnits: true }),
      agency('H17.1', { parent: 'H17' }),
      agency('H53'),
    ])
    await connect('e-office', 'H17')
    const written = ['H47', 'H17.1', 'H53', 'H99']

    const found = await findAgencies(database, written)
    const receivers = resolveReceivers(written, new Date('2026-08-19T03:00:00Z'), code => found.get(code))

    expect(receivers.map(each => each.fault ?? each.resolved)).toEqual([
      'H17',
      'H17',
      'M.MessageHeader.To.NotConnected',
      'R.MessageHeader.To.OrganId',
    ])
  })
})

describe('connection', () => {
  it('is there through a system of the agency itself', async () => {
    await putAgencies(database, [agency('H53')])
    await connect('e-office', 'H53')

    const { connection } = await getAgency(database, 'H53')

    expect(connection).toEqual({ connected: true, connectedSince: expect.any(Date) })
  })

  it('is there through the system of its center, and tells when that last called', async () => {
    await putAgencies(database, [agency('H53', { center: 'W01' }), agency('W01', { kind: 'center' })])
    await connect('hub', 'W01')
    await touchSystems(database, ['hub'])

    const { connection } = await getAgency(database, 'H53')

    expect(connection).toMatchObject({ connected: true, lastCalledAt: expect.any(Date) })
  })

  it('ends with the last enabled system', async () => {
    await putAgencies(database, [agency('H53')])
    await connect('one', 'H53')
    await connect('two', 'H53')

    await disableSystem(database, 'one')
    expect((await getAgency(database, 'H53')).connection.connected).toBe(true)

    await disableSystem(database, 'two')
    expect((await getAgency(database, 'H53')).connection).toEqual({ connected: false })
  })
})

describe('finding one', () => {
  it('gives every field as it was written', async () => {
    const full = agency('H53.1', {
      code2016: '000.00.01.H53',
      oldCodes: ['01.53'],
      shortName: 'Sở',
      kind: 'unit',
      parent: 'H53',
      locality: 'Tây Ninh',
      groups: ['so.H53'],
      mail: 'so@tayninh.gov.vn',
      validFrom: '2018-01-01',
      validTo: '2025-07-01',
      graceUntil: '2025-12-31',
      successor: 'H53',
      center: 'W01',
      canReceive: false,
      receivesForUnits: true,
    })
    await putAgencies(database, [full])

    const found = await findAgency(database, '000.00.01.H53')

    expect(found?.agency).toEqual({ ...full, version: expect.any(Number), deleted: false, updatedAt: expect.any(Date) })
  })

  it('refuses a code that nobody has', async () => {
    await expect(getAgency(database, 'H99')).rejects.toMatchObject({ code: 'NOT_FOUND', details: { code: 'H99' } })
  })
})
