import { type Publication, publication } from '@docaxis/events'
import type { Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { recordAudit } from '../evidence/audit.ts'
import { createReceipts } from '../evidence/receipt.ts'
import { appendOutbox } from '../log/outbox.ts'
import { type LockedDelivery, lockDeliveries } from './delivery.ts'
import { canMove, type DeliveryState, deliveryMoves } from './delivery-states.ts'

/** Longest pause between two tries. */
export const maxBackOffMs = 3_600_000

export type HandoverResult =
  | 'acknowledged'
  /** It was in this state before: the first answer stands, nothing was written. */
  | 'already'
  | 'failed-will-retry'
  | 'failed'
  | 'not-found'
  /** Closed otherwise. */
  | 'conflict'

export interface HandoverOutcome {
  readonly id: string
  readonly result: HandoverResult
  /** The hub's id of the packet; absent when the delivery was not found. */
  readonly documentId?: string
  /** How it was closed, on a conflict. */
  readonly state?: DeliveryState
}

export interface AcknowledgeRequest {
  readonly ids: readonly string[]
  /** Directory codes that the caller acts for. */
  readonly agencies: readonly string[]
  /** The receiver's system. */
  readonly systemId: string
}

const acknowledgeSql = `
update delivery
   set state = '${deliveryMoves.acknowledge.to}', closed_at = clock_timestamp(), closed_by = $2, due_at = null
 where id = any($1)
returning id, closed_at`

/**
 * The receiver has the packet and keeps it. Safe to repeat. Answers in the order of `ids`.
 *
 * Writes state, history, audit, the delivery receipt owed to the sender (documents only) and the event in the caller's
 * transaction.
 */
export async function acknowledgeDeliveries(tx: Tx, request: AcknowledgeRequest): Promise<HandoverOutcome[]> {
  const locked = await lockDeliveries(tx, request.ids, request.agencies)
  const moving = [...locked.values()].filter(delivery => canMove('acknowledge', delivery.state))
  if (moving.length > 0) await closeAcknowledged(tx, moving, request.systemId)

  const moved = new Set(moving.map(delivery => delivery.id))
  return request.ids.map(id => {
    const delivery = locked.get(id)
    if (!delivery) return { id, result: 'not-found' }
    const { documentId, state } = delivery
    if (moved.has(id)) return { id, documentId, result: 'acknowledged' }
    return state === 'acknowledged'
      ? { id, documentId, result: 'already' }
      : { id, documentId, result: 'conflict', state }
  })
}

/** Closes locked deliveries as acknowledged, with all that follows from it. */
export async function closeAcknowledged(
  tx: Tx,
  deliveries: readonly LockedDelivery[],
  systemId: string,
): Promise<void> {
  const ids = deliveries.map(delivery => delivery.id)
  const closed = await closeRows(tx, 'delivery-acknowledge', acknowledgeSql, [ids, systemId])
  await createReceipts(
    tx,
    deliveries.filter(isDocument).map(delivery => receiptOn('delivery', delivery)),
  )
  await appendDocumentEvents(
    tx,
    deliveries.map(({ id, documentId }) => ({ documentId, deliveryId: id, what: 'acknowledged', systemId })),
  )
  await recordAudit(
    tx,
    deliveries.map(({ id, documentId, receiver }) => ({
      actor: `system:${systemId}`,
      action: 'delivery.acknowledge',
      object: id,
      outcome: 'acknowledged',
      details: { documentId, receiver },
    })),
  )
  await appendOutbox(
    tx,
    deliveries.map(delivery => acknowledgedEvent(delivery, systemId, closedAt(closed, delivery))),
  )
}

export interface FailRequest extends AcknowledgeRequest {
  /** Why the receiver could not take it: its own words, shown to the sender. */
  readonly reason: string
  readonly maxAttempts: number
  /** Pause after the first failed try; doubles with each, up to `maxBackOffMs`, and is shortened by up to half at random. */
  readonly backOffMs: number
}

const retrySql = `
update delivery
   set state = '${deliveryMoves.retry.to}', attempts = attempts + 1, fail_reason = $2,
       due_at = clock_timestamp()
              + least($3 * power(2, least(attempts, 30)), $4) * (0.5 + random() / 2) * interval '1 millisecond'
 where id = any($1)`

const giveUpSql = `
update delivery
   set state = '${deliveryMoves['give-up'].to}', attempts = attempts + 1, fail_reason = $2,
       closed_at = clock_timestamp(), closed_by = $3, due_at = null
 where id = any($1)
returning id, closed_at`

/**
 * The receiver tried and could not take the packet. It is offered again after back-off; after the last attempt it is
 * dead and the sender gets a non-delivery receipt. A repeat of the same report while the pause runs counts nothing.
 * Answers in the order of `ids`.
 */
export async function failDeliveries(tx: Tx, request: FailRequest): Promise<HandoverOutcome[]> {
  const locked = await lockDeliveries(tx, request.ids, request.agencies)
  const counting = [...locked.values()].filter(countsAsAttempt)
  const dead = counting.filter(({ attempts }) => attempts + 1 >= request.maxAttempts)
  const retried = counting.filter(({ attempts }) => attempts + 1 < request.maxAttempts)
  if (retried.length > 0) await putBack(tx, retried, request)
  if (dead.length > 0) await closeFailed(tx, dead, request)

  const given = new Set(dead.map(delivery => delivery.id))
  return request.ids.map(id => {
    const delivery = locked.get(id)
    if (!delivery) return { id, result: 'not-found' }
    const { documentId, state } = delivery
    if (given.has(id)) return { id, documentId, result: 'failed' }
    if (canMove('retry', state)) return { id, documentId, result: 'failed-will-retry' }
    return state === 'failed' ? { id, documentId, result: 'already' } : { id, documentId, result: 'conflict', state }
  })
}

/** `available` and not due is the pause after a try that was counted already. */
function countsAsAttempt(delivery: LockedDelivery): boolean {
  return canMove('retry', delivery.state) && (delivery.state === 'fetched' || delivery.due)
}

async function putBack(tx: Tx, deliveries: readonly LockedDelivery[], request: FailRequest): Promise<void> {
  const { reason, backOffMs } = request
  const ids = deliveries.map(delivery => delivery.id)
  await tx.query({ name: 'delivery-retry', text: retrySql, values: [ids, reason, backOffMs, maxBackOffMs] })
  await tellFailure(tx, deliveries, request, true)
}

const refuseSql = `
update delivery
   set state = '${deliveryMoves.refuse.to}', fail_reason = $2, closed_at = clock_timestamp(), closed_by = $3, due_at = null
 where id = any($1)
returning id, closed_at`

export type RefuseRequest = Pick<FailRequest, 'ids' | 'systemId' | 'reason'>

/**
 * An operator decides that held deliveries go nowhere: the sender gets a non-delivery receipt. @returns ids of those that
 * were held
 */
export async function refuseHeldDeliveries(tx: Tx, request: RefuseRequest): Promise<string[]> {
  const locked = await lockDeliveries(tx, request.ids)
  const held = [...locked.values()].filter(delivery => canMove('refuse', delivery.state))
  if (held.length > 0) await closeHeldAsFailed(tx, held, request)
  const ids = held.map(delivery => delivery.id)
  await tx.query('delete from delivery_hold where delivery_id = any($1)', [ids])
  return ids
}

/** Closes locked deliveries that were held as failed, with all that follows from it. */
export async function closeHeldAsFailed(
  tx: Tx,
  deliveries: readonly LockedDelivery[],
  request: Pick<RefuseRequest, 'systemId' | 'reason'>,
): Promise<void> {
  await closeFailed(tx, deliveries, request, { name: 'delivery-refuse', text: refuseSql })
}

/** Closes locked deliveries that nobody takes any more, with all that follows from it. */
export async function closeFailed(
  tx: Tx,
  deliveries: readonly LockedDelivery[],
  request: Pick<RefuseRequest, 'systemId' | 'reason'>,
  close = { name: 'delivery-give-up', text: giveUpSql },
): Promise<void> {
  const { systemId, reason } = request
  const ids = deliveries.map(delivery => delivery.id)
  const closed = await closeRows(tx, close.name, close.text, [ids, reason, systemId])
  await createReceipts(
    tx,
    deliveries.filter(isDocument).map(delivery => ({
      ...receiptOn('non-delivery', delivery),
      receiver: delivery.receiverWritten,
      reason,
    })),
  )
  await tellFailure(tx, deliveries, request, false)
  await appendOutbox(
    tx,
    deliveries.map(delivery => failedEvent(delivery, reason, closedAt(closed, delivery))),
  )
}

async function tellFailure(
  tx: Tx,
  deliveries: readonly LockedDelivery[],
  { systemId, reason }: Pick<RefuseRequest, 'systemId' | 'reason'>,
  willRetry: boolean,
): Promise<void> {
  await appendDocumentEvents(
    tx,
    deliveries.map(({ id, documentId, attempts }) => ({
      documentId,
      deliveryId: id,
      what: 'failed',
      systemId,
      details: { reason, attempt: attempts + 1, willRetry },
    })),
  )
  await recordAudit(
    tx,
    deliveries.map(({ id, documentId, receiver, attempts }) => ({
      actor: `system:${systemId}`,
      action: 'delivery.fail',
      object: id,
      outcome: willRetry ? 'will-retry' : 'failed',
      details: { documentId, receiver, attempt: attempts + 1 },
    })),
  )
}

async function closeRows(tx: Tx, name: string, text: string, values: unknown[]): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await tx.query<{ id: string; closed_at: Date }>({ name, text, values })
  return new Map(rows.map(row => [row.id, row.closed_at]))
}

function closedAt(closed: ReadonlyMap<string, Date>, { id }: LockedDelivery): Date {
  const at = closed.get(id)
  if (!at) throw new Error(`delivery ${id} was locked and yet not closed`)
  return at
}

/** What receipts and events on the end of a delivery tell. */
export type ClosedFacts = Pick<
  LockedDelivery,
  'id' | 'documentId' | 'receiver' | 'senderSystemId' | 'sender' | 'traceparent'
>

/** Receipts and statuses never beget receipts. */
export function isDocument(delivery: Pick<LockedDelivery, 'kind'>): boolean {
  return delivery.kind === 'document'
}

export function receiptOn(kind: 'delivery' | 'non-delivery', delivery: ClosedFacts) {
  return {
    kind,
    subjectId: delivery.id,
    systemId: delivery.senderSystemId,
    agencyCode: delivery.sender,
    documentId: delivery.documentId,
    deliveryId: delivery.id,
  }
}

function acknowledgedEvent(
  { id, documentId, receiver, traceparent }: LockedDelivery,
  systemId: string,
  at: Date,
): Publication<'docaxis.delivery.acknowledged'> {
  return publication({
    topic: 'docaxis.delivery.acknowledged',
    key: receiver,
    id: `${id}:acknowledged`,
    subject: id,
    time: at,
    ...(traceparent && { traceparent }),
    data: { deliveryId: id, document: documentId, receiver, systemId, acknowledgedAt: at.toISOString() },
  })
}

export function failedEvent(
  { id, documentId, receiver, traceparent }: ClosedFacts,
  reason: string,
  at: Date,
): Publication<'docaxis.delivery.failed'> {
  return publication({
    topic: 'docaxis.delivery.failed',
    key: receiver,
    id: `${id}:failed`,
    subject: id,
    time: at,
    ...(traceparent && { traceparent }),
    data: { deliveryId: id, document: documentId, receiver, reason, failedAt: at.toISOString() },
  })
}
