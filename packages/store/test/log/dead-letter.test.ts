import { publication } from '@docaxis/events'
import { insertDeadLetter, listDeadLetters, replayDeadLetter } from '@docaxis/store'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

const topic = 'docaxis.delivery.failed'
const { event } = publication({
  topic,
  key: 'H99',
  id: 'd1:failed',
  subject: 'd1',
  time: new Date('2030-01-15T05:00:00Z'),
  data: { deliveryId: 'd1', document: 'a1', receiver: 'H99', reason: 'unreadable', failedAt: '' },
})
const letter = { group: 'notary', topic, key: 'H99', event, code: 'UNEXPECTED', reason: 'a bug', attempts: 5 } as const
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.close())

beforeEach(() => database.query('truncate outbox, outbox_batch, dead_letter'))

const insert = (change: { reason?: string } = {}) =>
  database.transaction(tx => insertDeadLetter(tx, { ...letter, ...change }))
const list = () => listDeadLetters(database, { limit: 10 })

async function outbox(): Promise<{ topic: string; key: string; event: { id: string; data: object } }[]> {
  const { rows } = await database.query('select topic, key, event from outbox_log order by position, batch, place')
  return rows
}

it('keeps the event with its reason, and tells of it on the dead letter topic', async () => {
  await insert()

  const letters = await list()
  expect(letters).toMatchObject([{ ...letter, replayedAt: undefined }])
  expect(await outbox()).toMatchObject([
    { topic: 'docaxis.dead-letter', event: { data: { deadLetterId: letters[0]?.id, eventId: 'd1:failed' } } },
  ])
})

it('keeps one row for an event that a group gives up twice', async () => {
  await insert()
  await insert({ reason: 'another bug' })

  expect(await list()).toMatchObject([{ reason: 'another bug' }])
})

it('replays with the same event id, once', async () => {
  await insert()
  const [{ id } = { id: '' }] = await list()

  const replays = [
    await database.transaction(tx => replayDeadLetter(tx, id)),
    await database.transaction(tx => replayDeadLetter(tx, id)),
  ]

  expect(replays).toEqual([true, false])
  expect((await outbox()).filter(row => row.topic === topic)).toEqual([{ topic, key: 'H99', event }])
  expect(await list()).toEqual([])
})

it('does not replay what is not there', async () => {
  expect(await database.transaction(tx => replayDeadLetter(tx, 'unknown'))).toBe(false)
})
