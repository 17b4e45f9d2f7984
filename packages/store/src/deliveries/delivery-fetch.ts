import type { Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { recordAudit } from '../evidence/audit.ts'
import { lockDeliveries } from './delivery.ts'
import { canMove, deliveryMoves } from './delivery-states.ts'

export interface FetchRequest {
  readonly deliveryId: string
  /** Directory codes that the caller acts for. */
  readonly agencies: readonly string[]
  readonly systemId: string
  /** How long the mailbox hides it from now on; 30 minutes unless the receiver needs more (edXML 9). */
  readonly leaseMs: number
}

export type FetchResult =
  /** Handed over; `redelivered`: for another time, after the lease ran out or a try failed. */
  | { readonly result: 'fetched'; readonly redelivered: boolean }
  /** The receiver acknowledged it before; it may read its bytes again. */
  | { readonly result: 'acknowledged' }
  /** Withdrawn, expired or failed for good. */
  | { readonly result: 'conflict' }
  | { readonly result: 'not-found' }

const fetchSql = `
update delivery
   set state = '${deliveryMoves.fetch.to}', fetches = fetches + $2, fetched_at = clock_timestamp(),
       first_fetched_at = coalesce(first_fetched_at, clock_timestamp()),
       due_at = clock_timestamp() + $3 * interval '1 millisecond'
 where id = $1
returning fetches`

/**
 * Marks a delivery fetched; commit before the first byte leaves. Further parts of a ranged download renew the lease
 * and count as the same fetch.
 */
export async function markFetched(tx: Tx, request: FetchRequest): Promise<FetchResult> {
  const { deliveryId, agencies, leaseMs } = request
  const delivery = (await lockDeliveries(tx, [deliveryId], agencies)).get(deliveryId)
  if (!delivery) return { result: 'not-found' }
  if (delivery.state === 'acknowledged') return { result: 'acknowledged' }
  if (!canMove('fetch', delivery.state)) return { result: 'conflict' }

  const sameFetch = delivery.state === 'fetched' && !delivery.due
  const { rows } = await tx.query<{ fetches: number }>({
    name: 'delivery-fetch',
    text: fetchSql,
    values: [deliveryId, sameFetch ? 0 : 1, leaseMs],
  })
  const redelivered = (rows[0]?.fetches ?? 0) > 1
  if (!sameFetch) await tellFetch(tx, delivery.documentId, request, redelivered)
  return { result: 'fetched', redelivered }
}

async function tellFetch(
  tx: Tx,
  documentId: string,
  { deliveryId, systemId }: FetchRequest,
  redelivered: boolean,
): Promise<void> {
  await appendDocumentEvents(tx, [{ documentId, deliveryId, what: redelivered ? 'redelivered' : 'fetched', systemId }])
  await recordAudit(tx, {
    actor: `system:${systemId}`,
    action: 'delivery.fetch',
    object: deliveryId,
    outcome: redelivered ? 'redelivered' : 'fetched',
    details: { documentId },
  })
}
