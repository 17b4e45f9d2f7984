import type { Sql } from '../database.ts'

/** What one process found when it last looked at itself. */
export interface ProcessHealth {
  readonly services: readonly string[]
  readonly checks: readonly ProcessCheck[]
  readonly checkedAt: Date
  /** By the database's clock. */
  readonly ageSeconds: number
}

export interface ProcessCheck {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly advisory?: boolean
}

// A process that died leaves its row for an hour: long enough that somebody sees it.
const reportSql = `
with gone as (
  delete from process_health where checked_at < clock_timestamp() - interval '1 hour' and id <> $1
)
insert into process_health (id, services, checks)
values ($1, $2, $3)
    on conflict (id) do update
   set services = excluded.services, checks = excluded.checks, checked_at = clock_timestamp()`

/** @param id of the process, its own until it ends */
export async function reportHealth(
  sql: Sql,
  id: string,
  { services, checks }: Pick<ProcessHealth, 'services' | 'checks'>,
): Promise<void> {
  await sql.query(reportSql, [id, services, JSON.stringify(checks)])
}

/** It has stopped as it was asked to: nobody misses it. */
export async function endHealth(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from process_health where id = $1', [id])
}

const listSql = `
select services, checks, checked_at as "checkedAt",
       extract(epoch from clock_timestamp() - checked_at)::float8 as "ageSeconds"
  from process_health
 order by services, checked_at desc`

export async function listHealth(sql: Sql): Promise<ProcessHealth[]> {
  const { rows } = await sql.query<ProcessHealth>(listSql)
  return rows
}
