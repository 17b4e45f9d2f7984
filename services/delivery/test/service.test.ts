import { readConfig } from '@docaxis/service'
import {
  acknowledgeDeliveries,
  appendOutbox,
  insertDeliveries,
  listMailbox,
  newHubId,
  releaseDeliveries,
  routedEvent,
  takeUnrouted,
} from '@docaxis/store'
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
import { createService, type DeliverySettings } from '../src/index.ts'

let database: TestDatabase
let blobs: TestBlobs
let deps: TestServiceDeps

const config = readConfig({})
const patient = { stalledMs: 60_000, sweepEveryMs: 60_000, sweepLimit: 10, stockEveryMs: 20 }
const impatient = { ...patient, stalledMs: 0, sweepEveryMs: 20 }

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
})
afterAll(async () => {
  await database.close()
  await blobs.close()
})
beforeEach(async () => {
  await emptyTables(database, 'document', 'outbox', 'outbox_batch', 'dead_letter')
  deps = testServiceDeps(database, blobs)
})
afterEach(() => deps.bus.stop())

async function run(settings: Partial<DeliverySettings> = patient) {
  const service = createService(config, deps, settings)
  await service.start()
  await deps.bus.start()
  return service
}

/** A delivery as the router leaves it behind. */
async function route(priority: 0 | 1 = 0): Promise<string> {
  const documentId = await acceptDocument(database, { priority })
  const receiver = 'H99.32.05'
  const delivery = { id: newHubId(), documentId, receiver, level: 'commune', priority } as const
  await database.transaction(async tx => {
    const routed = await insertDeliveries(tx, [{ ...delivery, kind: 'document', receiverWritten: receiver }])
    await takeUnrouted(tx, [documentId])
    const routedAt = routed.get(delivery.id) ?? new Date()
    await appendOutbox(tx, [routedEvent({ ...delivery, sha256: 'ab'.repeat(32), routedAt, traceparent: null })])
  })
  return delivery.id
}

async function inMailbox(ids: string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const { items } = await listMailbox(database, { agencies: ['H99.32.05'], limit: 10 })
      expect(items.map(item => item.deliveryId)).toEqual(ids)
    },
    { timeout: 10_000 },
  )
}

it('puts routed deliveries of both lanes into the mailbox, with one log line each', async () => {
  const service = await run()

  const ordinary = await route()
  const urgent = await route(1)
  await inMailbox([urgent, ordinary])
  await service.stop()

  const told = deps.lines.filter(line => line.msg === 'delivery available')
  expect(new Set(told.map(line => line.deliveryId))).toEqual(new Set([urgent, ordinary]))
})

it('rebuilds a lost topic from state', async () => {
  const id = await route()
  await database.query('truncate outbox')

  const service = await run(impatient)
  await inMailbox([id])
  await service.stop()

  const { rows } = await database.query("select distinct event ->> 'id' as id from outbox_log")
  expect(rows).toContainEqual({ id: `${id}:routed` })
})

it('releases once: a repeat changes neither state nor history', async () => {
  const id = await route()
  const release = () => database.transaction(tx => releaseDeliveries(tx, [id]))

  const answers = await Promise.all([release(), release(), release()])

  expect(answers.flat()).toHaveLength(1)
  const { rows } = await database.query("select from document_event where delivery_id = $1 and what = 'available'", [
    id,
  ])
  expect(rows).toHaveLength(1)
})

it('does not offer again what was acknowledged when its event comes late', async () => {
  const id = await route()
  await database.transaction(tx => releaseDeliveries(tx, [id]))
  const who = { agencies: ['H99.32.05'], systemId: 'g99', ids: [id] }
  await database.transaction(tx => acknowledgeDeliveries(tx, who))

  expect(await database.transaction(tx => releaseDeliveries(tx, [id]))).toEqual([])
})

it('counts what waits, what is dead and what was given up', async () => {
  await route()
  await database.query(
    `insert into dead_letter (id, group_name, topic, key, event_id, event, code, reason, attempts)
     values ('1', 'notary', 't', 'k', 'e', '{}', 'INTERNAL', 'r', 5)`,
  )

  const service = await run()

  await vi.waitFor(
    async () => {
      const text = await deps.metrics.metrics()
      expect(text).toMatch(/docaxis_deliveries_waiting\{[^}]*level="commune"[^}]*\} 1/)
      expect(text).toMatch(/docaxis_dead_letters\{[^}]*group="notary"[^}]*\} 1/)
      expect(text).toMatch(/docaxis_deliveries_failed(\{[^}]*\})? 0/)
    },
    { timeout: 10_000 },
  )
  await service.stop()
})
