import { toBeSeen } from './documents/delivery-conditions.ts'

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

/** What has been under way this long without a step is stuck; the sweeper has tried again by then. */
const stuckAfter = "interval '2 minutes'"

export interface AttentionSource {
  readonly kind: AttentionKind
  /**
   * Rows `since`, `sender`, `receiver`, `seen` (whether the receiver may know of it), `why`, `document_id`, `delivery_id`,
   * `packet` (its kind), `priority`; by an index that holds nothing else.
   */
  readonly rows: string
  /** Concerns the hub and no agency: for its staff only. */
  readonly ofHub?: true
}

/** What every row says of its delivery. */
const ofDelivery = `
delivery.receiver, ${toBeSeen} as seen, delivery.document_id, delivery.id as delivery_id, delivery.kind as packet,
delivery.priority`

// One row a delivery, for its first deadline: not a group, of which all would be gathered before the first is given.
const missed = (condition: string): string => `
select d.due_at as since, d.sender, null as why, ${ofDelivery}
  from deadline as d
  join delivery on delivery.id = d.delivery_id
 where d.state = 'missed' and d.due_at is not null and delivery.state in ('available', 'fetched') and ${condition}
   and not exists (select from deadline as first
                    where first.delivery_id = d.delivery_id and first.state = 'missed'
                      and (first.due_at, first.kind) < (d.due_at, d.kind))`

/** Of everything that needs somebody; the list of documents finds them and alerts are raised from the same rows. */
export const attentionSources: readonly AttentionSource[] = [
  {
    kind: 'stuck',
    rows: `
select unrouted.accepted_at as since, document.sender, null as why, null as receiver, false as seen,
       document.id as document_id, null as delivery_id, document.kind as packet, document.priority
  from unrouted
  join document on document.id = unrouted.document_id
 where unrouted.accepted_at < now() - ${stuckAfter}
union all
select delivery.routed_at, document.sender, null, ${ofDelivery}
  from delivery
  join document on document.id = delivery.document_id
 where delivery.state = 'routed' and delivery.routed_at < now() - ${stuckAfter}`,
  },
  {
    kind: 'held',
    rows: `
select hold.held_at as since, document.sender, hold.reason as why, ${ofDelivery}
  from delivery_hold as hold
  join delivery on delivery.id = hold.delivery_id
  join document on document.id = delivery.document_id
 where delivery.state = 'held' and hold.held_at < now() - ${stuckAfter}`,
  },
  { kind: 'not-fetched', rows: missed('delivery.first_fetched_at is null') },
  { kind: 'late', rows: missed('delivery.first_fetched_at is not null') },
  {
    kind: 'refused',
    // One row a delivery, however often it was refused.
    rows: `
select report.received_at as since, document.sender, null as why, ${ofDelivery}
  from business_report as report
  join delivery on delivery.id = report.delivery_id
  join document on document.id = delivery.document_id
 where report.code = '02' and report.received_at > now() - interval '1 day' and delivery.business = '02'
   and not exists (select from business_report as first
                    where first.delivery_id = report.delivery_id and first.code = '02'
                      and first.received_at > now() - interval '1 day' and first.id < report.id)`,
  },
  {
    kind: 'failed',
    rows: `
select delivery.closed_at as since, document.sender, null as why, ${ofDelivery}
  from delivery
  join document on document.id = delivery.document_id
 where delivery.state = 'failed' and delivery.closed_at > now() - interval '1 day'`,
  },
  {
    kind: 'dead-letter',
    rows: `
select at as since, null as sender, null as why, null as receiver, false as seen, null as document_id,
       null as delivery_id, null as packet, 0 as priority
  from dead_letter
 where replayed_at is null`,
    ofHub: true,
  },
]

/** The rows of a kind. */
export function attentionRows(kind: AttentionKind): string {
  const source = attentionSources.find(one => one.kind === kind)
  if (!source) throw new Error(`nothing is known of ${kind}`)
  return source.rows
}
