import { importDirectory } from '@docaxis/store'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLookups } from '../src/intake/lookups.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.close())

it('finds thousands of agencies at once, none left out where the query is cut', async () => {
  const codes = Array.from({ length: 6_001 }, (_, index) => `MANY.${index}`)
  const rows = codes.map(code => ({ code, name: `Ủy ban nhân dân ${code}`, level: 'commune' }))
  const file = Buffer.from(JSON.stringify(rows))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))

  const found = await createLookups(database).agencies(codes)

  expect(codes.filter(code => found.get(code)?.agency.code !== code)).toEqual([])
})

it('answers a question about no agency', async () => {
  expect(await createLookups(database).agencies([])).toEqual(new Map())
})
