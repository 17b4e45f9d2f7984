import type { Sql } from '../database.ts'

/** Who did what to what, and how it ended. Plain at the moment of action; the notary numbers and chains it after. */
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
insert into audit_entry (actor, action, object, outcome, details)
select e.actor, e.action, e.object, e.outcome, coalesce(e.details, '{}')
  from jsonb_to_recordset($1::jsonb) as e(actor text, action text, object text, outcome text, details jsonb)`

/** Writes entries in the order given. Belongs into the transaction of the action. */
export async function recordAudit(sql: Sql, entries: AuditEntry | readonly AuditEntry[]): Promise<void> {
  const list = [entries].flat()
  if (list.length === 0) return
  await sql.query({ name: 'audit-record', text: recordSql, values: [JSON.stringify(list)] })
}
