import pg from 'pg'

/** One connection inside a transaction. Query functions of this package take it as their first argument. */
export type Tx = pg.ClientBase

/** Anything that runs one statement: the pool or a transaction. */
export type Sql = Pick<pg.ClientBase, 'query'>

export interface DatabaseOptions {
  /** `postgres://…`; a socket folder is written as the host, percent-encoded or as `?host=/folder`. */
  readonly connectionString: string
  readonly maxConnections?: number
  readonly statementTimeoutMs?: number
  readonly lockTimeoutMs?: number
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string
  /** Told of every connection that broke while idle. */
  readonly onError?: (error: Error) => void
}

export interface Database {
  readonly pool: pg.Pool
  /** One statement in a transaction of its own. */
  readonly query: pg.Pool['query']
  /**
   * Commits when `work` resolves, rolls back when it throws. Decisions are read from the primary only.
   *
   * A deadlock or a serialization failure runs `work` again, three times in all: it changes nothing outside `tx` that
   * must not happen twice.
   *
   * @throws what `work` throws, and errors of PostgreSQL as they come (`toHubError` names them). When the connection
   *   is lost during COMMIT nobody knows whether it happened: only a repeat of the same request settles it.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const transactionTries = 3
const serializationFailure = '40001'
const deadlockDetected = '40P01'
const rolledBackByServer: ReadonlySet<unknown> = new Set([serializationFailure, deadlockDetected])

/** Another transaction changed what this one had decided upon: it runs again, as after a serialization failure. */
export class DecisionOutdated extends Error {
  readonly code = serializationFailure

  constructor(message: string) {
    super(message)
    this.name = 'DecisionOutdated'
  }
}

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections ?? 16,
    // Bounds the wait for a free connection as well: a full pool answers 503, it does not queue for ever.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    lock_timeout: options.lockTimeoutMs ?? 10_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: options.applicationName ?? 'docaxis',
    // What is hot is in memory. With the server's 4.0 a queue of due rows is sorted whole to find its first.
    options: '-c random_page_cost=1.1',
  })
  // Without a listener a server restart would end the process. The pool has one on each connection while it is idle; whoever
  // is given one by a promise can set his own too late: what ends it may stand in the same bytes as what made it ready.
  pool.on('connect', client => client.on('error', ignore))
  pool.on('error', error => {
    // While it closes, the server may be the faster one to hang up.
    if (!pool.ending) options.onError?.(error)
  })
  let closing: Promise<void> | undefined

  return {
    pool,
    query: pool.query.bind(pool) as pg.Pool['query'],
    transaction: work => repeatedTransaction(pool, work),
    close() {
      closing ??= pool.end()
      return closing
    },
  }
}

async function repeatedTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await transaction(pool, work)
    } catch (error) {
      if (tried >= transactionTries || !rolledBackByServer.has(sqlState(error))) throw error
    }
  }
}

async function transaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // A connection whose rollback fails is in an unknown state and is not used again.
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(broken)
    throw error
  }
}

/** A connection that is lost while it is lent is told of by the next statement. */
function ignore(): void {}

function sqlState(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/**
 * A statement that PostgreSQL parses and plans once per connection: for the hot path only.
 *
 * @param name unique in the whole program, `table.verb`
 */
export function statement(name: string, text: string): (...values: readonly unknown[]) => pg.QueryConfig {
  return (...values) => ({ name, text, values: [...values] })
}

/** The clock by which leases, due times and dates are judged: one for all processes. */
export async function databaseTime(sql: Sql): Promise<Date> {
  const { rows } = await sql.query<{ at: Date }>('select clock_timestamp() as at')
  if (!rows[0]) throw new Error('a clock gave no time')
  return rows[0].at
}
