import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  acknowledgeDeliveries,
  deliveriesOfDocument,
  failDeliveries,
  findDelivery,
  listDocumentEvents,
  listMailbox,
  markFetched,
  receiptId,
} from '../../src/index.ts'
import { deliver, route, runOut } from '../delivering.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const commune = { agencies: ['H99.32.05'], systemId: 'g99' }
const neighbour = { agencies: ['H99.32.06'], systemId: 'g99' }
const failing = { ...commune, reason: 'disk full', maxAttempts: 3, backOffMs: 60_000 }
const leaseMs = 60_000

const fetch = (deliveryId: string, who = commune) =>
  database.transaction(tx => markFetched(tx, { ...who, deliveryId, leaseMs }))
const acknowledge = (ids: string[], who = commune) =>
  database.transaction(tx => acknowledgeDeliveries(tx, { ...who, ids }))
const fail = (ids: string[], changes = {}) =>
  database.transaction(tx => failDeliveries(tx, { ...failing, ...changes, ids }))
const find = (id: string) => findDelivery(database, id, commune.agencies)

async function receiptsOn(deliveryId: string): Promise<string[]> {
  const { rows } = await database.query<{ kind: string }>('select kind from receipt where delivery_id = $1', [
    deliveryId,
  ])
  return rows.map(row => row.kind)
}

async function eventsAbout(deliveryId: string, topic: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>(
    "select count(*) as count from outbox_log where topic = $2 and event ->> 'subject' = $1",
    [deliveryId, topic],
  )
  return Number(rows[0]?.count)
}

it('fetches, renews the lease for parts of a download, and counts one fetch', async () => {
  const [id = ''] = await deliver(database)

  const answers = [await fetch(id), await fetch(id)]

  expect(answers).toEqual([
    { result: 'fetched', redelivered: false },
    { result: 'fetched', redelivered: false },
  ])
  expect(await find(id)).toMatchObject({ state: 'fetched', fetches: 1 })
})

it('hands over again after the lease, and says so', async () => {
  const [id = ''] = await deliver(database)
  await fetch(id)
  await runOut(database, id)

  expect(await fetch(id)).toEqual({ result: 'fetched', redelivered: true })
  expect(await find(id)).toMatchObject({ fetches: 2 })
})

it('lets a receiver read again what it has acknowledged, without a change', async () => {
  const [id = ''] = await deliver(database)
  await acknowledge([id])

  expect(await fetch(id)).toEqual({ result: 'acknowledged' })
  expect(await find(id)).toMatchObject({ state: 'acknowledged', fetches: 0 })
})

it('acknowledges once: receipt, history and event are written by the first of two', async () => {
  const [id = ''] = await deliver(database)
  await fetch(id)

  const answers = [await acknowledge([id]), await acknowledge([id])]

  expect(answers).toMatchObject([[{ id, result: 'acknowledged' }], [{ id, result: 'already' }]])
  expect(await receiptsOn(id)).toEqual(['delivery'])
  expect(await eventsAbout(id, 'docaxis.delivery.acknowledged')).toBe(1)
})

it('has one winner among acknowledgements at once', async () => {
  const [id = ''] = await deliver(database)

  const answers = await Promise.all(Array.from({ length: 8 }, () => acknowledge([id])))

  const results = answers.flat().map(({ result }) => result)
  expect(results.filter(result => result === 'acknowledged')).toHaveLength(1)
  expect(results.filter(result => result === 'already')).toHaveLength(7)
  expect(await eventsAbout(id, 'docaxis.delivery.acknowledged')).toBe(1)
})

it('never gives both answers when acknowledgement and failure arrive together', async () => {
  const ids = (await Promise.all(Array.from({ length: 5 }, () => deliver(database)))).flat()

  await Promise.all([...ids.map(id => acknowledge([id])), ...ids.map(id => fail([id], { maxAttempts: 1 }))])

  for (const id of ids) expect(await receiptsOn(id)).toHaveLength(1)
})

it('acknowledges what was never fetched: a system may have the bytes and have lost our answer', async () => {
  const [id = ''] = await deliver(database)

  expect(await acknowledge([id])).toMatchObject([{ result: 'acknowledged' }])
})

it('answers many at once in their order, each for itself', async () => {
  const [one = '', two = ''] = await deliver(database, { receivers: ['H99.32.05', 'H99.32.06'] })
  const [three = ''] = await deliver(database)
  const unknown = '0'.repeat(24)

  const answers = await acknowledge([unknown, three, two, one])

  expect(answers.map(({ id, result }) => [id, result])).toEqual([
    [unknown, 'not-found'],
    [three, 'acknowledged'],
    [two, 'not-found'],
    [one, 'acknowledged'],
  ])
})

it('owes no receipt for a status message', async () => {
  const [id = ''] = await deliver(database, { kind: 'status' })

  await acknowledge([id])

  expect(await receiptsOn(id)).toEqual([])
})

it.each(['withdrawn', 'expired', 'failed'])('refuses every hand-over of what is %s', async state => {
  const [id = ''] = await deliver(database)
  await database.query('update delivery set state = $2 where id = $1', [id, state])

  expect(await fetch(id)).toEqual({ result: 'conflict', state })
  expect(await acknowledge([id])).toMatchObject([{ result: 'conflict', state }])
})

it('knows nothing of a delivery that is not in the mailbox yet', async () => {
  const [id = ''] = await route(database)

  expect(await find(id)).toBeUndefined()
  expect(await fetch(id)).toEqual({ result: 'not-found' })
  expect(await acknowledge([id])).toMatchObject([{ result: 'not-found' }])
})

it('shows another agency nothing and lets it do nothing', async () => {
  const [id = ''] = await deliver(database)

  expect(await findDelivery(database, id, neighbour.agencies)).toBeUndefined()
  expect(await fetch(id, neighbour)).toEqual({ result: 'not-found' })
  expect(await acknowledge([id], neighbour)).toEqual([{ id, result: 'not-found' }])
  expect(await find(id)).toMatchObject({ state: 'available', fetches: 0 })
})

it('offers a failed try again after a pause that grows', async () => {
  const [id = ''] = await deliver(database)
  const pauses: number[] = []

  for (let attempt = 1; attempt <= 2; attempt += 1) {
    expect(await fail([id])).toMatchObject([{ result: 'failed-will-retry' }])
    const { rows } = await database.query<{ pause: number }>(
      'select extract(epoch from due_at - clock_timestamp())::float8 as pause from delivery where id = $1',
      [id],
    )
    pauses.push(rows[0]?.pause ?? 0)
    await runOut(database, id)
  }

  expect(await find(id)).toMatchObject({ state: 'available', attempts: 2, failReason: 'disk full' })
  // 60 s and 120 s, each shortened by up to half at random; the statements take no five seconds.
  expect(pauses).toEqual([expect.toSatisfy(between(25, 60)), expect.toSatisfy(between(55, 120))])
})

const between = (low: number, high: number) => (value: number) => value >= low && value <= high

it('counts a repeat of the same failure report once', async () => {
  const [id = ''] = await deliver(database)

  await fail([id])
  const repeat = await fail([id])

  expect(repeat).toMatchObject([{ result: 'failed-will-retry' }])
  expect(await find(id)).toMatchObject({ attempts: 1 })
})

it('gives up after the last attempt, with a reason and a receipt for the sender', async () => {
  const [id = ''] = await deliver(database)
  await fail([id])
  await runOut(database, id)
  await fail([id])
  await runOut(database, id)

  const last = await fail([id])

  expect(last).toMatchObject([{ result: 'failed' }])
  expect(await fail([id])).toMatchObject([{ result: 'already' }])
  expect(await find(id)).toMatchObject({ state: 'failed', attempts: 3 })
  expect(await receiptsOn(id)).toEqual(['non-delivery'])
  expect(await eventsAbout(id, 'docaxis.delivery.failed')).toBe(1)
  const { items } = await listMailbox(database, { ...commune, limit: 100 })
  expect(items.map(item => item.deliveryId)).not.toContain(id)
})

it('refuses a failure report after acknowledgement', async () => {
  const [id = ''] = await deliver(database)
  await acknowledge([id])

  expect(await fail([id])).toMatchObject([{ result: 'conflict' }])
})

it('writes the history in the order it happened', async () => {
  const [id = ''] = await deliver(database)
  await fetch(id)
  await fail([id])
  await acknowledge([id])
  const { documentId } = (await find(id)) ?? { documentId: '' }

  const history = await listDocumentEvents(database, documentId)

  expect(history.map(event => event.what)).toEqual(['accepted', 'available', 'fetched', 'failed', 'acknowledged'])
})

it('shows the sender all deliveries of a document, a receiver its own', async () => {
  const [one = ''] = await deliver(database, { receivers: ['H99.32.05', 'H99.32.06'] })
  const { documentId } = (await find(one)) ?? { documentId: '' }

  expect(await deliveriesOfDocument(database, documentId)).toHaveLength(2)
  expect(await deliveriesOfDocument(database, documentId, ['H99.32.05'])).toMatchObject([{ id: one }])
})

it('names a receipt by its kind and subject alone', () => {
  expect(receiptId('delivery', 'a')).toMatch(/^[0-9a-f]{24}$/)
  expect(receiptId('delivery', 'a')).toBe(receiptId('delivery', 'a'))
  expect(receiptId('delivery', 'a')).not.toBe(receiptId('non-delivery', 'a'))
})
