import type { Database, Tx } from '../../database.ts'
import { hanoiMonth } from '../../directory/hanoi-day.ts'
import { endSlice, type HistorySlice, inSlice, nextSlice } from '../history-slice.ts'
import { countedSql, reportFacts } from './report-facts.ts'

/** Documents and deliveries counted by one statement, refusals, and deadlines looked at in one turn. */
const batchSize = 500
const mostRefusals = 1000
const mostLooks = 2000

/** Advisory lock of whoever counts; others find the work done. */
const lock = 7301020

const progress = 'report_progress'

export interface ReportTurn {
  /** Another process was at it. */
  readonly busy: boolean
  /** There is more to count at once. */
  readonly more: boolean
}

/**
 * Brings the counters of reports up to date: with a slice of the history, with deadlines that have passed since, and with
 * what the hub refused. Nothing is counted twice, in whichever order and however often it is read.
 */
export function takeReportTurn(database: Pick<Database, 'transaction'>): Promise<ReportTurn> {
  return database.transaction(async tx => {
    const { rows } = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [lock])
    if (!rows[0]?.mine) return { busy: true, more: false }
    const slice = await nextSlice(tx, progress)
    const { documents, deliveries } = await changedIn(tx, slice)
    const passed = await passedDeadlines(tx)
    await countAll(tx, documents, [...new Set([...deliveries, ...passed])])
    const refusals = await countRefusals(tx)
    const goesOn = await endSlice(tx, progress, slice, documents.length + deliveries.length)
    const more = goesOn || passed.length === mostLooks || refusals === mostRefusals
    return { busy: false, more }
  })
}

interface Changed {
  readonly documents: readonly string[]
  readonly deliveries: readonly string[]
}

// Of a document nothing changes after its acceptance but what its attachments were found to be.
const changedSql = `
with changed as materialized (
  select document_id, delivery_id, what from document_event where ${inSlice}
)
select array(select distinct document_id from changed where what in ('accepted', 'attachment-checked')) as documents,
       array(select distinct delivery_id from changed where delivery_id is not null) as deliveries`

async function changedIn(tx: Tx, { since, until }: HistorySlice): Promise<Changed> {
  const { rows } = await tx.query<Changed>(changedSql, [since, until])
  return rows[0] ?? { documents: [], deliveries: [] }
}

async function passedDeadlines(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from report_counted where look_at <= clock_timestamp() order by look_at limit $1',
    [mostLooks],
  )
  return rows.map(row => row.id)
}

const facts = reportFacts.join(', ')
const eachFact = (written: (fact: string) => string): string => reportFacts.map(written).join(', ')

const countSql = `
with now as materialized (${countedSql}
), before as materialized (
  select id, agency, month, ${facts}, reason from report_counted where id = any($1) or id = any($2)
), written as (
  insert into report_counted (id, agency, month, ${facts}, reason, look_at)
  select id, agency, month, ${facts}, reason, look_at from now
      on conflict (id) do update
     set agency = excluded.agency, month = excluded.month, ${eachFact(fact => `${fact} = excluded.${fact}`)},
         reason = excluded.reason, look_at = excluded.look_at
), gone as (
  delete from report_counted
   where (id = any($1) or id = any($2)) and id not in (select id from now)
), change as materialized (
  select agency, month, ${facts}, reason, 1 as sign from now
   union all
  select agency, month, ${facts}, reason, -1 from before
), reasons as (
  insert into report_refusal (agency, month, origin, reason, refused)
  select agency, month, 'receiver', reason, sum(sign)
    from change
   where reason is not null
   group by agency, month, reason
  having sum(sign) <> 0
      on conflict (agency, month, origin, reason) do update set refused = report_refusal.refused + excluded.refused
)
insert into report_month (agency, month, ${facts})
select agency, month, ${eachFact(fact => `sum(sign * ${fact}::integer)`)}
  from change
 group by agency, month
having ${reportFacts.map(fact => `sum(sign * ${fact}::integer) <> 0`).join(' or ')}
    on conflict (agency, month) do update set ${eachFact(fact => `${fact} = report_month.${fact} + excluded.${fact}`)}`

async function countAll(tx: Tx, documents: readonly string[], deliveries: readonly string[]): Promise<void> {
  for (let from = 0; from < Math.max(documents.length, deliveries.length); from += batchSize) {
    const values = [documents.slice(from, from + batchSize), deliveries.slice(from, from + batchSize)]
    await tx.query({ name: 'report-count', text: countSql, values })
  }
}

// Whom a refused file names as its sender counts only where the system that brought it acts for them.
const refusalsSql = `
with taken as (
  update refusal
     set reported = true
   where id in (select id from refusal where not reported order by refused_at limit $1)
  returning system_id, sender, problem, refused_at
), named as (
  select ${hanoiMonth('taken.refused_at')} as month, taken.problem,
         coalesce((select agency.code
                     from agency
                     join system_agency as acts on acts.agency_code in (agency.code, agency.center)
                    where agency.code = taken.sender and acts.system_id = taken.system_id
                    limit 1), '') as agency
    from taken
), counted as (
  insert into report_refusal (agency, month, origin, reason, refused)
  select agency, month, 'hub', problem, count(*)
    from named
   group by agency, month, problem
      on conflict (agency, month, origin, reason) do update set refused = report_refusal.refused + excluded.refused
)
select count(*)::integer as refusals from taken`

async function countRefusals(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ refusals: number }>(refusalsSql, [mostRefusals])
  return rows[0]?.refusals ?? 0
}
