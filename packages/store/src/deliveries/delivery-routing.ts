import { deliveryTopic, type Level, type Publication, publication } from '@docaxis/events'
import type { AttachmentHold } from '../attachments/attachment-hold.ts'
import type { Sql, Tx } from '../database.ts'

/** An accepted packet that has no deliveries yet. */
export interface UnroutedDocument {
  /** The hub's id. */
  readonly id: string
  readonly kind: 'document' | 'status'
  readonly systemId: string
  readonly sender: string
  /** edXML DocumentId. */
  readonly documentId: string
  readonly sha256: string
  readonly priority: number
  readonly acceptedAt: Date
  readonly traceparent: string | null
}

// What is not routed is chosen here, not in SQL: the planner would take the index of unrouted packets, which a burst
// fills with thousands of dead entries, instead of the primary key.
const byId = `
select id, kind, system_id, sender, document_id, encode(sha256, 'hex') as sha256, priority, accepted_at, traceparent,
       routed_at, attachment_hold, attachment_refusal
  from document
 where id = any($1)
 order by id`

/** Those of these packets that are not routed yet. */
export async function findUnrouted(sql: Sql, ids: readonly string[]): Promise<UnroutedDocument[]> {
  const { rows } = await sql.query<UnroutedRow>({ name: 'routing-find', text: byId, values: [ids] })
  return rows.filter(isUnrouted).map(row => ({
    id: row.id,
    kind: row.kind,
    systemId: row.system_id,
    sender: row.sender,
    documentId: row.document_id,
    sha256: row.sha256,
    priority: row.priority,
    acceptedAt: row.accepted_at,
    traceparent: row.traceparent,
  }))
}

/** What a packet's attachments mean for its deliveries, read under the packet's lock. */
export interface RoutingHold {
  readonly hold: AttachmentHold
  /** Why no delivery goes; present when `hold` is `refused`. */
  readonly refusal: string | null
}

/** Locks packets until the transaction ends and returns those still not routed, by their ids. */
export async function lockUnrouted(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, RoutingHold>> {
  const text = `${byId} for no key update`
  const { rows } = await tx.query<UnroutedRow>({ name: 'routing-lock', text, values: [ids] })
  return new Map(
    rows
      .filter(isUnrouted)
      .map(row => [row.id, { hold: row.attachment_hold, refusal: row.attachment_refusal }] as const),
  )
}

function isUnrouted(row: UnroutedRow): boolean {
  return row.routed_at === null
}

/** A receiver that can get the packet: what the hub resolved at acceptance. */
export interface RoutableReceiver {
  readonly documentId: string
  readonly receiver: string
  readonly written: string
  readonly level: Level
}

/** A receiver that cannot; the sender asked to deliver to the others. */
export interface FaultyReceiver {
  readonly documentId: string
  readonly written: string
  /** Path code, such as `M.MessageHeader.To.NotConnected`. */
  readonly fault: string
}

export interface ReceiversToRoute {
  readonly routable: readonly RoutableReceiver[]
  readonly faulty: readonly FaultyReceiver[]
}

const receiversSql = `
select document_id, written, resolved, level, fault
  from document_receiver
 where document_id = any($1)
 order by document_id, position`

/** Receivers of these packets, in the order written. */
export async function receiversToRoute(sql: Sql, documentIds: readonly string[]): Promise<ReceiversToRoute> {
  const { rows } = await sql.query<ReceiverToRouteRow>({
    name: 'routing-receivers',
    text: receiversSql,
    values: [documentIds],
  })
  const routable: RoutableReceiver[] = []
  const faulty: FaultyReceiver[] = []
  for (const { document_id: documentId, written, resolved, level, fault } of rows) {
    if (fault !== null) faulty.push({ documentId, written, fault })
    else if (resolved !== null && level !== null) routable.push({ documentId, receiver: resolved, written, level })
    else throw new Error(`receiver ${written} of ${documentId} has neither an agency nor a fault`)
  }
  return { routable, faulty }
}

export interface NewDelivery {
  readonly id: string
  readonly documentId: string
  readonly kind: 'document' | 'status'
  readonly receiver: string
  readonly receiverWritten: string
  readonly level: Level
  readonly priority: number
}

const insertSql = `
insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at)
select d.id, d.document_id, d.kind, d.receiver, d.receiver_written, d.level, d.priority, 'routed', document.accepted_at
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[])
       as d(id, document_id, kind, receiver, receiver_written, level, priority)
  join document on document.id = d.document_id
    on conflict (document_id, receiver) do nothing
returning id, routed_at`

/** One delivery per (packet, receiver); returns those that were new, with the moment of routing. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[]): Promise<ReadonlyMap<string, Date>> {
  if (deliveries.length === 0) return new Map()
  const { rows } = await tx.query<{ id: string; routed_at: Date }>({
    name: 'routing-insert',
    text: insertSql,
    values: [
      deliveries.map(delivery => delivery.id),
      deliveries.map(delivery => delivery.documentId),
      deliveries.map(delivery => delivery.kind),
      deliveries.map(delivery => delivery.receiver),
      deliveries.map(delivery => delivery.receiverWritten),
      deliveries.map(delivery => delivery.level),
      deliveries.map(delivery => delivery.priority),
    ],
  })
  return new Map(rows.map(row => [row.id, row.routed_at]))
}

/** @param documentIds packets locked by `lockUnrouted` */
export async function markRouted(tx: Tx, documentIds: readonly string[]): Promise<void> {
  const text = 'update document set routed_at = clock_timestamp() where id = any($1)'
  await tx.query({ name: 'routing-mark', text, values: [documentIds] })
}

/** What the delivery service is told of a new delivery; the sweeper builds the same event again from the row. */
export interface RoutedFacts {
  readonly id: string
  readonly documentId: string
  readonly receiver: string
  readonly level: Level
  readonly priority: number
  readonly sha256: string
  readonly routedAt: Date
  readonly traceparent: string | null
}

/** Event of a routed delivery, on the topic of its level; priority 1–4 in the urgent lane (edXML 6.3). */
export function routedEvent(facts: RoutedFacts): Publication {
  const { id, documentId, receiver, level, priority, sha256, routedAt, traceparent } = facts
  const urgent = priority > 0
  return publication({
    topic: deliveryTopic(level, urgent),
    key: receiver,
    id: `${id}:routed`,
    subject: id,
    time: routedAt,
    ...(traceparent && { traceparent }),
    data: { deliveryId: id, document: documentId, receiver, level, urgent, sha256 },
  })
}

interface UnroutedRow {
  id: string
  kind: 'document' | 'status'
  system_id: string
  sender: string
  document_id: string
  sha256: string
  priority: number
  accepted_at: Date
  traceparent: string | null
  routed_at: Date | null
  attachment_hold: AttachmentHold
  attachment_refusal: string | null
}

interface ReceiverToRouteRow {
  document_id: string
  written: string
  resolved: string | null
  level: Level | null
  fault: string | null
}
