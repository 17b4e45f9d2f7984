import { insertDeliveries, newHubId, putWorkingHours, releaseDeliveries } from '@docaxis/store'
import { acceptDocument, type DocumentWish, emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openReckonedBy } from '../../src/deadlines/reckon.ts'
import { prepare, reckon, rules } from './arriving.ts'

// Reckoned at once or by the watcher: nobody can tell the difference.

let database: TestDatabase
const open = openReckonedBy(rules)

beforeAll(async () => {
  database = await testDatabase()
  await prepare(database)
})
afterAll(() => database.close())
beforeEach(() => emptyTables(database, 'document', 'working_hours'))

async function released(wish: DocumentWish, receivers: readonly string[] = ['H99.32.05']): Promise<string[]> {
  const documentId = await acceptDocument(database, wish)
  const { kind = 'document', priority = 0 } = wish
  const deliveries = receivers.map(receiver => {
    const place = { receiver, receiverWritten: receiver, level: 'commune' } as const
    return { id: newHubId(), documentId, kind, priority, ...place }
  })
  const ids = deliveries.map(({ id }) => id)
  await database.transaction(async tx => {
    await insertDeliveries(tx, deliveries)
    await releaseDeliveries(tx, ids, open)
  })
  return ids
}

async function rows(): Promise<Record<string, unknown>[]> {
  return (await database.query<Record<string, unknown>>('select * from deadline order by kind, receiver')).rows
}

async function forgetReckoning(): Promise<void> {
  await database.query(
    `update deadline set calendar_revision = 0, hours = null, clock = null, counted_from = null, due_at = null,
                         unconfirmed_years = '{}', next_at = null`,
  )
}

const wishes: readonly (DocumentWish & { readonly kinds: readonly string[] })[] = [
  { kinds: ['acknowledge'] },
  { kinds: ['acknowledge', 'fetch'], priority: 1 },
  { kinds: ['acknowledge', 'fetch', 'finish'], priority: 4, dueOn: '2026-12-31' },
  { kinds: ['acknowledge', 'finish'], dueOn: '2020-01-01' },
]

it.each(wishes)('opens $kinds as the watcher would have reckoned them', async wish => {
  await released(wish)
  const atOnce = await rows()
  await forgetReckoning()

  expect(await reckon(database)).toBe(wish.kinds.length)

  expect(atOnce.map(({ kind }) => kind)).toEqual(wish.kinds)
  expect(await rows()).toEqual(atOnce)
})

it('reckons for all receivers of a document, each by the hours that it keeps', async () => {
  await database.transaction(tx => putWorkingHours(tx, 'H99.32', '06:00-10:00,12:00-16:00'))

  await released({ dueOn: '2026-12-31' }, ['H99', 'H99.32', 'H99.32.05'])

  const atOnce = await rows()
  const below = '06:00-10:00,12:00-16:00'
  expect(atOnce.map(({ kind, receiver, hours }) => [kind, receiver, hours])).toEqual(
    ['acknowledge', 'finish'].flatMap(kind => [
      [kind, 'H99', rules.workingHours],
      [kind, 'H99.32', below],
      [kind, 'H99.32.05', below],
    ]),
  )
  await forgetReckoning()
  expect(await reckon(database)).toBe(6)
  expect(await rows()).toEqual(atOnce)
})

it('leaves to the watcher what starts anew, with the steps that were told', async () => {
  const ids = await released({})
  await database.query('update deadline set step = 1')

  await database.transaction(tx => open(tx, ids))

  expect(await rows()).toMatchObject([{ calendar_revision: '0', step: 1, state: 'open' }])
  expect(await reckon(database)).toBe(1)
})

it('opens nothing for a status', async () => {
  await released({ kind: 'status' })

  expect(await rows()).toEqual([])
})

it('opens nothing for what is no longer in the mailbox', async () => {
  const ids = await released({})
  await database.query("delete from deadline; update delivery set state = 'fetched'")

  await database.transaction(tx => open(tx, ids))

  expect(await rows()).toEqual([])
})

it('leaves all to the watcher while there is no calendar', async () => {
  await database.query('update calendar_year set revision = 0')
  await released({})

  expect(await rows()).toMatchObject([{ calendar_revision: '0', due_at: null }])
})
