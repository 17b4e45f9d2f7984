import { type Publication, publication } from '@docaxis/events'
import {
  type AcceptedPacket,
  appendDocumentEvents,
  appendOutbox,
  attachmentHoldReason,
  createReceipts,
  type EffectTarget,
  faultySubject,
  findPackets,
  holdDeliveriesOf,
  insertDeliveries,
  type KnownEffects,
  lockEffects,
  newHubId,
  type RoutingHold,
  receiversToRoute,
  recordAudit,
  routedEvent,
  settleHeldDeliveries,
  settleOutcomes,
  type Tx,
  takeUnrouted,
} from '@docaxis/store'
import { type DeliveryPlan, planDeliveries } from './plan-deliveries.ts'

export interface RoutedDocument {
  readonly document: AcceptedPacket
  readonly deliveries: readonly PlannedDelivery[]
  /** Receivers that cannot get it, as written, with the path code that says why. */
  readonly faulty: DeliveryPlan['faulty']
  /** Later packets that act on this one and were known when it was routed. */
  readonly actedOnBy: readonly { readonly packetId: string; readonly action: string }[]
}

export interface PlannedDelivery {
  readonly id: string
  readonly receiver: string
  readonly written: string
  readonly level: DeliveryPlan['receivers'][number]['level']
}

/**
 * Makes one delivery per receiver of each packet, on the topic of the receiver's level, and evidence for each receiver
 * that cannot get it. Packets routed before, or unknown, are passed over: running twice changes nothing.
 *
 * @returns what was routed now
 */
export async function routeDocuments(tx: Tx, documentIds: readonly string[]): Promise<readonly RoutedDocument[]> {
  const candidates = await findPackets(tx, documentIds)
  if (candidates.length === 0) return []
  const effects = await lockEffects(tx, candidates)
  const locked = await takeUnrouted(
    tx,
    candidates.map(({ id }) => id),
  )
  const documents = candidates.filter(({ id }) => locked.has(id))
  if (documents.length === 0) return []

  const receivers = await receiversToRoute(
    tx,
    documents.map(({ id }) => id),
  )
  const planned = planDeliveries(documents, receivers).map(plan => withIds(plan, effects))
  const routed = await store(tx, planned)
  await settleOutcomes(
    tx,
    routed.filter(({ actedOnBy }) => actedOnBy.length > 0).map(({ document }) => document.id),
  )
  for (const { document } of routed) await holdBack(tx, document.id, locked.get(document.id))
  return routed
}

function withIds({ document, receivers, faulty }: DeliveryPlan, effects: KnownEffects): RoutedDocument {
  const target: EffectTarget = document
  const acting = receivers.flatMap(({ receiver }) => effects.of(target, receiver))
  return {
    document,
    deliveries: receivers.map(({ receiver, written, level }) => ({ id: newHubId(), receiver, written, level })),
    faulty,
    actedOnBy: [...new Map(acting.map(({ packetId, action }) => [packetId, { packetId, action }])).values()],
  }
}

/** @returns the packets with those deliveries that were made now: what was withdrawn before has one already */
async function store(tx: Tx, planned: readonly RoutedDocument[]): Promise<readonly RoutedDocument[]> {
  const routedAt = await insertDeliveries(
    tx,
    planned.flatMap(({ document, deliveries }) =>
      deliveries.map(({ id, receiver, written, level }) => ({
        id,
        documentId: document.id,
        kind: document.kind,
        receiver,
        receiverWritten: written,
        level,
        priority: document.priority,
      })),
    ),
  )
  const routed = planned.map(one => ({ ...one, deliveries: one.deliveries.filter(({ id }) => routedAt.has(id)) }))
  await owedToSenders(tx, routed)
  await appendDocumentEvents(tx, routed.flatMap(historyOf))
  await recordAudit(tx, routed.map(auditOf))
  await appendOutbox(
    tx,
    routed.flatMap(one => eventsOf(one, routedAt)),
  )
  return routed
}

/**
 * Deliveries of a packet whose attachments are still being checked wait; those of one that was refused meanwhile fail.
 * Whoever ends the check locks the packet as this does, so that none is forgotten.
 */
async function holdBack(tx: Tx, documentId: string, held: RoutingHold | undefined): Promise<void> {
  if (held?.hold !== 'waiting' && held?.hold !== 'refused') return
  await holdDeliveriesOf(tx, [documentId], { reason: attachmentHoldReason })
  if (held.refusal !== null) await settleHeldDeliveries(tx, documentId, { hold: 'refused', reason: held.refusal })
}

/** Receipts and statuses never beget receipts. */
async function owedToSenders(tx: Tx, routed: readonly RoutedDocument[]): Promise<void> {
  const documents = routed.filter(({ document }) => document.kind === 'document')
  await createReceipts(
    tx,
    documents.flatMap(({ document, faulty }) =>
      faulty.map(({ written, fault }) => ({
        kind: 'non-delivery' as const,
        subjectId: faultySubject(document.id, written),
        systemId: document.systemId,
        agencyCode: document.sender,
        documentId: document.id,
        receiver: written,
        reason: fault,
      })),
    ),
  )
}

function historyOf({ document, deliveries, faulty, actedOnBy }: RoutedDocument) {
  const details = actedOnBy.length === 0 ? {} : { actedOnBy }
  return [
    ...deliveries.map(({ id, receiver, level }) => ({
      documentId: document.id,
      deliveryId: id,
      what: 'routed' as const,
      details: { receiver, level, ...details },
    })),
    ...faulty.map(({ written, fault }) => ({
      documentId: document.id,
      what: 'failed' as const,
      details: { receiver: written, reason: fault, willRetry: false },
    })),
  ]
}

function auditOf({ document, deliveries, faulty }: RoutedDocument) {
  return {
    actor: 'service:router',
    action: 'document.route',
    object: document.id,
    outcome: 'routed',
    details: { deliveries: deliveries.map(({ id }) => id), undeliverable: faulty.length },
  }
}

function eventsOf({ document, deliveries, faulty }: RoutedDocument, routedAt: ReadonlyMap<string, Date>) {
  const { id: documentId, priority, sha256, traceparent } = document
  const events: Publication[] = []
  for (const { id, receiver, level } of deliveries) {
    const at = routedAt.get(id)
    if (at) events.push(routedEvent({ id, documentId, receiver, level, priority, sha256, routedAt: at, traceparent }))
  }
  for (const { written, fault } of faulty) events.push(undeliverableEvent(document, written, fault))
  return events
}

function undeliverableEvent(document: AcceptedPacket, written: string, fault: string): Publication {
  const { id: documentId, acceptedAt, traceparent } = document
  return publication({
    topic: 'docaxis.delivery.failed',
    key: written,
    id: `${faultySubject(documentId, written)}:failed`,
    subject: documentId,
    time: acceptedAt,
    ...(traceparent && { traceparent }),
    data: {
      deliveryId: null,
      document: documentId,
      receiver: written,
      reason: fault,
      failedAt: acceptedAt.toISOString(),
    },
  })
}
