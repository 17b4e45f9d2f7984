import type { Level } from '@docaxis/events'
import { databaseTime, type Tx } from '../database.ts'
import { findRedirects } from '../directory/reform/succession.ts'
import type { EffectRow, PacketAction, ReceiverRow } from '../documents/document.ts'
import { type BusinessColumns, businessOf } from './business-columns.ts'
import type { BusinessState } from './business-states.ts'
import { type DeliveryState, deliveryMoves } from './delivery-states.ts'

/** A packet that acts on earlier ones, as it was just accepted. */
export interface ActingPacket {
  /** The hub's id. */
  readonly id: string
  readonly sender: string
  readonly systemId: string
  readonly effects: readonly EffectRow[]
  /** Those to whom it goes itself. */
  readonly receivers: readonly ReceiverRow[]
  readonly traceparent?: string
}

/** One earlier packet at one of its receivers. */
export interface ActedOn {
  /** The hub's id of the packet. */
  readonly documentId: string
  /** Its edXML DocumentId. */
  readonly documentName: string
  readonly action: PacketAction
  readonly systemId: string
  readonly receiver: string
  readonly receiverWritten: string
  readonly level: Level
  readonly priority: number
  readonly traceparent: string | null
  /** Of the receivers of the packet that acts, who answers for this one: itself, or whoever follows it since it was closed. */
  readonly answeredBy?: string
  /** Absent until the packet is routed. */
  readonly delivery?: ActedOnDelivery
}

export interface ActedOnDelivery {
  readonly id: string
  readonly state: DeliveryState
  /** The receiver has had the bytes, if only once. */
  readonly fetched: boolean
  /** It has been in the receiver's mailbox: its system may know of it. */
  readonly listed: boolean
  readonly business: BusinessState
}

/** Whether nobody can have the bytes, so that what is withdrawn now was never handed over. */
export function canWithdraw({ delivery }: ActedOn): boolean {
  return !delivery || (deliveryMoves.withdraw.from.includes(delivery.state) && !delivery.fetched)
}

/** Whether the receiver has the document, or may still get it. */
export function isHeld(target: ActedOn): boolean {
  const { delivery } = target
  if (!delivery || canWithdraw(target)) return true
  return delivery.fetched || delivery.state === 'acknowledged'
}

// What goes under a name: the document itself with the packets that added receivers to it, and updates of it. A packet
// never acts on itself. Where it went is the deliveries once it is routed; before that, the receivers as resolved. What is
// joined to another delivery ends as that one does.
const targetsSql = `
with named as (
  select document.*
    from document
   where document.sender = $1 and document.kind = 'document' and document.id <> $2
     and (document.document_id = any($3)
          or exists (select from document_effect as effect
                      where effect.document_id = document.id and effect.action = 'update'
                        and effect.sender = $1 and effect.target = any($3)))
)
select named.id, named.document_id as name, named.action, named.system_id, named.priority, named.traceparent,
       at.receiver, at.written, at.level, at.delivery_id
  from named
 cross join lateral (
       select delivery.receiver, delivery.receiver_written as written, delivery.level, delivery.id as delivery_id
         from delivery
        where delivery.document_id = named.id and delivery.joined_to is null
       union all
       select distinct on (receiver.resolved) receiver.resolved, receiver.written, receiver.level, null
         from document_receiver as receiver
        where receiver.document_id = named.id and receiver.resolved is not null and receiver.fault is null
          and exists (select from unrouted where unrouted.document_id = named.id)
          and not exists (select from delivery
                           where delivery.document_id = named.id and delivery.receiver = receiver.resolved)
       ) as at
 order by named.accepted_at, named.id, at.receiver`

/**
 * Everything under the names that this packet acts on, with its deliveries locked until the transaction ends.
 *
 * @param tx holds the exclusive lock of `lockEffectTargets` on these names
 */
export async function lockTargets(tx: Tx, packet: ActingPacket): Promise<readonly ActedOn[]> {
  const names = [...new Set(packet.effects.map(({ target }) => target))]
  const { rows } = await tx.query<TargetRow>({
    name: 'effect-targets',
    text: targetsSql,
    values: [packet.sender, packet.id, names],
  })
  const deliveries = await lockActedOn(
    tx,
    rows.flatMap(row => row.delivery_id ?? []),
  )
  const answering = await findAnswering(
    tx,
    packet,
    rows.map(({ receiver }) => receiver),
  )
  return rows.map(row => targetOf(row, deliveries.get(row.delivery_id ?? ''), answering.get(row.receiver)))
}

/** What a closed agency has stored stays its own, and whoever follows it answers for it (edXML 12.4). */
async function findAnswering(
  tx: Tx,
  { receivers }: ActingPacket,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const told = new Map(receivers.flatMap(({ resolved }) => (resolved === undefined ? [] : [[resolved, resolved]])))
  const others = [...new Set(codes.filter(code => !told.has(code)))]
  if (others.length === 0) return told
  const redirects = await findRedirects(tx, others, await databaseTime(tx))
  const followed = others.flatMap(code => {
    const redirect = redirects.get(code)
    return redirect && 'to' in redirect && told.has(redirect.to) ? [[code, redirect.to] as const] : []
  })
  return new Map([...told, ...followed])
}

const lockSql = `
select id, state, first_fetched_at is not null as fetched, available_at is not null as listed, business_furthest,
       business_change, business_change_kind
  from delivery
 where id = any($1)
 order by id
   for no key update`

async function lockActedOn(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ActedOnDelivery>> {
  const { rows } = await tx.query<LockedRow>({ name: 'effect-deliveries', text: lockSql, values: [ids] })
  return new Map(
    rows.map(row => {
      const { id, state, fetched, listed } = row
      return [id, { id, state, fetched, listed, business: businessOf(row) }]
    }),
  )
}

interface TargetRow {
  id: string
  name: string
  action: PacketAction
  system_id: string
  priority: number
  traceparent: string | null
  receiver: string
  written: string
  level: Level
  delivery_id: string | null
}

interface LockedRow extends BusinessColumns {
  id: string
  state: DeliveryState
  fetched: boolean
  listed: boolean
}

function targetOf(row: TargetRow, delivery: ActedOnDelivery | undefined, answeredBy: string | undefined): ActedOn {
  return {
    documentId: row.id,
    documentName: row.name,
    action: row.action,
    systemId: row.system_id,
    receiver: row.receiver,
    receiverWritten: row.written,
    level: row.level,
    priority: row.priority,
    traceparent: row.traceparent,
    ...(answeredBy !== undefined && { answeredBy }),
    ...(delivery && { delivery }),
  }
}
