import type { DeadlineKind } from '@docaxis/calendar'
import type { Sql, Tx } from '../database.ts'
import type { DeliveryState } from '../deliveries/delivery-states.ts'
import { isVoid, metAt } from './deadline-facts.ts'

/** A deadline whose time to be looked at has come, locked, with what it is judged by. */
export interface DueDeadline {
  readonly deliveryId: string
  readonly kind: DeadlineKind
  /** The hub's id. */
  readonly documentId: string
  readonly sender: string
  /** System that sent the document. */
  readonly systemId: string
  readonly receiver: string
  /** The agency above the receiver. */
  readonly parent: string | null
  readonly state: 'open' | 'missed'
  readonly arrivedAt: Date
  readonly priority: number
  readonly dueOn: string | null
  readonly hours: string
  readonly dueAt: Date
  readonly unconfirmedYears: readonly number[]
  readonly step: number
  readonly transport: DeliveryState
  readonly business: string | null
  readonly metAt: Date | null
  readonly isVoid: boolean
  readonly traceparent: string | null
}

export interface LookOptions {
  /** By the database's clock. */
  readonly at: Date
  /** The present calendar: one that was reckoned by an earlier one is reckoned again first. */
  readonly revision: number
  readonly limit: number
}

const claimSql = `
select deadline.delivery_id, deadline.kind, deadline.document_id, deadline.sender, document.system_id,
       deadline.receiver, agency.parent, deadline.state, deadline.arrived_at, delivery.priority,
       document.due_on::text as due_on, deadline.hours, deadline.due_at, deadline.unconfirmed_years, deadline.step,
       delivery.state as transport, delivery.business, document.traceparent,
       ${metAt} as met_at, ${isVoid} as is_void
  from deadline
  join delivery on delivery.id = deadline.delivery_id
  join document on document.id = deadline.document_id
  left join agency on agency.code = deadline.receiver
 where deadline.next_at <= $1 and (deadline.state <> 'open' or deadline.calendar_revision >= $2)
 order by deadline.next_at
 limit $3
   for no key update of deadline skip locked`

/** Locks deadlines that are due to be looked at until the transaction ends; another watcher gets others. */
export async function claimDueDeadlines(tx: Tx, { at, revision, limit }: LookOptions): Promise<DueDeadline[]> {
  const { rows } = await tx.query<DueRow>({ name: 'deadline-due', text: claimSql, values: [at, revision, limit] })
  return rows.map(dueOf)
}

/** What a look changed. */
export interface LookedAt {
  readonly deliveryId: string
  readonly kind: DeadlineKind
  readonly state: 'open' | 'missed' | 'met' | 'void'
  readonly step: number
  readonly nextAt: Date | null
  /** When it was met, or was found to be void. */
  readonly endedAt: Date | null
  /** Set when it is found missed now. */
  readonly missed: { readonly at: Date; readonly transport: string; readonly business: string | null } | null
}

const storeSql = `
update deadline
   set state = l.state, step = l.step, next_at = l.next_at, ended_at = l.ended_at,
       missed_at = coalesce(deadline.missed_at, l.missed_at),
       missed_transport = coalesce(deadline.missed_transport, l.missed_transport),
       missed_business = case when deadline.missed_at is null then l.missed_business else deadline.missed_business end
  from jsonb_to_recordset($1::jsonb)
       as l(delivery_id text, kind text, state text, step smallint, next_at timestamptz, ended_at timestamptz,
            missed_at timestamptz, missed_transport text, missed_business text)
 where deadline.delivery_id = l.delivery_id and deadline.kind = l.kind`

/** @param looks of deadlines that this transaction has claimed */
export async function storeLooks(tx: Tx, looks: readonly LookedAt[]): Promise<void> {
  const rows = looks.map(({ deliveryId, kind, state, step, nextAt, endedAt, missed }) => ({
    delivery_id: deliveryId,
    kind,
    state,
    step,
    next_at: nextAt,
    ended_at: endedAt,
    missed_at: missed?.at,
    missed_transport: missed?.transport,
    missed_business: missed?.business,
  }))
  await tx.query({ name: 'deadline-looked-at', text: storeSql, values: [JSON.stringify(rows)] })
}

const settleSql = `
update deadline
   set state = case when now.met_at is not null then 'met' else 'void' end,
       ended_at = coalesce(now.met_at, clock_timestamp()), next_at = null
  from (select deadline.delivery_id, deadline.kind, ${metAt} as met_at, ${isVoid} as is_void
          from deadline
          join delivery on delivery.id = deadline.delivery_id
          join document on document.id = deadline.document_id
         where deadline.delivery_id = any($1) and deadline.state in ('open', 'missed') and deadline.calendar_revision > 0
         order by deadline.delivery_id, deadline.kind
           for no key update of deadline) as now
 where deadline.delivery_id = now.delivery_id and deadline.kind = now.kind and (now.met_at is not null or now.is_void)
returning deadline.kind, deadline.state, deadline.ended_at > deadline.due_at as late`

/** A deadline that is over. */
export interface EndedDeadline {
  readonly kind: DeadlineKind
  readonly state: 'met' | 'void'
  /** It ended after it was due. */
  readonly late: boolean
}

/** Ends the reckoned deadlines of these deliveries that are met or void by now. Twice changes nothing. */
export async function settleDeadlines(tx: Tx, deliveryIds: readonly string[]): Promise<EndedDeadline[]> {
  const { rows } = await tx.query<EndedDeadline>({ name: 'deadline-settle', text: settleSql, values: [deliveryIds] })
  return rows
}

/** Deadlines found missed and not met since, by kind. */
export async function countMissed(sql: Sql): Promise<{ kind: DeadlineKind; count: number }[]> {
  const { rows } = await sql.query<{ kind: DeadlineKind; count: number }>(
    `select kind, count(*)::integer as count from deadline where state = 'missed' group by kind`,
  )
  return rows
}

interface DueRow {
  delivery_id: string
  kind: DeadlineKind
  document_id: string
  sender: string
  system_id: string
  receiver: string
  parent: string | null
  state: 'open' | 'missed'
  arrived_at: Date
  priority: number
  due_on: string | null
  hours: string
  due_at: Date
  unconfirmed_years: number[]
  step: number
  transport: DeliveryState
  business: string | null
  traceparent: string | null
  met_at: Date | null
  is_void: boolean
}

function dueOf(row: DueRow): DueDeadline {
  return {
    deliveryId: row.delivery_id,
    kind: row.kind,
    documentId: row.document_id,
    sender: row.sender,
    systemId: row.system_id,
    receiver: row.receiver,
    parent: row.parent,
    state: row.state,
    arrivedAt: row.arrived_at,
    priority: row.priority,
    dueOn: row.due_on,
    hours: row.hours,
    dueAt: row.due_at,
    unconfirmedYears: row.unconfirmed_years,
    step: row.step,
    transport: row.transport,
    business: row.business,
    metAt: row.met_at,
    isVoid: row.is_void,
    traceparent: row.traceparent,
  }
}
