import type { Level } from '@docaxis/events'
import type { Sql } from '../database.ts'
import type { DeliveryState } from './delivery-states.ts'

/** A delivery that is not at its end yet: on its way to the mailbox, held, waiting there, or fetched and not acknowledged. */
export interface InFlight {
  readonly id: string
  /** The hub's id of the packet. */
  readonly documentId: string
  /** edXML DocumentId. */
  readonly documentName: string
  readonly kind: 'document' | 'status'
  readonly receiver: string
  readonly receiverWritten: string
  readonly level: Level
  readonly state: DeliveryState
  readonly sender: string
  readonly senderSystemId: string
  readonly traceparent: string | null
}

// Each state by the index that knows it. What is joined to another delivery ends with that one and goes nowhere itself.
const idsSql = `
select id
  from delivery
 where receiver = any($1) and kind in ('document', 'status') and state in ('available', 'fetched')
 union
select id
  from delivery
 where state = 'routed' and receiver = any($1)
 union
select delivery.id
  from delivery_hold
  join delivery on delivery.id = delivery_hold.delivery_id
 where delivery.state = 'held' and delivery.receiver = any($1)`

const rowsSql = `
select delivery.id, delivery.document_id as "documentId", document.document_id as "documentName", delivery.kind,
       delivery.receiver, delivery.receiver_written as "receiverWritten", delivery.level, delivery.state,
       document.sender, document.system_id as "senderSystemId", document.traceparent
  from delivery
  join document on document.id = delivery.document_id
 where delivery.id in (${idsSql})
   and delivery.state in ('routed', 'held', 'available', 'fetched') and delivery.receiver = any($1)
 order by delivery.id`

/** What is under way to these agencies, in order of id. */
export async function deliveriesInFlight(sql: Sql, receivers: readonly string[]): Promise<InFlight[]> {
  const { rows } = await sql.query<InFlight>(rowsSql, [receivers])
  return rows
}

/** The same, locked until the transaction ends. */
export async function lockDeliveriesInFlight(sql: Sql, receivers: readonly string[]): Promise<InFlight[]> {
  const { rows } = await sql.query<InFlight>(`${rowsSql}\n   for no key update of delivery`, [receivers])
  return rows
}
