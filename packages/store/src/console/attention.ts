import type { Level } from '@docaxis/events'
import type { Sql } from '../database.ts'
import { codesInScope, type Scope } from './scope.ts'

export type AttentionKind =
  /** Accepted or routed, and no further for two minutes. */
  | 'stuck'
  /** Kept back; `why` says for what. */
  | 'held'
  /** The deadline passed, and nobody has fetched it. */
  | 'not-fetched'
  /** Fetched, and its deadline passed. */
  | 'late'
  /** The receiver refused it, within a day. */
  | 'refused'
  /** Given up after the last attempt, within a day. */
  | 'failed'
  /** Events that a service gave up. */
  | 'dead-letter'

/** Something that somebody has to look at. */
export interface Attention {
  readonly kind: AttentionKind
  /** At most `countedUpTo`, which then means that many or more. */
  readonly count: number
  /** When the oldest of them came to be so. */
  readonly since: Date
  /** `attachment-check`, `certificate-revoked`, …: why they are held. */
  readonly why?: string
  /** The receiver that most of them wait for, and how many receivers there are. */
  readonly worst?: { readonly code: string; readonly name: string | null; readonly count: number }
  readonly receivers?: number
}

/** Nobody acts differently on more, and counting on would cost. */
export const countedUpTo = 10_000

/** What has been under way this long without a step is stuck; the sweeper has tried again by then. */
const stuckAfter = "interval '2 minutes'"

export interface AttentionSource {
  readonly kind: AttentionKind
  /** Rows `since`, `sender`, `receiver`, `why`, `document_id`, `priority`; by an index that holds nothing else. */
  readonly rows: string
  /** Concerns the hub and no agency: for its staff only. */
  readonly ofHub?: true
}

// One row a delivery, for its first deadline: not a group, of which all would be gathered before the first is given.
const missed = (condition: string): string => `
select d.due_at as since, d.sender, d.receiver, null as why, d.document_id, delivery.priority
  from deadline as d
  join delivery on delivery.id = d.delivery_id
 where d.state = 'missed' and d.due_at is not null and delivery.state in ('available', 'fetched') and ${condition}
   and not exists (select from deadline as first
                    where first.delivery_id = d.delivery_id and first.state = 'missed'
                      and (first.due_at, first.kind) < (d.due_at, d.kind))`

/** Of everything that needs somebody; alerts are raised from the same rows. */
export const attentionSources: readonly AttentionSource[] = [
  {
    kind: 'stuck',
    rows: `
select unrouted.accepted_at as since, document.sender, null as receiver, null as why, document.id as document_id,
       document.priority
  from unrouted
  join document on document.id = unrouted.document_id
 where unrouted.accepted_at < now() - ${stuckAfter}
union all
select delivery.routed_at, document.sender, delivery.receiver, null, document.id, delivery.priority
  from delivery
  join document on document.id = delivery.document_id
 where delivery.state = 'routed' and delivery.routed_at < now() - ${stuckAfter}`,
  },
  {
    kind: 'held',
    rows: `
select hold.held_at as since, document.sender, delivery.receiver, hold.reason as why, document.id as document_id,
       delivery.priority
  from delivery_hold as hold
  join delivery on delivery.id = hold.delivery_id
  join document on document.id = delivery.document_id
 where delivery.state = 'held' and hold.held_at < now() - ${stuckAfter}`,
  },
  { kind: 'not-fetched', rows: missed('delivery.first_fetched_at is null') },
  { kind: 'late', rows: missed('delivery.first_fetched_at is not null') },
  {
    kind: 'refused',
    rows: `
select report.received_at as since, document.sender, delivery.receiver, null as why, document.id as document_id,
       delivery.priority
  from business_report as report
  join delivery on delivery.id = report.delivery_id
  join document on document.id = delivery.document_id
 where report.code = '02' and report.received_at > now() - interval '1 day' and delivery.business = '02'`,
  },
  {
    kind: 'failed',
    rows: `
select delivery.closed_at as since, document.sender, delivery.receiver, null as why, document.id as document_id,
       delivery.priority
  from delivery
  join document on document.id = delivery.document_id
 where delivery.state = 'failed' and delivery.closed_at > now() - interval '1 day'`,
  },
  {
    kind: 'dead-letter',
    rows: `
select at as since, null as sender, null as receiver, null as why, null as document_id, 0 as priority
  from dead_letter
 where replayed_at is null`,
    ofHub: true,
  },
]

/** What needs somebody, within a scope, in no order. Kinds without any are left out. */
export async function listAttention(sql: Sql, scope: Scope): Promise<Attention[]> {
  const codes = await codesInScope(sql, scope)
  const asked = attentionSources.filter(({ ofHub }) => scope.everything || !ofHub)
  const found = await Promise.all(asked.map(source => attentionOf(sql, source, codes)))
  return found.flat()
}

/** By codes, not by the query that finds them: only so are a few agencies looked up by the index of each. */
const ofAgencies = (codes: string, sender: string, receiver: string): string =>
  `(${codes}::text[] is null or ${sender} = any(${codes}) or ${receiver} = any(${codes}))`

async function attentionOf(
  sql: Sql,
  { kind, rows: source }: AttentionSource,
  codes: readonly string[] | undefined,
): Promise<Attention[]> {
  const { rows } = await sql.query<AttentionRow>(
    `
with found as materialized (
  select * from (${source}) as found where ${ofAgencies('$2', 'found.sender', 'found.receiver')} limit $1
), counted as (
  select why, count(*)::integer as count, min(since) as since, count(distinct receiver)::integer as receivers
    from found
   group by why
)
select counted.*, worst.code as worst_code, agency.name as worst_name, worst.count as worst_count
  from counted
  left join lateral (select receiver as code, count(*)::integer as count
                       from found
                      where found.why is not distinct from counted.why and receiver is not null
                      group by receiver
                      order by count(*) desc, receiver
                      limit 1) as worst on true
  left join agency on agency.code = worst.code`,
    [countedUpTo, codes ?? null],
  )
  return rows.map(row => ({
    kind,
    count: row.count,
    since: row.since,
    ...(row.why !== null && { why: row.why }),
    ...(row.receivers > 0 && { receivers: row.receivers }),
    ...(row.worst_code !== null &&
      row.worst_count !== null && { worst: { code: row.worst_code, name: row.worst_name, count: row.worst_count } }),
  }))
}

interface AttentionRow {
  readonly why: string | null
  readonly count: number
  readonly since: Date
  readonly receivers: number
  readonly worst_code: string | null
  readonly worst_name: string | null
  readonly worst_count: number | null
}

/** Deliveries between two levels whose deadline has passed and that are still owed. */
export interface LevelLate {
  readonly from: Level
  readonly to: Level
  readonly late: number
}

/** Between levels, within a scope; pairs of levels without any are left out. */
export async function lateByLevel(sql: Sql, scope: Scope): Promise<LevelLate[]> {
  const codes = await codesInScope(sql, scope)
  const { rows } = await sql.query<LevelLate>(
    `
select coalesce(agency.level, 'central') as "from", found.level as "to", count(distinct found.id)::integer as late
  from (select delivery.id, delivery.level, deadline.sender
          from deadline
          join delivery on delivery.id = deadline.delivery_id
         where deadline.state = 'missed' and deadline.due_at is not null and delivery.state in ('available', 'fetched')
           and ${ofAgencies('$2', 'deadline.sender', 'deadline.receiver')}
         limit $1) as found
  left join agency on agency.code = found.sender
 group by 1, 2`,
    [countedUpTo, codes ?? null],
  )
  return rows
}
