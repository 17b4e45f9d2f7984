import type { Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { lockDeliveries } from './delivery.ts'
import { closeFailed, type RefuseRequest, refuseHeldDeliveries } from './delivery-handover.ts'
import { canMove, deliveryMoves } from './delivery-states.ts'

/**
 * Somebody in charge ends deliveries that nobody takes, or that are held: the sender gets a non-delivery receipt with the
 * reason. @returns ids of those that were still under way
 */
export async function cancelDeliveries(tx: Tx, request: RefuseRequest): Promise<string[]> {
  const locked = await lockDeliveries(tx, request.ids)
  const waiting = [...locked.values()].filter(delivery => canMove('give-up', delivery.state))
  if (waiting.length > 0) await closeFailed(tx, waiting, request)
  const refused = await refuseHeldDeliveries(tx, request)
  return [...waiting.map(delivery => delivery.id), ...refused]
}

const offerSql = `
update delivery
   set state = '${deliveryMoves.retry.to}', due_at = clock_timestamp()
 where id = any($1)`

/**
 * Offers deliveries again at once: the pause after a failed try, or the lease of a system that fetched and went silent,
 * is over. Counts as no attempt. @returns ids of those that were still under way
 */
export async function offerAgain(tx: Tx, ids: readonly string[], systemId: string): Promise<string[]> {
  const locked = await lockDeliveries(tx, ids)
  const offered = [...locked.values()].filter(delivery => canMove('retry', delivery.state))
  await tx.query({ name: 'delivery-offer-again', text: offerSql, values: [offered.map(({ id }) => id)] })
  const details = { again: true }
  await appendDocumentEvents(
    tx,
    offered.map(({ id, documentId }) => ({ documentId, deliveryId: id, what: 'available', systemId, details })),
  )
  return offered.map(({ id }) => id)
}
