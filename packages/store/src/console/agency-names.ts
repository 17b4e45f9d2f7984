import type { Sql } from '../database.ts'

/** Names of these agencies, the removed ones too. Unknown codes are left out. */
export async function agencyNames(sql: Sql, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql.query<{ code: string; name: string }>(
    'select code, name from agency where code = any($1)',
    [[...new Set(codes)]],
  )
  return new Map(rows.map(({ code, name }) => [code, name]))
}
