import type { Sql } from '../database.ts'
import { type StoredStamp, storedStampOf } from './receipt-stamp.ts'

/** What the hub knows beside the words of a receipt; for whoever was given the receipt. */
export interface ReceiptBackground {
  /** As its sender wrote it; null for a refusal, where nothing was stored. */
  readonly document: {
    readonly number: string | null
    readonly notation: string | null
    readonly typeName: string | null
    readonly issuedOn: string | null
    readonly subject: string | null
    /** The sphere of circulation, as the envelope has it. */
    readonly sphere: string | null
  } | null
  /** Of the agencies that the receipt speaks of, as far as they are known. */
  readonly names: ReadonlyMap<string, string>
  /** Undefined for a receipt that gets none. */
  readonly stamp: StoredStamp | undefined
}

const namesSql = `
with spoken as (
  select document_id, delivery_id, refusal_id, agency_code, receiver from receipt where id = $1
)
select code, name
  from agency
 where code in (select agency_code from spoken
                union all select receiver from spoken
                union all select document.sender from document join spoken on spoken.document_id = document.id
                union all select refusal.sender from refusal join spoken on spoken.refusal_id = refusal.id
                union all select delivery.receiver from delivery join spoken on spoken.delivery_id = delivery.id
                union all select party.resolved
                            from document_receiver as party join spoken on spoken.document_id = party.document_id)`

const backgroundSql = `
select document.id as "documentId", document.code_number as "number", document.code_notation as "notation",
       document.type_name as "typeName", document.issued_on::text as "issuedOn", document.subject,
       document.envelope ->> 'scope' as sphere,
       receipt_leaf.sha256, receipt_leaf.leaf_index as index, receipt_leaf.proof, receipt_stamp.root,
       receipt_stamp.size, receipt_stamp.token, receipt_stamp.tsa, receipt_stamp.gen_time as "genTime"
  from receipt
  left join document on document.id = receipt.document_id
  left join receipt_leaf on receipt_leaf.receipt_id = receipt.id
  left join receipt_stamp on receipt_stamp.id = receipt_leaf.stamp_id
 where receipt.id = $1`

/** Asks nobody's right: only for a receipt that the caller has been given already. */
export async function receiptBackground(sql: Sql, receiptId: string): Promise<ReceiptBackground> {
  const { rows } = await sql.query<BackgroundRow>(backgroundSql, [receiptId])
  const known = await sql.query<{ code: string; name: string }>(namesSql, [receiptId])
  const [row] = rows
  if (!row) throw new Error(`there is no receipt ${receiptId}`)
  const { documentId, number, notation, typeName, issuedOn, subject, sphere, ...stamp } = row
  return {
    document: documentId === null ? null : { number, notation, typeName, issuedOn, subject, sphere },
    names: new Map(known.rows.map(({ code, name }) => [code, name])),
    stamp: stamp.sha256 ? storedStampOf({ ...stamp, sha256: stamp.sha256 }) : undefined,
  }
}

type BackgroundRow = NonNullable<ReceiptBackground['document']> &
  Omit<Parameters<typeof storedStampOf>[0], 'sha256'> & {
    readonly documentId: string | null
    readonly sha256: Buffer | null
  }

/**
 * The signed bytes of a receipt, for whoever names its hash: that is known only from the receipt itself or from the paper.
 *
 * @param sha256 of the signed bytes, 64 lower-case hex digits
 */
export async function receiptByHash(sql: Sql, id: string, sha256: string): Promise<Buffer | undefined> {
  const text = `select xml from receipt where id = $1 and sha256 = decode($2, 'hex') and feed_position is not null`
  const { rows } = await sql.query<{ xml: Buffer }>(text, [id, sha256])
  return rows[0]?.xml
}
