import type { Sql, Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { recordAudit } from '../evidence/audit.ts'
import { type LockedDelivery, lockDeliveries } from './delivery.ts'
import { canMove, type DeliveryState, deliveryMoves } from './delivery-states.ts'

export interface FetchRequest {
  readonly deliveryId: string
  /** Directory codes that the caller acts for. */
  readonly agencies: readonly string[]
  readonly systemId: string
  /** How long the mailbox hides it from now on; 30 minutes unless the receiver needs more (edXML 9). */
  readonly leaseMs: number
}

export interface FetchAllRequest extends Omit<FetchRequest, 'deliveryId'> {
  readonly deliveryIds: readonly string[]
  /**
   * Leave a delivery as it is whose pause after a failed try still runs. For clients whose lists show it all the same:
   * what they try in the pause counts for nothing, so that a polling client does not use up its attempts.
   */
  readonly sparePauses?: boolean
}

export type FetchResult =
  /** Handed over; `redelivered`: for another time, after the lease ran out or a try failed. */
  | { readonly result: 'fetched'; readonly redelivered: boolean }
  /** The receiver acknowledged it before; it may read its bytes again. */
  | { readonly result: 'acknowledged' }
  /** Withdrawn, expired or failed for good. */
  | { readonly result: 'conflict'; readonly state: DeliveryState }
  | { readonly result: 'not-found' }

const fetchSql = `
update delivery
   set state = '${deliveryMoves.fetch.to}', fetches = fetches + case when id = any($2) then 1 else 0 end,
       fetched_at = clock_timestamp(), first_fetched_at = coalesce(first_fetched_at, clock_timestamp()),
       due_at = clock_timestamp() + $3 * interval '1 millisecond'
 where id = any($1)
returning id, fetches`

/**
 * Marks a delivery fetched; commit before the first byte leaves. Further parts of a ranged download renew the lease
 * and count as the same fetch.
 */
export async function markFetched(tx: Tx, request: FetchRequest): Promise<FetchResult> {
  const { deliveryId, ...by } = request
  const results = await markAllFetched(tx, { ...by, deliveryIds: [deliveryId] })
  return results.get(deliveryId) ?? { result: 'not-found' }
}

/** Marks the deliveries of one download fetched: a system takes a packet once for all its agencies. */
export async function markAllFetched(tx: Tx, request: FetchAllRequest): Promise<ReadonlyMap<string, FetchResult>> {
  const { deliveryIds, agencies, sparePauses = false } = request
  const locked = await lockDeliveries(tx, deliveryIds, agencies)
  const open = [...locked.values()].filter(({ state }) => canMove('fetch', state))
  const moving = open.filter(delivery => !(sparePauses && isPausing(delivery)))
  const fetches = moving.length > 0 ? await move(tx, moving, request) : new Map<string, number>()
  return new Map([...locked.values()].map(delivery => [delivery.id, resultOf(delivery, fetches.get(delivery.id))]))
}

function isPausing({ state, due, attempts }: LockedDelivery): boolean {
  return state === 'available' && !due && attempts > 0
}

function resultOf({ state }: LockedDelivery, fetches: number | undefined): FetchResult {
  if (canMove('fetch', state)) return { result: 'fetched', redelivered: fetches === undefined || fetches > 1 }
  return state === 'acknowledged' ? { result: state } : { result: 'conflict', state }
}

async function move(
  tx: Tx,
  deliveries: readonly LockedDelivery[],
  { systemId, leaseMs }: FetchAllRequest,
): Promise<ReadonlyMap<string, number>> {
  const counting = deliveries.filter(({ state, due }) => state !== 'fetched' || due)
  const { rows } = await tx.query<{ id: string; fetches: number }>({
    name: 'delivery-fetch',
    text: fetchSql,
    values: [deliveries.map(({ id }) => id), counting.map(({ id }) => id), leaseMs],
  })
  const fetches = new Map(rows.map(row => [row.id, row.fetches]))
  await tellFetches(tx, counting, systemId, fetches)
  return fetches
}

async function tellFetches(
  tx: Tx,
  deliveries: readonly LockedDelivery[],
  systemId: string,
  fetches: ReadonlyMap<string, number>,
): Promise<void> {
  const wordOf = (id: string) => ((fetches.get(id) ?? 0) > 1 ? 'redelivered' : 'fetched')
  await appendDocumentEvents(
    tx,
    deliveries.map(({ id, documentId }) => ({ documentId, deliveryId: id, what: wordOf(id), systemId })),
  )
  await recordAudit(
    tx,
    deliveries.map(({ id, documentId }) => ({
      actor: `system:${systemId}`,
      action: 'delivery.fetch',
      object: id,
      outcome: wordOf(id),
      details: { documentId },
    })),
  )
}

const endLeaseSql = `
update delivery
   set due_at = clock_timestamp()
 where id = any($1) and state = '${deliveryMoves.fetch.to}'`

/** The mailbox shows again at once what was fetched and not acknowledged. */
export async function endLeases(sql: Sql, deliveryIds: readonly string[]): Promise<void> {
  await sql.query(endLeaseSql, [deliveryIds])
}
