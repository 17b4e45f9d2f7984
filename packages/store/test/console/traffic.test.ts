import { emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { emptyScope, hourStart, levelFlows, pulse, type Scope, takeTrafficTurn } from '../../src/console/index.ts'
import { acknowledgeDeliveries, importDirectory, markFetched } from '../../src/index.ts'
import { deliver } from '../delivering.ts'

let database: TestDatabase

const everything: Scope = { ...emptyScope, everything: true }
const only = (...subtrees: string[]): Scope => ({ ...emptyScope, subtrees })

const byReceiver = { agencies: ['H99.05'], systemId: 'g99' }

const agencies = [
  { code: 'G99', level: 'central' },
  { code: 'H99', level: 'province' },
  { code: 'H99.05', level: 'commune', parent: 'H99' },
  { code: 'H98.01', level: 'commune' },
].map(agency => ({ kind: 'agency', name: `Agency ${agency.code}`, ...agency }))

beforeAll(async () => {
  database = await testDatabase()
  const file = Buffer.from(JSON.stringify(agencies))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'replace' }))
})
afterAll(() => database?.close())
beforeEach(async () => {
  await emptyTables(database, 'document', 'document_event', 'traffic_pair', 'traffic_level')
})

it('counts a document once for each receiver, between their levels', async () => {
  await deliver(database, { sender: 'G99', receivers: ['H99.05', 'H98.01'] })

  await takeTrafficTurn(database)

  expect(await flows()).toEqual([
    { from: 'central', to: 'commune', accepted: 2, fetched: 0, acknowledged: 0, fetchSeconds: null },
  ])
})

it('counts the first fetch and the acknowledgement, each once, and how long it waited', async () => {
  const [id = ''] = await deliver(database, { sender: 'G99', receivers: ['H99.05'] })
  await database.query("update delivery set accepted_at = accepted_at - interval '10 minutes'")
  await fetch(id)
  await fetch(id)
  await acknowledge(id)

  await takeTrafficTurn(database)

  const [flow] = await flows()
  expect(flow).toMatchObject({ fetched: 1, acknowledged: 1 })
  expect(flow?.fetchSeconds).toBeGreaterThanOrEqual(600)
})

it('counts the same again when the turn is taken again, and what has come since', async () => {
  await deliver(database, { sender: 'G99', receivers: ['H99.05'] })
  await takeTrafficTurn(database)
  await takeTrafficTurn(database)
  await deliver(database, { sender: 'G99', receivers: ['H99.05'] })

  await takeTrafficTurn(database)

  expect(sumOf(await pulse(database, everything, '24 hours'))).toEqual({ accepted: 2, fetched: 0, acknowledged: 0 })
})

it('counts no status message', async () => {
  await deliver(database, { kind: 'status', sender: 'G99', receivers: ['H99.05'] })

  await takeTrafficTurn(database)

  expect(await flows()).toEqual([])
})

it.each([
  { who: 'sees what its agencies sent', scope: only('G99'), accepted: 2 },
  { who: 'sees what its agencies received', scope: only('H99.05'), accepted: 1 },
  { who: 'sees what passed inside it once', scope: only('G99', 'H99'), accepted: 2 },
  { who: 'sees nothing of others', scope: only('H99'), accepted: 1 },
  { who: 'of nobody sees nothing', scope: emptyScope, accepted: 0 },
])('a scope $who', async ({ scope, accepted }) => {
  await deliver(database, { sender: 'G99', receivers: ['H99.05', 'H98.01'] })

  await takeTrafficTurn(database)

  expect(sumOf(await pulse(database, scope, '24 hours')).accepted).toBe(accepted)
})

it('keeps a day and no more', async () => {
  await database.query(
    `insert into traffic_level values (now() - interval '26 hours', 'central', 'commune', 1, 0, 0, 0)`,
  )

  await takeTrafficTurn(database)

  const { rows } = await database.query('select from traffic_level')
  expect(rows).toEqual([])
})

it('is left to whoever is at it', async () => {
  const second = await database.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock(7301017)')
    return takeTrafficTurn(database)
  })

  expect(second).toBe(false)
})

async function flows() {
  return levelFlows(database, everything, await hourStart(database))
}

function fetch(deliveryId: string): Promise<unknown> {
  return database.transaction(tx => markFetched(tx, { ...byReceiver, deliveryId, leaseMs: 60_000 }))
}

function acknowledge(id: string): Promise<unknown> {
  return database.transaction(tx => acknowledgeDeliveries(tx, { ...byReceiver, ids: [id] }))
}

function sumOf(minutes: Awaited<ReturnType<typeof pulse>>): Record<'accepted' | 'fetched' | 'acknowledged', number> {
  const sum = { accepted: 0, fetched: 0, acknowledged: 0 }
  for (const minute of minutes)
    for (const step of ['accepted', 'fetched', 'acknowledged'] as const) sum[step] += minute[step]
  return sum
}
