import { type Level, type Publication, publication } from '@docaxis/events'
import type { Tx } from '../database.ts'
import { appendOutbox } from '../log/outbox.ts'
import { routedEvent } from './delivery-routing.ts'

export interface SweepOptions {
  /** What has stood still for so long is published again; the pause doubles each time, up to an hour. */
  readonly stalledMs: number
  /** Rows per sweep. */
  readonly limit: number
}

/** Facts of an accepted packet that its event tells. */
export interface AcceptedFacts {
  /** The hub's id. */
  readonly id: string
  readonly kind: 'document' | 'status'
  readonly sender: string
  readonly sha256: string
  readonly priority: number
  readonly acceptedAt: Date
  readonly traceparent?: string | null
}

/** Event of an acceptance: written by the gateway with the packet, and again with the same id by the sweeper. */
export function acceptedEvent(facts: AcceptedFacts): Publication<'docaxis.document.accepted'> {
  const { id, kind, sender, sha256, priority, acceptedAt, traceparent } = facts
  return publication({
    topic: 'docaxis.document.accepted',
    key: id,
    id: `${id}:accepted`,
    subject: id,
    time: acceptedAt,
    ...(traceparent && { traceparent }),
    data: { document: id, kind, sender, sha256, priority, acceptedAt: acceptedAt.toISOString() },
  })
}

// Two sweepers at once would only publish twice what one publishes; the second goes without waiting.
const stalledFor = (since: string) => `
  coalesce(resent_at, ${since})
    < clock_timestamp() - least($1 * power(2, resends), 3600000) * interval '1 millisecond'`

const unroutedSql = `
with stalled as (
  select document_id
    from unrouted
   where accepted_at < clock_timestamp() - $1 * interval '1 millisecond'
     and ${stalledFor('accepted_at')}
   order by accepted_at
   limit $2
     for no key update skip locked
)
update unrouted
   set resends = least(unrouted.resends + 1, 20), resent_at = clock_timestamp()
  from stalled
  join document on document.id = stalled.document_id
 where unrouted.document_id = stalled.document_id
returning document.id, document.kind, document.sender, encode(document.sha256, 'hex') as sha256, document.priority,
          document.accepted_at, document.traceparent`

/**
 * Publishes `document.accepted` again for packets that were accepted and not routed in time, so that a lost topic is
 * rebuilt from state. Returns their ids.
 */
export async function resendUnrouted(tx: Tx, options: SweepOptions): Promise<string[]> {
  const { rows } = await tx.query<UnroutedRow>(unroutedSql, [options.stalledMs, options.limit])
  await appendOutbox(
    tx,
    rows.map(row => acceptedEvent({ ...row, acceptedAt: row.accepted_at })),
  )
  return rows.map(row => row.id)
}

const unreleasedSql = `
with stalled as (
  select id
    from delivery
   where state = 'routed' and routed_at < clock_timestamp() - $1 * interval '1 millisecond'
     and ${stalledFor('routed_at')}
   order by routed_at
   limit $2
     for no key update skip locked
)
update delivery
   set resends = least(delivery.resends + 1, 20), resent_at = clock_timestamp()
  from stalled, document
 where delivery.id = stalled.id and document.id = delivery.document_id
returning delivery.id, delivery.document_id, delivery.receiver, delivery.level, delivery.priority,
          encode(document.sha256, 'hex') as sha256, delivery.routed_at, document.traceparent`

/** Publishes the event of deliveries again that were routed and did not reach the mailbox in time. Returns their ids. */
export async function resendUnreleased(tx: Tx, options: SweepOptions): Promise<string[]> {
  const { rows } = await tx.query<UnreleasedRow>(unreleasedSql, [options.stalledMs, options.limit])
  await appendOutbox(
    tx,
    rows.map(row => routedEvent({ ...row, documentId: row.document_id, routedAt: row.routed_at })),
  )
  return rows.map(row => row.id)
}

interface UnroutedRow {
  id: string
  kind: 'document' | 'status'
  sender: string
  sha256: string
  priority: number
  accepted_at: Date
  traceparent: string | null
}

interface UnreleasedRow {
  id: string
  document_id: string
  receiver: string
  level: Level
  priority: number
  sha256: string
  routed_at: Date
  traceparent: string | null
}
