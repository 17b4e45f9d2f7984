import { readConfig, type Service } from '@docaxis/service'
import {
  acknowledgeDeliveries,
  applyReform,
  deliveriesOfDocument,
  importAgencies,
  insertDeliveries,
  listReforms,
  newHubId,
  releaseDeliveries,
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
import { createService } from '../src/index.ts'

type Agency = Parameters<typeof importAgencies>[1][number]

let database: TestDatabase
let blobs: TestBlobs
let deps: TestServiceDeps
let services: Service[]

const past = '2025-07-01'
const settings = { reformEveryMs: 20, strandedEveryMs: 20 }

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
})
afterAll(async () => {
  await database?.close()
  await blobs?.close()
})
beforeEach(async () => {
  await emptyTables(database, 'document', 'outbox', 'outbox_batch', 'reform', 'agency')
  deps = testServiceDeps(database, blobs)
  services = []
  await put(['A', 'B', 'N'].map(code => agency(code)))
})
afterEach(async () => {
  for (const service of services) await service.stop()
  await deps.bus.stop()
})

function agency(code: string, change: Partial<Agency> = {}): Agency {
  const fixed = { kind: 'agency', level: 'commune', oldCodes: [], groups: [] } as const
  return { ...fixed, code, name: `Xã ${code}`, canReceive: true, receivesForUnits: false, ...change }
}

const put = (agencies: readonly Agency[]) => database.transaction(tx => importAgencies(tx, agencies, { mode: 'merge' }))

/** Two instances, as two machines would run them. */
async function start(): Promise<void> {
  for (let instance = 0; instance < 2; instance += 1) {
    const service = createService(
      readConfig({}),
      { ...deps, metrics: testServiceDeps(database, blobs).metrics },
      settings,
    )
    services.push(service)
    await service.start()
  }
}

/** A document in the mailboxes of these agencies. */
async function deliver(...receivers: string[]): Promise<string> {
  const documentId = await acceptDocument(database, { receivers })
  await database.transaction(async tx => {
    const made = receivers.map(receiver => ({ id: newHubId(), documentId, receiver, receiverWritten: receiver }))
    await insertDeliveries(
      tx,
      made.map(each => ({ ...each, kind: 'document', level: 'commune', priority: 0 })),
    )
    await takeUnrouted(tx, [documentId])
    await releaseDeliveries(
      tx,
      made.map(({ id }) => id),
    )
  })
  return documentId
}

const states = async (documentId: string) =>
  (await deliveriesOfDocument(database, documentId)).map(({ receiver, state }) => `${receiver} ${state}`)

const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000 })

const reformOf = (effectiveOn: string) =>
  Buffer.from(
    JSON.stringify({
      format: 'docaxis-reform-1',
      name: 'test',
      title: 'Thử nghiệm',
      effectiveOn,
      changes: [{ do: 'merge', codes: ['A', 'B'], into: 'N' }],
    }),
  )

it('does a waiting reform once on its day, with two instances, and ends joined deliveries together', async () => {
  const documentId = await deliver('A', 'B')
  await database.transaction(tx => applyReform(tx, reformOf('2999-01-01'), { by: 'system:admin' }))
  await start()
  expect(await states(documentId)).toEqual(['A available', 'B available'])

  // The database's clock stays where it is: the day of what waits moves before it.
  await database.query('update reform set effective_on = $1, file = $2', [past, reformOf(past)])

  await eventually(async () => expect(await listReforms(database, 10)).toMatchObject([{ state: 'applied' }]))
  const open = (await deliveriesOfDocument(database, documentId)).find(({ receiver }) => receiver === 'N')
  expect(await states(documentId)).toEqual([expect.stringMatching(/^[AB] held$/), 'N available'])
  await database.transaction(tx =>
    acknowledgeDeliveries(tx, { ids: [open?.id ?? ''], agencies: ['N'], systemId: 'g99' }),
  )
  await eventually(async () =>
    expect(await states(documentId)).toEqual([expect.stringMatching(/^[AB] acknowledged$/), 'N acknowledged']),
  )
  const { rows } = await database.query(`select count(*)::int as count from document_event where what = 'moved'`)
  expect(rows).toEqual([{ count: 2 }])
})

it('sends on what waits for an agency that anything else closed', async () => {
  const moving = await deliver('A')
  const returning = await deliver('B')
  await put([agency('A', { validTo: past, successor: 'N' }), agency('B', { validTo: past })])

  await start()

  await eventually(async () => {
    expect(await states(moving)).toEqual(['N available'])
    expect(await states(returning)).toEqual(['B failed'])
  })
})

it('leaves what waits for agencies that close on a later day', async () => {
  const waiting = await deliver('A')
  await put([agency('A', { validTo: '2999-01-01', successor: 'N' }), agency('B', { validTo: past })])
  const other = await deliver('B')

  await start()

  await eventually(async () => expect(await states(other)).toEqual(['B failed']))
  expect(await states(waiting)).toEqual(['A available'])
})
