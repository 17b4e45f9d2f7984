import { openDatabase, type Sql } from '@docaxis/store'
import { startEmbedded } from '@docaxis/store/embedded'
import { quiet } from './test-server.ts'

/** A column that names a row of another table, without a foreign key: each packet would pay for its check. */
export interface NamedParent {
  readonly table: string
  readonly column: string
  readonly parent: string
}

/** Those that lost their key in migration 0029. */
export const namedParents: readonly NamedParent[] = [
  { table: 'document', column: 'system_id', parent: 'system' },
  { table: 'document_receiver', column: 'document_id', parent: 'document' },
  { table: 'attachment_check', column: 'document_id', parent: 'document' },
  { table: 'idempotency', column: 'system_id', parent: 'system' },
  { table: 'refusal', column: 'system_id', parent: 'system' },
  { table: 'delivery', column: 'document_id', parent: 'document' },
  { table: 'deadline', column: 'delivery_id', parent: 'delivery' },
  { table: 'receipt', column: 'system_id', parent: 'system' },
  { table: 'receipt', column: 'document_id', parent: 'document' },
  { table: 'receipt', column: 'delivery_id', parent: 'delivery' },
]

// One statement, so that all is seen at one moment while the hub goes on writing.
const orphansSql = namedParents
  .map(
    ({ table, column, parent }) => `
select distinct '${table}.${column}: ' || child.${column} as orphan
  from ${table} as child
 where child.${column} is not null and not exists (select from ${parent} where ${parent}.id = child.${column})`,
  )
  .join('\nunion all')

/** Rows whose parent is not there: the column, and the id it names. None in the database of a hub, whatever it went through. */
export async function orphans(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ orphan: string }>(orphansSql)
  return rows.map(({ orphan }) => orphan)
}

/** The same, in the embedded database that a hub left behind in its data folder. */
export async function orphansLeftIn(dataDir: string): Promise<string[]> {
  const server = await startEmbedded({ dataDir, log: quiet })
  const database = openDatabase({ connectionString: server.connectionString, maxConnections: 1 })
  try {
    return await orphans(database)
  } finally {
    await database.close()
    await server.stop()
  }
}
