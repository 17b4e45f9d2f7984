import type { Level } from '@docaxis/events'
import type { Sql } from '../database.ts'
import { type AttentionKind, type AttentionSource, attentionSources } from './attention-sources.ts'
import { codesInScope, type Scope } from './scope.ts'

/** Something that somebody has to look at. */
export interface Attention {
  readonly kind: AttentionKind
  /** One for each receiver. At most `countedUpTo`, which then means that many or more. */
  readonly count: number
  /** How many documents, where it is about documents. */
  readonly documents?: number
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
  { kind, rows: source, ofHub }: AttentionSource,
  codes: readonly string[] | undefined,
): Promise<Attention[]> {
  // Of status messages there is no list; that theirs come no further is for the alerts.
  const packet = ofHub ? 'true' : "found.packet = 'document'"
  const { rows } = await sql.query<AttentionRow>(
    `
with found as materialized (
  select *
    from (${source}) as found
   where ${packet} and ${ofAgencies('$2', 'found.sender', 'found.receiver')}
     and ($2::text[] is null or found.sender = any($2) or found.seen)
   limit $1
), counted as (
  select why, count(*)::integer as count, count(distinct document_id)::integer as documents, min(since) as since,
         count(distinct receiver)::integer as receivers
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
    ...(row.documents > 0 && { documents: row.documents }),
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
  readonly documents: number
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
