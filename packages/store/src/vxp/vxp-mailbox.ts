import type { Sql } from '../database.ts'
import type { VxpSettings } from './vxp-setting.ts'

/**
 * `waiting`: all that is neither done nor withdrawn; the next three are parts of it; `done`: history; `withdrawn`: what was
 * in the mailbox and was taken back before it was fetched, without content.
 */
export type VxpListStatus = 'waiting' | 'inbox' | 'processing' | 'fail' | 'done' | 'withdrawn'

export interface VxpListQuery {
  /** Directory codes that the caller acts for. */
  readonly agencies: readonly string[]
  readonly rows: VxpSettings['rows']
  readonly kind: 'document' | 'status'
  readonly status: VxpListStatus
  /** Accepted at or after, and before. */
  readonly from?: Date
  readonly until?: Date
  readonly offset: number
  readonly limit: number
}

/** One packet as a VXP list shows it: for a whole system, or for one agency behind it. */
export interface VxpRow {
  /** Id of the first delivery in the order of the packet; names the packet for this system. */
  readonly deliveryId: string
  /** Codes as the sender wrote them. */
  readonly sender: string
  readonly receiver: string
  readonly status: Exclude<VxpListStatus, 'waiting'>
  readonly sha256: string
  readonly sizeBytes: number
  readonly acceptedAt: Date
  readonly updatedAt: Date
}

// One short index scan per agency, as for the mailbox of REST. A packet that is among the first of the list is among
// the first of each agency that it goes to, so the groups below are whole.
const waitingScan = `
  select delivery.id, delivery.document_id, delivery.receiver, delivery.receiver_written, delivery.state,
         delivery.priority, delivery.accepted_at, delivery.attempts,
         greatest(delivery.available_at, delivery.fetched_at) as updated_at
    from delivery
   where delivery.receiver = agency.code
     and delivery.kind = $2
     and delivery.state in ('available', 'fetched')
     and delivery.accepted_at >= $3::timestamptz and delivery.accepted_at < $4::timestamptz
     and case $5::text when 'inbox' then delivery.state = 'available' and delivery.attempts = 0
                       when 'processing' then delivery.state = 'fetched'
                       when 'fail' then delivery.state = 'available' and delivery.attempts > 0
                       else true end
   order by 4 - delivery.priority, delivery.accepted_at, delivery.id`

const overScan = (state: 'acknowledged' | 'withdrawn', status: 'done' | 'withdrawn') => `
  select delivery.id, delivery.document_id, delivery.receiver, delivery.receiver_written, delivery.state,
         delivery.priority, delivery.accepted_at, delivery.attempts, delivery.closed_at as updated_at
    from delivery
   where delivery.receiver = agency.code
     and delivery.kind = $2
     and delivery.state = '${state}' and delivery.available_at is not null
     and delivery.accepted_at >= $3::timestamptz and delivery.accepted_at < $4::timestamptz
     and $5::text = '${status}'
   order by delivery.accepted_at desc, delivery.id`

const waitingOrder = '4 - max(priority), min(accepted_at), row_key'
const doneOrder = 'min(accepted_at) desc, row_key'

// A packet whose deliveries are still on their way to other agencies of the same system comes when all are there: the
// system would get it twice otherwise. One that is joined to another delivery waits for that one, and nobody for it.
// A packet may name ten thousand receivers: they are read in their order until one of this system is met. The
// offset keeps the search out of the reading: the planner takes it for rare, and would sort them all before it.
const listSql = (scan: string, order: string) => `
with found as (
  select delivery.*, case $6::text when 'per-system' then delivery.document_id else delivery.id end as row_key
    from unnest($1::text[]) as agency(code)
   cross join lateral (${scan} limit $7::integer + $8::integer) as delivery
), packet as (
  select row_key, min(document_id) as document_id, count(*) as deliveries, array_agg(id) as ids,
         array_agg(receiver) as receivers, array_agg(receiver_written) as written,
         case when bool_or(state = 'acknowledged') then 'done' when bool_or(state = 'withdrawn') then 'withdrawn' when bool_or(state = 'fetched') then 'processing'
              when bool_or(attempts > 0) then 'fail' else 'inbox' end as status,
         min(accepted_at) as accepted_at, max(updated_at) as updated_at, row_number() over (order by ${order}) as place
    from found
   group by row_key
   order by ${order}
  offset $7 limit $8
)
select first.id as delivery_id, document.sender_written, first.written as receiver_written, packet.status,
       encode(document.sha256, 'hex') as sha256, document.size_bytes, packet.accepted_at, packet.updated_at
  from packet
  join document on document.id = packet.document_id
  left join lateral (
       select asked.resolved
         from (select resolved from document_receiver
                where packet.deliveries > 1 and document_id = packet.document_id
                order by position
               offset 0) as asked
        where asked.resolved = any(packet.receivers)
        limit 1
       ) as foremost on true
 cross join lateral (
       select delivery.id, delivery.written
         from unnest(packet.ids, packet.receivers, packet.written) as delivery(id, receiver, written)
        order by delivery.receiver is distinct from foremost.resolved, delivery.id
        limit 1
       ) as first
 where cardinality($1::text[]) = 1 or $6 = 'per-agency'
    or not exists (select from delivery
                    where delivery.document_id = packet.document_id and delivery.receiver = any($1)
                      and delivery.state in ('routed', 'held') and delivery.joined_to is null)
 order by packet.place`

const listWaitingSql = listSql(waitingScan, waitingOrder)
const listDoneSql = listSql(overScan('acknowledged', 'done'), doneOrder)
const listWithdrawnSql = listSql(overScan('withdrawn', 'withdrawn'), doneOrder)

const statements = {
  waiting: { name: 'vxp.list-waiting', text: listWaitingSql },
  done: { name: 'vxp.list-done', text: listDoneSql },
  withdrawn: { name: 'vxp.list-withdrawn', text: listWithdrawnSql },
} as const

/** What waits, urgent before ordinary, then the oldest first; or what is over, the newest first. Reads only. */
export async function listVxpMailbox(sql: Sql, query: VxpListQuery): Promise<VxpRow[]> {
  const { offset, limit, status } = query
  const { rows } = await sql.query<ListRow>({
    ...statements[status === 'done' || status === 'withdrawn' ? status : 'waiting'],
    values: [...filterOf(query), query.rows, offset, limit],
  })
  return rows.map(row => ({
    deliveryId: row.delivery_id,
    sender: row.sender_written,
    receiver: row.receiver_written,
    status: row.status,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    acceptedAt: row.accepted_at,
    updatedAt: row.updated_at,
  }))
}

const countSql = `
select count(distinct case $6::text when 'per-system' then delivery.document_id else delivery.id end)::integer as count
  from unnest($1::text[]) as agency(code)
 cross join lateral (${waitingScan}) as delivery`

/** How many rows the whole list would have. */
export async function countVxpMailbox(
  sql: Sql,
  query: Pick<VxpListQuery, 'agencies' | 'rows' | 'kind'>,
): Promise<number> {
  const { rows } = await sql.query<{ readonly count: number }>({
    name: 'vxp.count',
    text: countSql,
    values: [...filterOf({ ...query, status: 'waiting' }), query.rows],
  })
  return rows[0]?.count ?? 0
}

function filterOf(query: Pick<VxpListQuery, 'agencies' | 'kind' | 'status' | 'from' | 'until'>): unknown[] {
  const { agencies, kind, status, from, until } = query
  return [[...new Set(agencies)], kind, from ?? '-infinity', until ?? 'infinity', status]
}

interface ListRow {
  readonly delivery_id: string
  readonly sender_written: string
  readonly receiver_written: string
  readonly status: VxpRow['status']
  readonly sha256: string
  readonly size_bytes: string
  readonly accepted_at: Date
  readonly updated_at: Date
}
