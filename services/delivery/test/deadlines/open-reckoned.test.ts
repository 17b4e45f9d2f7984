import { insertDeliveries, newHubId, releaseDeliveries } from '@docaxis/store'
import { acceptDocument, type DocumentWish, type TestDatabase, testDatabase } from '@docaxis/testkit'
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
beforeEach(() => database.query('truncate document, delivery, deadline cascade'))

async function released(wish: DocumentWish): Promise<string> {
  const documentId = await acceptDocument(database, wish)
  const id = newHubId()
  const { kind = 'document', priority = 0 } = wish
  const place = { receiver: 'H99.32.05', receiverWritten: 'H99.32.05', level: 'commune' } as const
  await database.transaction(async tx => {
    await insertDeliveries(tx, [{ id, documentId, kind, priority, ...place }])
    await releaseDeliveries(tx, [id], open)
  })
  return id
}

async function rows(): Promise<Record<string, unknown>[]> {
  return (await database.query<Record<string, unknown>>('select * from deadline order by kind')).rows
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
  await database.query(
    `update deadline set calendar_revision = 0, hours = null, clock = null, counted_from = null, due_at = null,
                         unconfirmed_years = '{}', next_at = null`,
  )

  expect(await reckon(database)).toBe(wish.kinds.length)

  expect(atOnce.map(({ kind }) => kind)).toEqual(wish.kinds)
  expect(await rows()).toEqual(atOnce)
})

it('leaves to the watcher what starts anew, with the steps that were told', async () => {
  const id = await released({})
  await database.query('update deadline set step = 1')

  await database.transaction(tx => open(tx, [id]))

  expect(await rows()).toMatchObject([{ calendar_revision: '0', step: 1, state: 'open' }])
  expect(await reckon(database)).toBe(1)
})

it('opens nothing for a status', async () => {
  await released({ kind: 'status' })

  expect(await rows()).toEqual([])
})

it('opens nothing for what is no longer in the mailbox', async () => {
  const id = await released({})
  await database.query("delete from deadline; update delivery set state = 'fetched'")

  await database.transaction(tx => open(tx, [id]))

  expect(await rows()).toEqual([])
})

it('leaves all to the watcher while there is no calendar', async () => {
  await database.query('update calendar_year set revision = 0')
  await released({})

  expect(await rows()).toMatchObject([{ calendar_revision: '0', due_at: null }])
})
