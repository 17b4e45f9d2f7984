import type { Database, Tx } from '../database.ts'
import { retention } from '../retention.ts'

/** The last day, and an hour more so that its first one stays whole. */
const keptHours = retention.pulseHours

/** A transaction that wrote its rows this long ago has committed: minutes before are settled. */
const settledAfterMinutes = 2

/** Advisory lock of whoever counts; others find the work done. */
const lock = 7301017

const sinceSql = `
select greatest(
         date_trunc('minute', coalesce((select max(minute) from traffic_level), '-infinity'))
           - make_interval(mins => $1),
         date_trunc('minute', now()) - make_interval(hours => $2)) as since`

// The history says which packets and deliveries have changed; their own rows say when. So a delivery that is fetched
// twice counts once, in the minute of the first time.
const pairsSql = `
with changed as materialized (
  select document_id, delivery_id, what
    from document_event
   where at >= $1 and what in ('accepted', 'fetched', 'redelivered', 'acknowledged')
), fact as (
  select document.accepted_at as at, document.sender, asked.resolved as receiver, asked.level as to_level,
         'accepted' as step, 0 as waited
    from (select distinct document_id from changed where what = 'accepted') as new
    join document on document.id = new.document_id
    join document_receiver as asked on asked.document_id = document.id
   where document.kind = 'document' and document.accepted_at >= $1 and asked.resolved is not null
  union all
  select step.at, document.sender, delivery.receiver, delivery.level, step.name, step.waited
    from (select distinct delivery_id from changed where delivery_id is not null) as moved
    join delivery on delivery.id = moved.delivery_id
    join document on document.id = delivery.document_id
   cross join lateral (
         values ('fetched', delivery.first_fetched_at,
                 extract(epoch from delivery.first_fetched_at - delivery.accepted_at)::bigint),
                ('acknowledged', case when delivery.state = 'acknowledged' then delivery.closed_at end, 0)
         ) as step(name, at, waited)
   where delivery.kind = 'document' and step.at >= $1
)
insert into traffic_pair (minute, sender, receiver, from_level, to_level, accepted, fetched, acknowledged, fetch_seconds)
select date_trunc('minute', fact.at), fact.sender, fact.receiver, coalesce(min(agency.level), 'central'),
       min(fact.to_level), count(*) filter (where step = 'accepted'), count(*) filter (where step = 'fetched'),
       count(*) filter (where step = 'acknowledged'), coalesce(sum(waited) filter (where step = 'fetched'), 0)
  from fact
  left join agency on agency.code = fact.sender
 group by date_trunc('minute', fact.at), fact.sender, fact.receiver`

const levelsSql = `
insert into traffic_level (minute, from_level, to_level, accepted, fetched, acknowledged, fetch_seconds)
select minute, from_level, to_level, sum(accepted), sum(fetched), sum(acknowledged), sum(fetch_seconds)
  from traffic_pair
 where minute >= $1
 group by minute, from_level, to_level`

/**
 * Brings the counters by minute up to date: what may have changed since the last turn is counted anew, so that a turn
 * that died, or that ran twice, leaves no mark. After a rest longer than a day it begins a day back.
 *
 * @returns false when another process is at it
 */
export function takeTrafficTurn(database: Pick<Database, 'transaction'>): Promise<boolean> {
  return database.transaction(async tx => {
    const { rows } = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [lock])
    if (!rows[0]?.mine) return false
    await countSince(tx)
    return true
  })
}

async function countSince(tx: Tx): Promise<void> {
  const { rows } = await tx.query<{ since: Date }>(sinceSql, [settledAfterMinutes, keptHours])
  const since = rows[0]?.since
  const oldest = `now() - make_interval(hours => ${keptHours})`
  for (const table of ['traffic_pair', 'traffic_level']) {
    await tx.query(`delete from ${table} where minute >= $1 or minute < ${oldest}`, [since])
  }
  await tx.query(pairsSql, [since])
  await tx.query(levelsSql, [since])
}
