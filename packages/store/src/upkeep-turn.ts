import type { Sql } from './database.ts'

const takeSql = `
insert into hub_setting (name, value)
values ('upkeep.' || $1, to_jsonb(clock_timestamp()))
    on conflict (name) do update
   set value = excluded.value, updated_at = now()
 where (hub_setting.value #>> '{}')::timestamptz <= clock_timestamp() - make_interval(hours => $2)
returning name`

/**
 * Takes the turn to do a piece of upkeep that is due every so many hours, whichever of many processes asks first. The
 * turn of a process that dies with it is taken again when it is next due.
 */
export async function takeUpkeepTurn(sql: Sql, task: string, everyHours: number): Promise<boolean> {
  const { rowCount } = await sql.query(takeSql, [task, everyHours])
  return rowCount === 1
}
