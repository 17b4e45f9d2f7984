import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { arrive, prepare, reckon } from './arriving.ts'

let database: TestDatabase
let folder: string
const children: ChildProcess[] = []

beforeAll(async () => {
  database = await testDatabase()
  await prepare(database)
  folder = await mkdtemp(join(tmpdir(), 'docaxis-deadlines-'))
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

/** The service as it is run, in a process of its own. */
function startProcess(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DOCAXIS_ENVIRONMENT: 'test',
      DOCAXIS_HTTP_PORT: '0',
      DOCAXIS_DATA_DIR: folder,
      DOCAXIS_DATABASE_URL: database.connectionString,
    },
  })
  children.push(child)
  return child
}

async function count(sql: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(`select count(*)::integer as count from ${sql}`)
  return rows[0]?.count ?? 0
}

const missed = () => count("deadline where state = 'missed'")

it('killed in the middle of a turn, and run twice at once, it tells everything once', async () => {
  const total = 60
  for (let index = 0; index < total; index++) await arrive(database, { at: '2025-04-28 09:00' })
  await reckon(database)
  // The turn of the first process hangs on one row, with the others already judged.
  const blocker = await database.pool.connect()
  await blocker.query('begin')
  await blocker.query('lock table outbox_batch in access exclusive mode')
  const first = startProcess()
  await vi.waitFor(async () => expect(await waitingForOutbox()).toBeGreaterThan(0), { timeout: 60_000 })
  first.kill('SIGKILL')
  await vi.waitFor(() => expect(first.signalCode).toBe('SIGKILL'), { timeout: 10_000 })
  const untold = await missed()
  await blocker.query('rollback')
  blocker.release()

  startProcess()
  startProcess()
  await vi.waitFor(async () => expect(await missed()).toBe(total), { timeout: 90_000 })

  expect(untold).toBe(0)
  expect(
    await count("(select distinct event ->> 'id' from outbox_log where topic = 'docaxis.deadline.reached') as told"),
  ).toBe(total)
  expect(await count("outbox_log where topic = 'docaxis.deadline.reached'")).toBe(total)
  expect(await count("receipt where kind = 'missed-deadline'")).toBe(total)
}, 180_000)

/** Statements of other processes that wait to tell the log of deadlines. */
function waitingForOutbox(): Promise<number> {
  return count(
    "pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into outbox%' and datname = current_database()",
  )
}
