import type { HubConfig } from '@docaxis/service'
import { deliveriesOfDocument, resendUnrouted } from '@docaxis/store'
import {
  acceptDocument,
  emptyTables,
  type TestBlobs,
  type TestDatabase,
  type TestServiceDeps,
  testBlobs,
  testDatabase,
  testServiceDeps,
} from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { createService } from '../src/index.ts'

let database: TestDatabase
let blobs: TestBlobs
let deps: TestServiceDeps

const config = {} as HubConfig
const impatient = { stalledMs: 0, sweepEveryMs: 20, sweepLimit: 2 }

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
})
afterAll(async () => {
  await database.close()
  await blobs.close()
})
beforeEach(async () => {
  await emptyTables(database, 'document', 'outbox', 'outbox_batch')
  deps = testServiceDeps(database, blobs)
})
afterEach(() => deps.bus.stop())

async function run(settings?: typeof impatient) {
  const service = createService(config, deps, settings)
  await service.start()
  await deps.bus.start()
  return service
}

const routed = (id: string) =>
  vi.waitFor(async () => expect(await deliveriesOfDocument(database, id)).not.toEqual([]), { timeout: 10_000 })

it('routes what is accepted, with one log line that tells ids and no content', async () => {
  const service = await run()
  const id = await acceptDocument(database)

  await routed(id)
  await service.stop()

  const told = deps.lines.filter(line => line.documentId === id)
  expect(told).toMatchObject([{ msg: 'document routed', deliveries: [expect.stringMatching(/^[0-9a-f]{24}$/)] }])
  expect(JSON.stringify(deps.lines)).not.toContain('thử nghiệm')
  expect(await deps.metrics.metrics()).toMatch(/docaxis_deliveries_routed_total\{[^}]*level="commune"[^}]*\} 1/)
})

it('rebuilds a lost topic from state, more than one sweep holds', async () => {
  const ids = [await acceptDocument(database), await acceptDocument(database), await acceptDocument(database)]
  await database.query('truncate outbox')

  const service = await run(impatient)
  await Promise.all(ids.map(routed))
  await service.stop()

  const { rows } = await database.query<{ id: string }>(
    "select distinct event ->> 'id' as id from outbox_log where topic = 'docaxis.document.accepted'",
  )
  expect(rows.map(row => row.id).sort()).toEqual(ids.map(id => `${id}:accepted`).sort())
})

it('waits longer before each repeat', async () => {
  const id = await acceptDocument(database)
  const sweep = (stalledMs: number) => database.transaction(tx => resendUnrouted(tx, { stalledMs, limit: 10 }))
  await database.query("update unrouted set accepted_at = accepted_at - interval '61 seconds'")

  expect(await sweep(60_000)).toEqual([id])
  expect(await sweep(60_000)).toEqual([])
  await database.query("update unrouted set resent_at = resent_at - interval '61 seconds'")
  expect(await sweep(60_000)).toEqual([])
  await database.query("update unrouted set resent_at = resent_at - interval '60 seconds'")
  expect(await sweep(60_000)).toEqual([id])
})
