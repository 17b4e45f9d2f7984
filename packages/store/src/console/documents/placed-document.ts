import type { Sql } from '../../database.ts'
import { type DocumentHeader, findDocument } from '../../documents/document-view.ts'
import { codesInScope, type Scope } from '../scope.ts'

export interface PlacedDocument {
  readonly header: DocumentHeader
  /** Receivers whose deliveries are shown; undefined: all of them, as to the sender and to the staff of the hub. */
  readonly receivers: readonly string[] | undefined
}

/** A document that one of a scope sent or received; undefined for an unknown id and for one outside alike. */
export async function findPlacedDocument(sql: Sql, id: string, scope: Scope): Promise<PlacedDocument | undefined> {
  const codes = await codesInScope(sql, scope)
  const header = await findDocument(sql, id, codes ?? (await senderOf(sql, id)))
  if (header?.kind !== 'document') return undefined
  return { header, receivers: header.role === 'sender' ? undefined : codes }
}

async function senderOf(sql: Sql, id: string): Promise<string[]> {
  const { rows } = await sql.query<{ sender: string }>('select sender from document where id = $1', [id])
  return rows.map(row => row.sender)
}

export interface PlacedReceipt {
  readonly id: string
  readonly kind: string
  readonly deliveryId: string | null
  readonly receiver: string | null
  /** Null while it is still to be signed. */
  readonly issuedAt: Date | null
}

const receiptsSql = `
select receipt.id, receipt.kind, receipt.delivery_id as "deliveryId",
       coalesce(delivery.receiver, receipt.receiver) as receiver,
       case when receipt.feed_position is not null then receipt.issued_at end as "issuedAt"
  from receipt
  left join delivery on delivery.id = receipt.delivery_id
 where receipt.document_id = $1 and ($2::text[] is null or delivery.receiver = any($2))
 order by receipt.created_at, receipt.id`

/** Receipts about one document: all of them, or those about deliveries to these receivers. */
export async function placedReceipts(
  sql: Sql,
  documentId: string,
  receivers: readonly string[] | undefined,
): Promise<PlacedReceipt[]> {
  const { rows } = await sql.query<PlacedReceipt>(receiptsSql, [documentId, receivers ?? null])
  return rows
}

/** The signed bytes of a receipt; undefined until it is signed. */
export async function receiptXml(sql: Sql, id: string): Promise<Buffer | undefined> {
  const { rows } = await sql.query<{ xml: Buffer }>(
    'select xml from receipt where id = $1 and feed_position is not null',
    [id],
  )
  return rows[0]?.xml
}

/** The rules that a packet was read by. */
export async function profileOf(sql: Sql, id: string): Promise<'legacy' | 'strict'> {
  const { rows } = await sql.query<{ profile: 'legacy' | 'strict' }>('select profile from document where id = $1', [id])
  return rows[0]?.profile ?? 'legacy'
}
