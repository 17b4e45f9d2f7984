import type { Level } from '@docaxis/directory'
import type { Sql } from '../../database.ts'
import { isClosed, isConnected } from '../../directory/agency-conditions.ts'
import { inScope, type Scope } from '../scope.ts'

/** How many agencies of one level a person sees. */
export interface LevelCount {
  readonly level: Level
  readonly open: number
  readonly closed: number
  /** Of the open ones. */
  readonly connected: number
  /** Those where the tree begins: nobody of the scope stands above them. */
  readonly top: number
}

/** Levels of which a scope holds anything, from the top. */
export async function countLevels(sql: Sql, scope: Scope): Promise<LevelCount[]> {
  const values: unknown[] = []
  const { rows } = await sql.query<LevelCount>(
    `
with seen as materialized (
  select agency.code, agency.parent, agency.level, ${isClosed} as closed, ${isConnected} as connected
    from agency
   where not agency.deleted and ${inScope(values, scope, 'agency.code')}
)
select seen.level, count(*) filter (where not seen.closed)::integer as open,
       count(*) filter (where seen.closed)::integer as closed,
       count(*) filter (where not seen.closed and seen.connected)::integer as connected,
       count(*) filter (where above.code is null)::integer as top
  from seen
  left join seen as above on above.code = seen.parent
 group by seen.level
 order by array_position(array['central', 'province', 'district', 'commune'], seen.level)`,
    values,
  )
  return rows
}

/** Provinces and centrally run cities of a scope by name, in order. */
export async function listLocalities(sql: Sql, scope: Scope): Promise<string[]> {
  const values: unknown[] = []
  const { rows } = await sql.query<{ readonly locality: string }>(
    `
select distinct agency.locality
  from agency
 where not agency.deleted and agency.locality is not null and ${inScope(values, scope, 'agency.code')}
 order by agency.locality`,
    values,
  )
  return rows.map(row => row.locality)
}

/** How many agencies of the scope stand directly below each of these; those without any are left out. */
export async function countBelow(
  sql: Sql,
  scope: Scope,
  codes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const values: unknown[] = [codes]
  const { rows } = await sql.query<{ readonly parent: string; readonly count: number }>(
    `
select agency.parent, count(*)::integer as count
  from agency
 where agency.parent = any($1) and not agency.deleted and ${inScope(values, scope, 'agency.code')}
 group by agency.parent`,
    values,
  )
  return new Map(rows.map(({ parent, count }) => [parent, count]))
}
