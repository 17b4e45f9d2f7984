import { createBus } from '@docaxis/bus'
import { type TestBlobs, type TestDatabase, testBlobs, testDatabase } from '@docaxis/testkit'
import { Counter } from 'prom-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type CreateService,
  composeServices,
  createLogger,
  type HealthCheck,
  readConfig,
  type SharedDeps,
} from '../src/index.ts'

let database: TestDatabase
let blobs: TestBlobs
const logger = createLogger({ logLevel: 'silent' })
const config = readConfig({ DOCAXIS_HTTP_PORT: '0' })

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
})
afterAll(async () => {
  await database.close()
  await blobs.close()
})

function freshDeps(): SharedDeps {
  const bus = createBus({ kind: 'postgres', database, logger, clientId: 'test' })
  return { database, bus, blobs, logger, now: () => new Date() }
}

function service(name: string, events: string[], ready?: () => Promise<readonly HealthCheck[]>): CreateService {
  return (_config, { metrics }) => {
    new Counter({ name: 'docaxis_calls_total', help: 'Calls', registers: [metrics] }).inc()
    return {
      name,
      routes: async app => {
        app.get(`/${name}`, async () => name)
      },
      start: async () => void events.push(`start ${name}`),
      stop: async () => void events.push(`stop ${name}`),
      ...(ready === undefined ? {} : { ready }),
    }
  }
}

it('runs several services on one server, and stops them in reverse', async () => {
  const events: string[] = []
  const composition = await composeServices(config, freshDeps(), {
    gateway: service('gateway', events),
    notary: service('notary', events),
  })

  const address = await composition.start()
  const answer = await fetch(`${address}/notary`)
  await composition.stop()

  expect(await answer.text()).toBe('notary')
  expect(events).toEqual(['start gateway', 'start notary', 'stop notary', 'stop gateway'])
})

it('shows a metric that two services have once, with both values', async () => {
  const { app } = await composeServices(config, freshDeps(), {
    gateway: service('gateway', []),
    notary: service('notary', []),
  })

  const { body } = await app.inject('/metrics')

  expect(body.match(/^# TYPE docaxis_calls_total counter$/gm)).toHaveLength(1)
  expect(body).toContain('docaxis_calls_total{service="gateway"} 1')
  expect(body).toContain('docaxis_calls_total{service="notary"} 1')
  expect(body).toContain('process_resident_memory_bytes')
  await app.close()
})

it('is ready when database, bus, blobs and every service are', async () => {
  const ready = async () => [{ name: 'anchors', ok: true, detail: '3 anchors' }]
  const composition = await composeServices(config, freshDeps(), { gateway: service('gateway', [], ready) })
  const address = await composition.start()

  const answer = await fetch(`${address}/health/ready`)

  expect(await answer.json()).toMatchObject({
    status: 'ready',
    checks: [
      { name: 'database' },
      { name: 'bus' },
      { name: 'blobs' },
      { name: 'anchors', detail: '3 anchors' },
      { name: 'clock' },
    ],
  })
  expect(answer.status).toBe(200)
  await composition.stop()
})

it.each([
  {
    part: 'a service says so',
    ready: async () => [{ name: 'anchors', ok: false, detail: 'none' }],
    failing: 'anchors',
  },
  { part: 'a service cannot tell', ready: () => Promise.reject(new Error('marker')), failing: 'gateway' },
])('is not ready when $part', async ({ ready, failing }) => {
  const { app } = await composeServices(config, freshDeps(), { gateway: service('gateway', [], ready) })

  const answer = await app.inject('/health/ready')

  expect(answer.statusCode).toBe(503)
  expect(answer.json().checks).toContainEqual(expect.objectContaining({ name: failing, ok: false }))
  expect(answer.body).not.toContain('marker')
  await app.close()
})

it('is alive but not ready while the database is away', async () => {
  const gone = { ...freshDeps(), database: { ...database, query: (() => Promise.reject(new Error('gone'))) as never } }
  const { app } = await composeServices(config, gone, {})

  expect((await app.inject('/health/live')).statusCode).toBe(200)
  const answer = await app.inject('/health/ready')

  expect(answer.statusCode).toBe(503)
  expect(answer.json().checks).toContainEqual({ name: 'database', ok: false, detail: 'does not answer' })
  await app.close()
})

it('asks the database once for many probes at the same time', async () => {
  let asked = 0
  const query = ((...args: [string]) => {
    asked += 1
    return database.query(...args)
  }) as typeof database.query
  const counted = { ...freshDeps(), database: { ...database, query } }
  const { app } = await composeServices(config, { ...counted, bus: freshDeps().bus }, {})

  await Promise.all(Array.from({ length: 50 }, () => app.inject('/health/ready')))

  expect(asked).toBe(1)
  await app.close()
})
