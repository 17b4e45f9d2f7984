import type { Sql } from '../database.ts'

/** Who did what to what, and how it ended. Plain at the moment of action; the notary numbers and chains it after, and makes a row of it. */
export interface AuditEntry {
  /** `system:<id>`, `user:<login>`, `service:<name>`. */
  readonly actor: string
  /** `document.accept`, `delivery.acknowledge`, … */
  readonly action: string
  /** Id of what was acted on. */
  readonly object?: string
  /** `accepted`, `refused`, `done`, `failed`, … */
  readonly outcome: string
  /** Ids, codes, hashes. Never document content. */
  readonly details?: Readonly<Record<string, unknown>>
}

const recordSql = `
insert into audit_batch (entries)
select b.entries from unnest($1::jsonb[]) with ordinality as b(entries, place) order by b.place`

/** Bounds what the notary chains in one transaction. */
const batchEntries = 500

/** Writes entries in the order given. Belongs into the transaction of the action. */
export async function recordAudit(sql: Sql, entries: AuditEntry | readonly AuditEntry[]): Promise<void> {
  const list = [entries].flat()
  if (list.length === 0) return
  await sql.query({ name: 'audit-record', text: recordSql, values: [batchesOf(list)] })
}

function batchesOf(list: readonly AuditEntry[]): readonly string[] {
  const count = Math.ceil(list.length / batchEntries)
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(list.slice(index * batchEntries, (index + 1) * batchEntries)),
  )
}
