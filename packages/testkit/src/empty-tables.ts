import type { Sql } from '@docaxis/store'
import { namedParents } from './orphans.ts'

/** Empties tables with all that hangs on their rows, by a foreign key or by `namedParents`. */
export async function emptyTables(sql: Sql, ...names: readonly string[]): Promise<void> {
  await sql.query(`truncate ${[...withChildren(names)].join(', ')} cascade`)
}

function withChildren(names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names)
  // A set gives what is added to it while it is read.
  for (const name of all) {
    for (const { table } of namedParents.filter(({ parent }) => parent === name)) all.add(table)
  }
  return all
}
