import { closeKafkaClaim, openKafkaClaim } from '@docaxis/store'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

const claim = { group: 'router', topic: 'docaxis.document.accepted', partition: 0, headOffset: 40n } as const
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.close())

beforeEach(() => database.query('truncate kafka_claim'))

const open = (available: number, headOffset = 40n) => openKafkaClaim(database, { ...claim, headOffset, available })

it('takes everything of a batch seen for the first time', async () => {
  expect(await open(64)).toEqual({ take: 64, attempts: 0 })
})

it('halves a batch that never came back until one event stands alone, and counts its tries', async () => {
  const seen = []
  for (const available of [5, 64, 64, 64]) seen.push(await open(available))

  expect(seen).toEqual([
    { take: 5, attempts: 0 },
    { take: 2, attempts: 0 },
    { take: 1, attempts: 1 },
    { take: 1, attempts: 2 },
  ])
})

it('takes everything again behind the offset that made trouble', async () => {
  await open(64)
  await open(64)

  expect(await open(64, 72n)).toEqual({ take: 64, attempts: 0 })
})

it('takes a failed event alone', async () => {
  await open(64)
  await closeKafkaClaim(database, claim, 1)

  expect(await open(64)).toEqual({ take: 1, attempts: 2 })
})

it('takes everything again when the database was at fault', async () => {
  await open(64)
  await closeKafkaClaim(database, claim, 0)

  expect(await open(64)).toEqual({ take: 64, attempts: 0 })
})
