import type { Sql } from '../database.ts'

/** What the first request under a key asked for, and what was fixed for it then. */
export interface FirstUse {
  /** SHA-256 of the request, 64 lower-case hex digits: the same key with another request is a conflict. */
  readonly requestSha256: string
  /** By the database's clock. A repeat builds its answer from the same instant. */
  readonly at: Date
}

const useSql = `
insert into idempotency (system_id, key, request_sha256, created_at)
values ($1, $2, decode($3, 'hex'), date_trunc('second', clock_timestamp()))
on conflict (system_id, key) do nothing
returning encode(request_sha256, 'hex') as request_sha256, created_at`

const findSql = `
select encode(request_sha256, 'hex') as request_sha256, created_at
  from idempotency
 where system_id = $1 and key = $2`

/**
 * Binds a key to a request, once: whoever comes later under the key is given the first use. What follows from a request
 * and its instant alone is then the same for all of them, and unique constraints see the same bytes.
 */
export async function useKey(sql: Sql, systemId: string, key: string, requestSha256: string): Promise<FirstUse> {
  const inserted = await sql.query<UseRow>(useSql, [systemId, key, requestSha256])
  const { rows } = inserted.rowCount === 1 ? inserted : await sql.query<UseRow>(findSql, [systemId, key])
  const row = rows[0]
  if (!row) throw new Error('a key conflicted with a row that is not there')
  return { requestSha256: row.request_sha256, at: row.created_at }
}

/** Forgets keys of requests that nobody repeats any more. @returns how many */
export async function purgeKeys(sql: Sql, keepDays: number): Promise<number> {
  const { rowCount } = await sql.query('delete from idempotency where created_at < now() - make_interval(days => $1)', [
    keepDays,
  ])
  return rowCount ?? 0
}

interface UseRow {
  request_sha256: string
  created_at: Date
}
