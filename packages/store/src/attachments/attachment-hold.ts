import type { Sql, Tx } from '../database.ts'
import { refuseHeldDeliveries } from '../deliveries/delivery-handover.ts'
import { letGo } from '../deliveries/delivery-hold.ts'

/** Why a delivery waits: for a check of the packet's attachments. */
export const attachmentHoldReason = 'attachment-check'

/** What a packet's attachments mean for its deliveries; null: nothing waits for them. */
export type AttachmentHold = 'waiting' | 'passed' | 'refused' | null

/** How a hold ends. */
export type HoldEnd = { readonly hold: 'passed' } | { readonly hold: 'refused'; readonly reason: string }

/**
 * Locks a packet until the transaction ends. Whoever makes its deliveries takes the same lock, so that one of the two
 * always sees what the other did.
 */
export async function lockAttachmentHold(tx: Tx, documentId: string): Promise<AttachmentHold> {
  const text = 'select attachment_hold from document where id = $1 for no key update'
  const { rows } = await tx.query<{ attachment_hold: AttachmentHold }>({
    name: 'hold-lock',
    text,
    values: [documentId],
  })
  return rows[0]?.attachment_hold ?? null
}

const endSql = `
update document
   set attachment_hold = $2, attachment_refusal = $3
 where id = $1 and attachment_hold = 'waiting'`

/**
 * Ends the hold of a packet: its held deliveries go to their mailboxes, or fail with evidence to the sender. One that
 * is not routed yet is dealt with when it is.
 *
 * @param tx holds the lock of `lockAttachmentHold`
 */
export async function endAttachmentHold(tx: Tx, documentId: string, end: HoldEnd): Promise<void> {
  const values = [documentId, end.hold, end.hold === 'refused' ? end.reason : null]
  const { rowCount } = await tx.query({ name: 'hold-end', text: endSql, values })
  if (rowCount === 0) return
  await settleHeldDeliveries(tx, documentId, end)
}

/** Lets the held deliveries of a packet go, or fails them. */
export async function settleHeldDeliveries(tx: Tx, documentId: string, end: HoldEnd): Promise<void> {
  const ids = await heldDeliveries(tx, documentId)
  if (ids.length === 0) return
  if (end.hold === 'passed') await letGo(tx, ids, { reason: attachmentHoldReason })
  else await refuseHeldDeliveries(tx, { ids, systemId: 'hub', reason: end.reason })
}

const heldSql = `
select delivery.id
  from delivery
  join delivery_hold as hold on hold.delivery_id = delivery.id and hold.reason = '${attachmentHoldReason}'
 where delivery.document_id = $1 and delivery.state = 'held'
 order by delivery.id`

async function heldDeliveries(sql: Sql, documentId: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({ name: 'hold-deliveries', text: heldSql, values: [documentId] })
  return rows.map(row => row.id)
}
