import type { Sql } from '../database.ts'
import type { DeliveryState } from '../deliveries/delivery-states.ts'

/** A document that the hub sent, at the system under test. */
export interface HandedDocument {
  /** The hub's id of the document. */
  readonly id: string
  readonly deliveryId: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly failReason: string | null
  readonly sizeBytes: number
  /** What was reported on it, in order. */
  readonly reports: readonly { readonly code: string; readonly reason: string | null; readonly flagged: boolean }[]
}

const handedSql = `
select document.id, delivery.id as "deliveryId", delivery.state, delivery.attempts,
       delivery.fail_reason as "failReason", document.size_bytes::float8 as "sizeBytes",
       coalesce((select jsonb_agg(jsonb_build_object('code', code, 'reason', reason, 'flagged', flagged) order by id)
                   from business_report
                  where delivery_id = delivery.id and code <> '13'), '[]') as reports
  from document
  join delivery on delivery.document_id = document.id and delivery.receiver = $2
 where document.id = any($1)`

/** Those of the documents that reached the agency's mailbox, by the hub's id. */
export async function handedDocuments(
  sql: Sql,
  ids: readonly string[],
  agency: string,
): Promise<ReadonlyMap<string, HandedDocument>> {
  const { rows } = await sql.query<HandedDocument>(handedSql, [ids, agency])
  return new Map(rows.map(row => [row.id, row]))
}

/** A document that the system under test sent to the hub's agency. */
export interface SentDocument {
  readonly id: string
  readonly documentId: string
  readonly attachmentsDigest: string
  /** Where the hub's agency has it; null until it is routed. */
  readonly deliveryId: string | null
  readonly state: DeliveryState | null
}

const sentSql = `
select document.id, document.document_id as "documentId", document.attachments_digest as "attachmentsDigest",
       delivery.id as "deliveryId", delivery.state
  from document
  left join delivery on delivery.document_id = document.id and delivery.receiver = $2
 where document.system_id = $1 and document.kind = 'document' and document.action = 'new'
   and document.accepted_at >= $3
   and exists (select from document_receiver
                where document_receiver.document_id = document.id and resolved = $2 and fault is null)
 order by document.accepted_at, document.id`

/** What a system sent to an agency since then, in order. */
export async function documentsSentTo(
  sql: Sql,
  { systemId, agency, since }: { readonly systemId: string; readonly agency: string; readonly since: Date },
): Promise<SentDocument[]> {
  const { rows } = await sql.query<SentDocument>(sentSql, [systemId, agency, since])
  return rows
}

/** A document of the system that was refused because of one of its receivers. */
export interface RefusedDocument {
  readonly documentId: string | null
  readonly code: string
}

const refusedSql = `
select refusal.document_id as "documentId", finding ->> 'code' as code
  from refusal
 cross join lateral jsonb_array_elements(refusal.findings) as finding
 where refusal.system_id = $1 and refusal.refused_at >= $3 and finding -> 'details' ->> 'written' = $2
 order by refusal.refused_at`

/** @param written code of the receiver as the system wrote it */
export async function refusedTo(
  sql: Sql,
  { systemId, written, since }: { readonly systemId: string; readonly written: string; readonly since: Date },
): Promise<RefusedDocument[]> {
  const { rows } = await sql.query<RefusedDocument>(refusedSql, [systemId, written, since])
  return rows
}

const statusesSql = `
select delivery.state
  from document
  join business_report on business_report.status_id = document.id
  join delivery as subject on subject.id = business_report.delivery_id
  join delivery on delivery.document_id = document.id
 where document.kind = 'status' and subject.document_id = $1
 order by document.accepted_at`

/** Where the status messages on a document stand on their way to its sender. */
export async function statusDeliveries(sql: Sql, documentId: string): Promise<DeliveryState[]> {
  const { rows } = await sql.query<{ readonly state: DeliveryState }>(statusesSql, [documentId])
  return rows.map(({ state }) => state)
}
