import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { endSlice } from '../../src/console/history-slice.ts'

const minute = 60_000
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.close())

/** Ends a slice from `since` to `next`, both in milliseconds before now. */
function end(since: number, next: number): Promise<boolean> {
  const now = Date.now()
  const slice = { since: new Date(now - since), until: new Date(now), next: new Date(now - next), seconds: 60 }
  return database.transaction(tx => endSlice(tx, 'document_search_progress', slice, 0))
}

it('goes on at once while the history lies far back', async () => {
  expect(await end(10 * minute, 5 * minute)).toBe(true)
})

it('pauses when it has come near to now', async () => {
  expect(await end(10 * minute, minute / 2)).toBe(false)
})

it('pauses when a transaction that stays open keeps it where it was', async () => {
  expect(await end(10 * minute, 10 * minute)).toBe(false)
})
