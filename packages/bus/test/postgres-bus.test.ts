import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendOutbox, assignPositions, migrate, openDatabase, settlePartitions } from '@docaxis/store'
import { startEmbedded } from '@docaxis/store/embedded'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBus } from '../src/index.ts'
import { busContract } from './contract.ts'
import { processDeathContract } from './process-death.ts'
import { firstArrivals, Recorder } from './recorder.ts'
import { events, topic } from './test-events.ts'

const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore }
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.close())

describe('the event log in PostgreSQL', () => {
  busContract(() => ({ kind: 'postgres', connectionString: database.connectionString }))

  processDeathContract(() => ({ database, connectionString: database.connectionString }))
})

it('handles a backlog in several transactions at once, each key in its order', async () => {
  const own = await testDatabase()
  await own.transaction(async tx => {
    await settlePartitions(tx, 4)
    await appendOutbox(tx, events('backlog', 2_000, 64))
  })
  await assignPositions(own, 2_000)

  const recorder = new Recorder('backlog')
  const several = Promise.withResolvers<void>()
  let running = 0
  const bus = createBus({ kind: 'postgres', database: own, logger: quiet, clientId: 'test' })
  bus.subscribe({
    group: 'reader',
    topics: [topic],
    maxBatch: 256,
    async handle(events, tx) {
      running += 1
      if (running > 1) several.resolve()
      await several.promise
      await recorder.handle(events, tx)
      running -= 1
    },
  })
  await bus.start()
  await recorder.untilDistinct(2_000)

  const inOrder = Array.from({ length: 2_000 }, (_, index) => index + 1)
  for (const numbers of firstArrivals(recorder.seen).values()) expect(numbers).toEqual(inOrder.slice(0, numbers.length))
  await bus.stop()
  await own.close()
}, 60_000)

it('goes on by itself after PostgreSQL was killed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'docaxis-bus-'))
  const server = await startEmbedded({ dataDir, log: { info: ignore, warn: ignore, error: ignore } })
  const own = openDatabase({ connectionString: server.connectionString })
  await migrate(own)
  const recorder = new Recorder('killed')
  const bus = createBus({ kind: 'postgres', database: own, logger: quiet, clientId: 'test' })
  bus.subscribe({ group: 'reader', topics: [topic], handle: recorder.handle })
  await bus.start()
  await own.transaction(tx => appendOutbox(tx, events('killed', 20, 4)))
  await recorder.untilDistinct(20)

  process.kill(server.pid, 'SIGKILL')
  const more = events('killed', 40, 4).slice(20)
  const publish = () =>
    own
      .transaction(tx => appendOutbox(tx, more))
      .then(
        () => true,
        () => false,
      )
  await expect.poll(publish, { timeout: 30_000 }).toBe(true)

  await recorder.untilDistinct(40)
  await bus.stop()
  await own.close()
  await server.stop()
  await rm(dataDir, { recursive: true })
}, 60_000)

function ignore(): void {}
