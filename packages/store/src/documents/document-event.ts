import type { Sql } from '../database.ts'

/** What happened to a document or to one of its deliveries. The words are shown in the timeline. */
export type DocumentEventWhat =
  | 'accepted'
  | 'held'
  | 'routed'
  | 'available'
  | 'fetched'
  | 'acknowledged'
  | 'failed'
  | 'moved'
  | 'withdrawn'
  | 'change-asked'
  | 'replaced'
  | 'expired'
  | 'redelivered'
  | 'status-reported'
  | 'receipt-issued'
  | 'repeat-answered'
  | 'certificate-revoked'
  | 'attachment-checked'
  | 'deadline-reached'
  | 'content-opened'

export interface NewDocumentEvent {
  readonly documentId: string
  readonly deliveryId?: string
  readonly what: DocumentEventWhat
  readonly systemId?: string
  /** Ids, codes, hashes. Never document content. */
  readonly details?: Readonly<Record<string, unknown>>
}

export interface DocumentEvent {
  readonly id: string
  readonly at: Date
  readonly what: DocumentEventWhat
  readonly deliveryId: string | null
  readonly receiver: string | null
  readonly systemId: string | null
  readonly details: Readonly<Record<string, unknown>>
}

const appendSql = `
insert into document_event (document_id, delivery_id, what, system_id, details)
select e.document_id, e.delivery_id, e.what, e.system_id, coalesce(e.details, '{}')
  from jsonb_to_recordset($1::jsonb)
       as e(document_id text, delivery_id text, what text, system_id text, details jsonb)`

/** Adds to the append-only history, in the order given. */
export async function appendDocumentEvents(sql: Sql, events: readonly NewDocumentEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(event => ({
    document_id: event.documentId,
    delivery_id: event.deliveryId ?? null,
    what: event.what,
    system_id: event.systemId ?? null,
    details: event.details ?? {},
  }))
  await sql.query({ name: 'document-event-append', text: appendSql, values: [JSON.stringify(rows)] })
}

const listSql = `
select event.id, event.at, event.what, event.delivery_id, delivery.receiver, event.system_id, event.details
  from document_event as event
  left join delivery on delivery.id = event.delivery_id
 where event.document_id = $1
   and ($2::text[] is null or delivery.receiver = any($2))
 order by event.id`

/**
 * History of one document in the order it was written.
 *
 * @param receivers only what concerns deliveries to these agencies; absent = everything (the sender's view)
 */
export async function listDocumentEvents(
  sql: Sql,
  documentId: string,
  receivers?: readonly string[],
): Promise<DocumentEvent[]> {
  const { rows } = await sql.query<DocumentEventRow>({
    name: 'document-event-list',
    text: listSql,
    values: [documentId, receivers ?? null],
  })
  return rows.map(row => ({
    id: row.id,
    at: row.at,
    what: row.what,
    deliveryId: row.delivery_id,
    receiver: row.receiver,
    systemId: row.system_id,
    details: row.details,
  }))
}

interface DocumentEventRow {
  id: string
  at: Date
  what: DocumentEventWhat
  delivery_id: string | null
  receiver: string | null
  system_id: string | null
  details: Record<string, unknown>
}
