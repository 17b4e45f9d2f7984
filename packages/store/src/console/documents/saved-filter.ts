import type { Sql } from '../../database.ts'
import { newHubId } from '../../documents/hub-id.ts'

export interface SavedFilter {
  readonly id: string
  readonly name: string
  /** As it stands in the address of the list. */
  readonly query: string
}

export async function listFilters(sql: Sql, accountId: string): Promise<SavedFilter[]> {
  const { rows } = await sql.query<SavedFilter>(
    'select id, name, query from saved_filter where account_id = $1 order by name, id limit 100',
    [accountId],
  )
  return rows
}

/** A name that the person has used before means the same filter from now on. */
export async function saveFilter(
  sql: Sql,
  accountId: string,
  { name, query }: Pick<SavedFilter, 'name' | 'query'>,
): Promise<SavedFilter> {
  const { rows } = await sql.query<SavedFilter>(
    `insert into saved_filter (id, account_id, name, query) values ($1, $2, $3, $4)
     on conflict (account_id, name) do update set query = excluded.query
     returning id, name, query`,
    [newHubId(), accountId, name, query],
  )
  const [saved] = rows
  if (!saved) throw new Error('a filter was not saved')
  return saved
}

/** @returns false when the person has no such filter */
export async function removeFilter(sql: Sql, accountId: string, id: string): Promise<boolean> {
  const { rowCount } = await sql.query('delete from saved_filter where account_id = $1 and id = $2', [accountId, id])
  return rowCount === 1
}
