import { hash } from 'node:crypto'
import type { DeadlineKind } from '@docaxis/calendar'
import type { ReceiptKind } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'
import { timeDigits } from '../documents/hub-id.ts'

/** Evidence owed from the moment of the fact on; the notary writes and signs it after. */
export interface NewReceipt {
  readonly kind: ReceiptKind
  /**
   * What is attested: document id (acceptance), refusal id (refusal), delivery id (delivery, non-delivery),
   * `faultySubject(…)` for a receiver to whom no delivery could be made, or `deadlineSubject(…)` (missed-deadline).
   */
  readonly subjectId: string
  /** System that gets it. */
  readonly systemId: string
  readonly agencyCode: string | null
  readonly documentId?: string
  readonly deliveryId?: string
  readonly refusalId?: string
  /** Non-delivery without a delivery: the code as written, and why. */
  readonly receiver?: string
  readonly reason?: string
  /** Which deadline of the delivery was missed. */
  readonly deadlineKind?: DeadlineKind
}

/**
 * Id of a receipt, fixed as soon as its subject is: 24 lower-case hex characters, the subject's time first, then SHA-256.
 * Receipts lie in the order of their subjects for it, as hub ids do.
 */
export function receiptId(kind: ReceiptKind, subjectId: string): string {
  const time = /^[0-9a-f]+/.exec(subjectId.slice(0, timeDigits))?.[0] ?? ''
  return time + hash('sha256', `${kind}:${subjectId}`).slice(0, 24 - time.length)
}

/** Subject of the non-delivery receipt for a receiver that cannot get anything. */
export function faultySubject(documentId: string, receiverWritten: string): string {
  return `${documentId}:${receiverWritten}`
}

/** Subject of the evidence that a deadline was missed. */
export function deadlineSubject(deliveryId: string, kind: DeadlineKind): string {
  return `${deliveryId}:${kind}`
}

const createSql = `
insert into receipt (id, kind, system_id, agency_code, document_id, delivery_id, refusal_id, receiver, reason,
                     deadline_kind)
select r.id, r.kind, r.system_id, r.agency_code, r.document_id, r.delivery_id, r.refusal_id, r.receiver, r.reason,
       r.deadline_kind
  from jsonb_to_recordset($1::jsonb)
       as r(id text, kind text, system_id text, agency_code text, document_id text, delivery_id text,
            refusal_id text, receiver text, reason text, deadline_kind text)
    on conflict (id) do nothing`

/** Owes receipts; one that is owed already is left as it is. Belongs into the transaction of the fact. */
export async function createReceipts(tx: Tx, receipts: readonly NewReceipt[]): Promise<void> {
  if (receipts.length === 0) return
  const rows = receipts.map(receipt => ({
    id: receiptId(receipt.kind, receipt.subjectId),
    kind: receipt.kind,
    system_id: receipt.systemId,
    agency_code: receipt.agencyCode,
    document_id: receipt.documentId,
    delivery_id: receipt.deliveryId,
    refusal_id: receipt.refusalId,
    receiver: receipt.receiver,
    reason: receipt.reason,
    deadline_kind: receipt.deadlineKind,
  }))
  await tx.query({ name: 'receipt-create', text: createSql, values: [JSON.stringify(rows)] })
}

/** Owes one receipt and returns its id. */
export async function createReceipt(tx: Tx, receipt: NewReceipt): Promise<string> {
  await createReceipts(tx, [receipt])
  return receiptId(receipt.kind, receipt.subjectId)
}

export interface StoredReceipt {
  readonly id: string
  readonly kind: ReceiptKind
  readonly systemId: string
  readonly agencyCode: string | null
  readonly documentId: string | null
  /** What the sender calls the document; null where a refused file named none. */
  readonly documentName: string | null
  readonly deliveryId: string | null
  readonly refusalId: string | null
  /** When the fact was written. */
  readonly createdAt: Date
  /** Null until signed: answer 202 + Retry-After. */
  readonly issuedAt: Date | null
  /** SHA-256 of the signed XML, 64 lower-case hex digits; null until signed. */
  readonly sha256: string | null
}

export interface StoredReceiptWithXml extends StoredReceipt {
  readonly xml: Buffer | null
}

/** Needs `receipt` in the from clause. One that is signed but not in the feed waits for its time stamp: nobody sees it. */
export const receiptColumns = `
  receipt.id, receipt.kind, receipt.system_id, receipt.agency_code, receipt.document_id, receipt.delivery_id,
  receipt.refusal_id, receipt.created_at,
  case when receipt.feed_position is not null then receipt.issued_at end as issued_at,
  case when receipt.feed_position is not null then encode(receipt.sha256, 'hex') end as sha256,
  coalesce((select document.document_id from document where document.id = receipt.document_id),
           (select refusal.document_id from refusal where refusal.id = receipt.refusal_id)) as document_name`

/**
 * Who reads a receipt: the system (`$2`) that it was issued to, and whoever has followed its agency (`$3`: the closed ones).
 * Needs `receipt` in the from clause.
 */
export const readBy = '(receipt.system_id = $2 or receipt.agency_code = any($3))'

const findSql = `
select ${receiptColumns}, case when receipt.feed_position is not null then receipt.xml end as xml
  from receipt
 where receipt.id = $1 and ${readBy}`

/**
 * One receipt of this system, or of an agency that it has inherited; to any other it does not exist.
 *
 * @param inherited closed agencies (`inheritedAgencies`)
 */
export async function findReceipt(
  sql: Sql,
  id: string,
  systemId: string,
  inherited: readonly string[] = [],
): Promise<StoredReceiptWithXml | undefined> {
  const { rows } = await sql.query<ReceiptRow & { xml: Buffer | null }>({
    name: 'receipt-find',
    text: findSql,
    values: [id, systemId, inherited],
  })
  const row = rows[0]
  return row && { ...receiptOf(row), xml: row.xml }
}

const ofDocumentSql = `
select ${receiptColumns}
  from receipt
 where receipt.document_id = $1 and ${readBy}
 order by receipt.created_at, receipt.id`

/** Receipts about one document that `findReceipt` finds, signed or still owed. */
export async function receiptsOfDocument(
  sql: Sql,
  documentId: string,
  systemId: string,
  inherited: readonly string[] = [],
): Promise<StoredReceipt[]> {
  const { rows } = await sql.query<ReceiptRow>({
    name: 'receipt-of-document',
    text: ofDocumentSql,
    values: [documentId, systemId, inherited],
  })
  return rows.map(receiptOf)
}

export interface ReceiptRow {
  id: string
  kind: ReceiptKind
  system_id: string
  agency_code: string | null
  document_id: string | null
  document_name: string | null
  delivery_id: string | null
  refusal_id: string | null
  created_at: Date
  issued_at: Date | null
  sha256: string | null
}

export function receiptOf(row: ReceiptRow): StoredReceipt {
  return {
    id: row.id,
    kind: row.kind,
    systemId: row.system_id,
    agencyCode: row.agency_code,
    documentId: row.document_id,
    documentName: row.document_name,
    deliveryId: row.delivery_id,
    refusalId: row.refusal_id,
    createdAt: row.created_at,
    issuedAt: row.issued_at,
    sha256: row.sha256,
  }
}
