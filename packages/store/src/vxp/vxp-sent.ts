import type { Sql } from '../database.ts'
import type { DeliveryState } from '../deliveries/delivery-states.ts'

export interface VxpSentQuery {
  /** Directory codes that the caller acts for. */
  readonly agencies: readonly string[]
  readonly kind: 'document' | 'status'
  /** The hub's id of one packet. */
  readonly documentId?: string
  /** Accepted at or after, and before. */
  readonly from?: Date
  readonly until?: Date
  /** Packets, not rows. */
  readonly limit: number
}

/** What became of one packet at one receiver. */
export interface VxpSentRow {
  readonly documentId: string
  readonly subject: string | null
  readonly codeNumber: string | null
  readonly codeNotation: string | null
  /** Codes as the sender wrote them. */
  readonly sender: string
  readonly receiver: string
  /** Null until routed, and where nothing can be delivered. */
  readonly deliveryId: string | null
  readonly state: DeliveryState | null
  /** Why nothing can be delivered there: a path code. */
  readonly fault: string | null
  readonly attempts: number
  readonly business: string | null
  readonly acceptedAt: Date
  /** When the receiver acknowledged it. */
  readonly receivedAt: Date | null
}

/** A packet may have 15,000 receivers. */
const mostRows = 20_000

const listSql = `
select document.id, document.subject, document.code_number, document.code_notation, document.sender_written,
       receiver.written, delivery.id as delivery_id, delivery.state, receiver.fault,
       coalesce(delivery.attempts, 0) as attempts, delivery.business, document.accepted_at,
       case delivery.state when 'acknowledged' then delivery.closed_at end as received_at
  from (select *
          from document
         where sender = any($1) and kind = $2 and ($3::text is null or id = $3)
           and accepted_at >= $4::timestamptz and accepted_at < $5::timestamptz
         order by accepted_at desc, id desc
         limit $6) as document
  join document_receiver as receiver on receiver.document_id = document.id
  left join lateral (
       select * from delivery
        where delivery.document_id = document.id and delivery.receiver = receiver.resolved and delivery.moved_from is null
       union all
       select * from delivery
        where delivery.document_id = document.id and delivery.moved_from = receiver.resolved
       ) as delivery on true
 order by document.accepted_at desc, document.id desc, receiver.position
 limit ${mostRows}`

/** What `agencies` sent, newest first, one row for each receiver in the order of the packet. */
export async function listVxpSent(sql: Sql, query: VxpSentQuery): Promise<VxpSentRow[]> {
  const { agencies, kind, documentId, from, until, limit } = query
  const values = [agencies, kind, documentId ?? null, from ?? '-infinity', until ?? 'infinity', limit]
  const { rows } = await sql.query<SentRow>({ name: 'vxp.sent', text: listSql, values })
  return rows.map(row => ({
    documentId: row.id,
    subject: row.subject,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    sender: row.sender_written,
    receiver: row.written,
    deliveryId: row.delivery_id,
    state: row.state,
    fault: row.fault,
    attempts: row.attempts,
    business: row.business,
    acceptedAt: row.accepted_at,
    receivedAt: row.received_at,
  }))
}

interface SentRow {
  readonly id: string
  readonly subject: string | null
  readonly code_number: string | null
  readonly code_notation: string | null
  readonly sender_written: string
  readonly written: string
  readonly delivery_id: string | null
  readonly state: DeliveryState | null
  readonly fault: string | null
  readonly attempts: number
  readonly business: string | null
  readonly accepted_at: Date
  readonly received_at: Date | null
}
