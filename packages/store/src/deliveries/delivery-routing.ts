import { deliveryTopic, type Level, type Publication, publication } from '@docaxis/events'
import type { AttachmentHold } from '../attachments/attachment-hold.ts'
import type { Sql, Tx } from '../database.ts'

/** An accepted packet, as routing needs it. */
export interface AcceptedPacket {
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

const packetsSql = `
select id, kind, system_id, sender, document_id, encode(sha256, 'hex') as sha256, priority, accepted_at, traceparent
  from document
 where id = any($1)
 order by id`

/** Those of these packets that are known, routed or not. */
export async function findPackets(sql: Sql, ids: readonly string[]): Promise<AcceptedPacket[]> {
  const { rows } = await sql.query<PacketRow>({ name: 'routing-find', text: packetsSql, values: [ids] })
  return rows.map(({ system_id: systemId, document_id: documentId, accepted_at: acceptedAt, ...same }) => ({
    ...same,
    systemId,
    documentId,
    acceptedAt,
  }))
}

/** What a packet's attachments mean for its deliveries, read under the packet's lock. */
export interface RoutingHold {
  readonly hold: AttachmentHold
  /** Why no delivery goes; present when `hold` is `refused`. */
  readonly refusal: string | null
}

const takeSql = `
with taken as (
  delete from unrouted where document_id = any($1) returning document_id
)
select document.id, document.attachment_hold as hold, document.attachment_refusal as refusal
  from taken
  join document on document.id = taken.document_id
 order by document.id
   for no key update of document`

/**
 * Makes routing these packets this transaction's, once and for all: of two that try, the second waits for the first and
 * gets nothing. Locks the packets until the transaction ends.
 *
 * @returns those that were still to be routed, by their ids
 */
export async function takeUnrouted(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, RoutingHold>> {
  const { rows } = await tx.query<RoutingHold & { id: string }>({ name: 'routing-take', text: takeSql, values: [ids] })
  return new Map(rows.map(({ id, ...hold }) => [id, hold]))
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
with moment as materialized (
  select clock_timestamp() as at
), made as (
  insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at, routed_at)
  select d.id, d.document_id, d.kind, d.receiver, d.receiver_written, d.level, d.priority, 'routed', document.accepted_at,
         moment.at
    from json_to_recordset($1)
         as d(id text, document_id text, kind text, receiver text, receiver_written text, level text, priority smallint)
    join document on document.id = d.document_id
   cross join moment
      on conflict (document_id, receiver) do nothing
  returning id
)
select moment.at, (select coalesce(json_agg(id), '[]') from made) as ids from moment`

/** One delivery per (packet, receiver); returns those that were new, with the moment of routing. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[]): Promise<ReadonlyMap<string, Date>> {
  if (deliveries.length === 0) return new Map()
  const rows = deliveries.map(({ documentId, receiverWritten, ...same }) => ({
    ...same,
    document_id: documentId,
    receiver_written: receiverWritten,
  }))
  const made = await tx.query<{ at: Date; ids: readonly string[] }>({
    name: 'routing-insert',
    text: insertSql,
    values: [JSON.stringify(rows)],
  })
  return new Map(made.rows.flatMap(({ at, ids }) => ids.map(id => [id, at] as const)))
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

interface PacketRow extends Omit<AcceptedPacket, 'systemId' | 'documentId' | 'acceptedAt'> {
  system_id: string
  document_id: string
  accepted_at: Date
}

interface ReceiverToRouteRow {
  document_id: string
  written: string
  resolved: string | null
  level: Level | null
  fault: string | null
}
