import type { Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { createReceipts } from '../evidence/receipt.ts'
import { type LockedDelivery, lockDeliveries } from './delivery.ts'
import { closeAcknowledged, closeHeldAsFailed, isDocument, receiptOn } from './delivery-handover.ts'
import { closedStates, type DeliveryState, deliveryMoves } from './delivery-states.ts'

interface EndedRow {
  readonly id: string
  readonly document_id: string
  readonly target: string
  readonly state: DeliveryState
  readonly closed_by: string | null
  readonly fail_reason: string | null
}

const endedSql = `
select joined.id, joined.document_id, target.id as target, target.state, target.closed_by, target.fail_reason
  from delivery as joined
  join delivery as target on target.id = joined.joined_to
 where joined.joined_to is not null and joined.state = '${deliveryMoves.join.to}' and target.state = any($1)
 order by joined.id
 limit $2
   for no key update of joined skip locked`

/**
 * Ends deliveries that were joined to another one as that one ended: the sender has evidence for every receiver it wrote.
 *
 * @returns how many were ended now
 */
export async function settleJoined(tx: Tx, limit: number): Promise<number> {
  const { rows } = await tx.query<EndedRow>(endedSql, [closedStates, limit])
  const locked = await lockDeliveries(
    tx,
    rows.map(({ id }) => id),
  )
  const alike = Map.groupBy(rows, ({ state, closed_by, fail_reason }) =>
    JSON.stringify([state, closed_by, fail_reason]),
  )
  for (const group of alike.values()) {
    const [first] = group
    const deliveries = group.flatMap(({ id }) => locked.get(id) ?? [])
    const systemId = first?.closed_by ?? hub
    if (first?.state === 'acknowledged') await closeAcknowledged(tx, deliveries, systemId)
    else if (first?.state === 'failed') {
      await closeHeldAsFailed(tx, deliveries, { systemId, reason: first.fail_reason ?? '' })
    } else if (first !== undefined) await endLike(tx, group, deliveries)
  }
  return rows.length
}

/** Stands where no system ended the other delivery: the hub did. */
const hub = 'hub'

const endSql = `
update delivery
   set state = ended.state, fail_reason = ended.reason, closed_at = clock_timestamp(), due_at = null
  from unnest($1::text[], $2::text[], $3::text[]) as ended (id, state, reason)
 where delivery.id = ended.id`

/** Taken back by the sender before anybody had it, which is evidence for every receiver it wrote; or over its deadline. */
async function endLike(tx: Tx, rows: readonly EndedRow[], deliveries: readonly LockedDelivery[]): Promise<void> {
  await tx.query(endSql, [rows.map(row => row.id), rows.map(row => row.state), rows.map(row => row.fail_reason)])
  const reason = rows[0]?.fail_reason
  if (reason) {
    const owed = deliveries
      .filter(isDocument)
      .map(delivery => ({ ...receiptOn('non-delivery', delivery), receiver: delivery.receiverWritten, reason }))
    await createReceipts(tx, owed)
  }
  await appendDocumentEvents(
    tx,
    rows.map(row => ({
      documentId: row.document_id,
      deliveryId: row.id,
      what: row.state === 'expired' ? 'expired' : 'withdrawn',
      details: { joinedTo: row.target },
    })),
  )
}
