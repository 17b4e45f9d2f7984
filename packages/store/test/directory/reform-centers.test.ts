import { emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  agenciesOf,
  applyReform,
  bindSystemAgency,
  createSystem,
  findAgency,
  listMailbox,
  previewReform,
} from '../../src/index.ts'
import { deliver } from '../delivering.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

// A center's system serves many agencies: where the center closes, another one serves them from that day on.

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())

beforeEach(async () => {
  await emptyTables(database, 'document', 'unrouted', 'reform', 'outbox', 'outbox_batch', 'audit_entry', 'audit_batch')
  await clearDirectory(database)
  await putAgencies(database, [
    agency('C1', { kind: 'center' }),
    agency('C2', { kind: 'center' }),
    agency('G1', { center: 'C1' }),
    agency('G2', { center: 'C1' }),
  ])
  for (const center of ['C1', 'C2']) {
    await createSystem(database, { id: center.toLowerCase(), name: center })
    await bindSystemAgency(database, center.toLowerCase(), center)
  }
})

const reform = (change: object, effectiveOn = '2025-07-01') =>
  Buffer.from(
    JSON.stringify({
      format: 'docaxis-reform-1',
      name: 'centers',
      title: 'Thử nghiệm',
      effectiveOn,
      changes: [change],
    }),
  )
const merged = { do: 'merge', codes: ['C1'], into: 'C2' }

const mailOf = async (system: string) => {
  const { items } = await listMailbox(database, { agencies: await agenciesOf(database, system), limit: 10 })
  return items.map(({ deliveryId }) => deliveryId)
}

it('hands the agencies of a center that closes to the one that follows it, and what waits for them', async () => {
  const [waiting] = await deliver(database, { receivers: ['G1'] })
  expect(await mailOf('c1')).toEqual([waiting])

  const before = await database.transaction(tx => previewReform(tx, reform(merged)))
  const { outcome } = await database.transaction(tx => applyReform(tx, reform(merged), { by: 'system:admin' }))

  expect(before.agencies).toContainEqual(expect.objectContaining({ code: 'G1', changes: ['rehomed'], center: 'C2' }))
  expect(before.figures.agencies).toMatchObject({ closed: 1, rehomed: 2, changed: 3 })
  expect(outcome).toEqual(before.figures)
  expect(await agenciesOf(database, 'c2')).toEqual(['C2', 'G1', 'G2'])
  expect(await agenciesOf(database, 'c1')).toEqual(['C1'])
  expect([await mailOf('c1'), await mailOf('c2')]).toEqual([[], [waiting]])
})

it('leaves them where they are until its day', async () => {
  const { state } = await database.transaction(tx =>
    applyReform(tx, reform(merged, '2999-01-01'), { by: 'system:admin' }),
  )

  expect(state).toBe('scheduled')
  expect(await agenciesOf(database, 'c1')).toEqual(['C1', 'G1', 'G2'])
})

it('closes no center whose agencies would be left with nobody', async () => {
  const closed = database.transaction(tx =>
    applyReform(tx, reform({ do: 'close', code: 'C1' }), { by: 'system:admin' }),
  )

  await expect(closed).rejects.toMatchObject({ code: 'IMPORT_REFUSED', findings: [{ code: 'M.Reform.Served' }] })
  expect((await findAgency(database, 'C1'))?.agency).not.toHaveProperty('validTo')
})
