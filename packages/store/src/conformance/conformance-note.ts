import type { Sql } from '../database.ts'

/** What was seen of a system that no other table keeps. */
export type ConformanceNoteKind =
  /** The hub did not answer what it had been told, once: the system must tell it again. */
  | 'acknowledgement-withheld'
  | 'acceptance-withheld'
  /** A packet that the hub had came again. */
  | 'sent-again'
  /** Bytes of a delivery began to leave; whether, and how far, they all left. */
  | 'download-begun'
  | 'download-ended'

export interface ConformanceNote {
  readonly kind: ConformanceNoteKind
  /** Id of the delivery or document that it is about. */
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

const insertSql = `
insert into conformance_note (run_id, kind, subject, details)
values ($1, $2, $3, $4)
on conflict do nothing`

/** False for an answer that was withheld before. */
export async function noteConformance(sql: Sql, runId: string, note: ConformanceNote): Promise<boolean> {
  const { kind, subject, details } = note
  const { rowCount } = await sql.query(insertSql, [runId, kind, subject, JSON.stringify(details)])
  return rowCount === 1
}

const listSql = `
select kind, subject, details
  from conformance_note
 where run_id = $1
 order by id`

export async function listConformanceNotes(sql: Sql, runId: string): Promise<ConformanceNote[]> {
  const { rows } = await sql.query<ConformanceNote>(listSql, [runId])
  return rows
}

const plannedSql = `
select delivery.id
  from conformance_step
  join delivery on delivery.document_id = conformance_step.documents ->> $3
 where conformance_step.run_id = $1 and conformance_step.step = $2 and delivery.id = any($4)`

/** Those of the deliveries that hand over a document sent for this step. */
export async function deliveriesOfStep(
  sql: Sql,
  of: { readonly runId: string; readonly step: string; readonly part: string },
  deliveryIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql.query<{ readonly id: string }>(plannedSql, [of.runId, of.step, of.part, deliveryIds])
  return rows.map(({ id }) => id)
}
