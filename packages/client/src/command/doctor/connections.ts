import { connect } from 'node:net'
import { type Database, openDatabase } from '@docaxis/store'
import { type CheckResult, fault, note, ok, reasonOf, skipped } from './check.ts'

/** More than this between two clocks parks verdicts (V54). */
const maxClockDifferenceMs = 60_000

/** The database answers, has our schema, and agrees on the time. */
export async function checkDatabase(url: string | undefined, now: () => Date): Promise<readonly CheckResult[]> {
  if (url === undefined) return [skipped('database', 'embedded PostgreSQL, started with the hub')]
  const database = openDatabase({ connectionString: url, maxConnections: 1, applicationName: 'docaxis doctor' })
  try {
    const { rows } = await database.query<{ version: string; at: Date }>(
      "select current_setting('server_version') as version, clock_timestamp() as at",
    )
    const [row] = rows
    if (!row) return [fault('database', 'it answered nothing', 'check DOCAXIS_DATABASE_URL')]
    return [
      Number.parseInt(row.version, 10) >= 15
        ? ok('database', `PostgreSQL ${row.version}`)
        : fault('database', `PostgreSQL ${row.version}`, 'use PostgreSQL 15 or newer'),
      await checkSchema(database),
      checkClock('the database', row.at, now()),
    ]
  } catch (error) {
    return [fault('database', `not reachable: ${reasonOf(error)}`, 'start it, or correct DOCAXIS_DATABASE_URL')]
  } finally {
    await database.close()
  }
}

async function checkSchema(database: Database): Promise<CheckResult> {
  const { rows } = await database.query<{ applied: string | null }>(
    "select to_regclass('schema_migration')::text as applied",
  )
  if (!rows[0]?.applied) return note('schema', 'empty database', 'the hub makes the tables at its first start')
  const { rows: migrations } = await database.query<{ name: string }>(
    'select name from schema_migration order by number desc limit 1',
  )
  return ok('schema', `migrated to ${migrations[0]?.name ?? 'nothing'}`)
}

export function checkClock(other: string, theirs: Date, ours: Date): CheckResult {
  const differenceMs = Math.abs(theirs.getTime() - ours.getTime())
  const seconds = (differenceMs / 1000).toFixed(1)
  return differenceMs > maxClockDifferenceMs
    ? fault('clock', `${seconds} s apart from ${other} (V54)`, 'set the clock of both machines by NTP')
    : ok('clock', `${seconds} s apart from ${other}`)
}

export async function checkBrokers(brokers: readonly string[] | undefined): Promise<readonly CheckResult[]> {
  if (brokers === undefined) return [skipped('broker', 'none configured: the event log is in PostgreSQL')]
  return Promise.all(brokers.map(checkBroker))
}

async function checkBroker(broker: string): Promise<CheckResult> {
  const [host = '', port = ''] = broker.split(/:(?=\d+$)/)
  const name = `broker ${broker}`
  return new Promise(resolve => {
    const socket = connect({ host, port: Number(port), timeout: 5_000 })
    const end = (result: CheckResult) => {
      socket.destroy()
      resolve(result)
    }
    const fix = 'start Kafka (pnpm local up), or correct DOCAXIS_KAFKA_BROKERS'
    socket.once('connect', () => end(ok(name, 'reachable')))
    socket.once('timeout', () => end(fault(name, 'no answer within 5 s', fix)))
    socket.once('error', error => end(fault(name, reasonOf(error), fix)))
  })
}

/** Whether a hub answers at `url`, and its clock. Not running is no fault: doctor is asked before the start too. */
export async function checkHub(url: string, now: () => Date): Promise<readonly CheckResult[]> {
  try {
    const response = await fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(5_000) })
    const date = response.headers.get('date')
    await response.body?.cancel()
    return [
      response.ok
        ? ok('hub', `ready at ${url}`)
        : fault(
            'hub',
            `running at ${url}, not ready (${response.status})`,
            `see ${url}/health/ready for what is missing`,
          ),
      ...(date === null ? [] : [checkClock('the hub', new Date(date), now())]),
    ]
  } catch (error) {
    return [note('hub', `not running at ${url}: ${reasonOf(error)}`)]
  }
}

/** The address, when what answers there is a docaxis hub. */
export async function hubAt(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(5_000) })
    await response.body?.cancel()
    return response.ok ? url : undefined
  } catch {
    return undefined
  }
}
