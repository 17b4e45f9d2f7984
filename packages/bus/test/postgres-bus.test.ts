import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendOutbox, migrate, openDatabase } from '@docaxis/store'
import { startEmbedded } from '@docaxis/store/embedded'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBus } from '../src/index.ts'
import { busContract } from './contract.ts'
import { processDeathContract } from './process-death.ts'
import { Recorder } from './recorder.ts'
import { events, topic } from './test-events.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.close())

describe('the event log in PostgreSQL', () => {
  busContract(() => ({ kind: 'postgres', connectionString: database.connectionString }))

  processDeathContract(() => ({ database, connectionString: database.connectionString }))
})

it('goes on by itself after PostgreSQL was killed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'docaxis-bus-'))
  const server = await startEmbedded({ dataDir, log: { info: ignore, warn: ignore, error: ignore } })
  const own = openDatabase({ connectionString: server.connectionString })
  await migrate(own)
  const recorder = new Recorder('killed')
  const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
  const bus = createBus({ kind: 'postgres', database: own, logger, clientId: 'test' })
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
