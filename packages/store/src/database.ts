import pg from 'pg'

/** One connection inside a transaction. Query functions of this package take it as their first argument. */
export type Tx = pg.ClientBase

/** Anything that runs one statement: the pool or a transaction. */
export type Sql = Pick<pg.ClientBase, 'query'>

export interface DatabaseOptions {
  /** `postgres://…`, or a socket folder in `host`. */
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
  /** Commits when `work` resolves, rolls back when it throws. Decisions are read from the primary only. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections ?? 16,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    lock_timeout: options.lockTimeoutMs ?? 10_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: options.applicationName ?? 'docaxis',
  })
  // Without a listener a server restart would end the process.
  pool.on('error', error => options.onError?.(error))

  return {
    pool,
    query: pool.query.bind(pool) as pg.Pool['query'],
    transaction: work => transaction(pool, work),
    close: () => pool.end(),
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
