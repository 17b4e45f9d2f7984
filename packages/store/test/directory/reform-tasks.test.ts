import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  acknowledgeDeliveries,
  askDirectory,
  findAddressedDocument,
  findDelivery,
  findHolder,
  listDirectoryRequests,
  type NewDirectoryRequest,
} from '../../src/index.ts'
import { deliver } from '../delivering.ts'
import { past, putCommunes, reformFile, reformsOf } from './reforming.ts'

// What closed agencies leave undone: a reform refuses their wishes, and leaves what they had taken to whoever follows.

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(() => putCommunes(database))
afterAll(() => database?.close())

const ask = (wish: NewDirectoryRequest) => database.transaction(tx => askDirectory(tx, wish))
const apply = (file: Buffer) => reformsOf(database).apply(file)

/** Delivery that a status message of this agency is about, of the one document there is. */
async function reportedOn(reporter: string): Promise<string | null | undefined> {
  const { rows } = await database.query('select sender, document_id from document')
  return (await findAddressedDocument(database, rows[0].sender, rows[0].document_id, reporter))?.deliveryId
}

/** A document with a date by which it must be done, stored by H1.A. */
async function storedTask(): Promise<string> {
  const [id = ''] = await deliver(database, { receivers: ['H1.A'] })
  await database.query(`update document set due_on = '2025-08-01'`)
  await database.transaction(tx => acknowledgeDeliveries(tx, { ids: [id], agencies: ['H1.A'], systemId: 'A' }))
  return id
}

it('refuses wishes about closed agencies', async () => {
  await ask({ systemId: 'A', kind: 'change', agencyCode: 'H1.A', wish: { name: 'Khác' } })

  const { outcome } = await apply(reformFile(past))

  expect(outcome?.tasks).toMatchObject({ requests: 1 })
  expect(await listDirectoryRequests(database, { state: 'refused', limit: 10 })).toMatchObject([{ agencyCode: 'H1.A' }])
})

it('leaves what was not finished to the successor', async () => {
  const task = await storedTask()

  const { outcome } = await apply(reformFile(past))

  expect(outcome?.tasks).toEqual({ requests: 0, unfinished: 1, inherited: 1 })
  expect(await findDelivery(database, task, ['H1.N'])).toMatchObject({ id: task, receiver: 'H1.N' })
  expect(await findDelivery(database, task, ['H1.D'])).toBeUndefined()
  expect(await reportedOn('H1.N')).toBe(task)
})

it('has who speaks for both answer as the successor: nobody reports in the name of a closed agency', async () => {
  const task = await storedTask()

  await apply(reformFile(past))

  expect(await findDelivery(database, task, ['H1.A', 'H1.N'])).toMatchObject({ id: task, receiver: 'H1.N' })
})

it('says who has a document in the place of an agency whose delivery was made one with another', async () => {
  await deliver(database, { receivers: ['H1.A', 'H1.B'] })
  await apply(reformFile(past, [{ do: 'merge', codes: ['H1.A'], into: 'H1.B' }]))
  const { rows } = await database.query('select sender, document_id from document')
  const holder = (receiver: string) => findHolder(database, rows[0].sender, rows[0].document_id, receiver)

  expect([await holder('H1.A'), await holder('H1.B'), await holder('H1.C')]).toEqual(['H1.B', 'H1.B', undefined])
})

it('says who had taken a document that had moved to it, also when that agency is closed in its turn', async () => {
  const [moved = ''] = await deliver(database, { receivers: ['H1.A'] })
  await apply(reformFile(past, [{ do: 'merge', codes: ['H1.A'], into: 'H1.B' }]))
  await database.transaction(tx => acknowledgeDeliveries(tx, { ids: [moved], agencies: ['H1.B'], systemId: 'B' }))
  const { rows } = await database.query('select sender, document_id from document')

  await apply(reformFile(past, [{ do: 'merge', codes: ['H1.B'], into: 'H1.C' }], 'second'))

  expect(await findHolder(database, rows[0].sender, rows[0].document_id, 'H1.A')).toBe('H1.B')
})

it('leads the reports of a successor to the delivery that moved to it', async () => {
  const [moved] = await deliver(database, { receivers: ['H1.A'] })

  await apply(reformFile(past))

  expect(await reportedOn('H1.N')).toBe(moved)
  expect(await reportedOn('H1.D')).toBeUndefined()
})

it('hands a task on to the next successor when the first one closes in its turn', async () => {
  const task = await storedTask()
  await apply(reformFile(past))

  const { outcome } = await apply(reformFile('2025-08-01', [{ do: 'merge', codes: ['H1.N'], into: 'H1.D' }], 'second'))

  expect(outcome?.tasks).toMatchObject({ unfinished: 1, inherited: 1 })
  expect(await findDelivery(database, task, ['H1.D'])).toMatchObject({ id: task, receiver: 'H1.D' })
  expect(await findDelivery(database, task, ['H1.N'])).toBeUndefined()
})

it('leaves a task with the last one where nobody follows', async () => {
  const task = await storedTask()
  await apply(reformFile(past))

  const { outcome } = await apply(reformFile('2025-08-01', [{ do: 'close', code: 'H1.N' }], 'second'))

  expect(outcome?.tasks).toMatchObject({ unfinished: 1, inherited: 0 })
  expect(await findDelivery(database, task, ['H1.N'])).toMatchObject({ id: task })
})
