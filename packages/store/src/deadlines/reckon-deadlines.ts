import type { DeadlineKind } from '@docaxis/calendar'
import type { Tx } from '../database.ts'

/** An open deadline that was not reckoned yet, or by an earlier calendar. */
export interface UnreckonedDeadline {
  readonly deliveryId: string
  readonly kind: DeadlineKind
  readonly receiver: string
  readonly arrivedAt: Date
  readonly priority: number
  /** `yyyy-mm-dd`. */
  readonly dueOn: string | null
  readonly step: number
}

const claimSql = `
select deadline.delivery_id, deadline.kind, deadline.receiver, deadline.arrived_at, delivery.priority,
       document.due_on::text as due_on, deadline.step
  from deadline
  join delivery on delivery.id = deadline.delivery_id
  join document on document.id = deadline.document_id
 where deadline.state = 'open' and deadline.calendar_revision < $1
 order by deadline.calendar_revision
 limit $2
   for no key update of deadline skip locked`

/** Locks deadlines that were reckoned by a calendar before `revision`; another worker gets others. */
export async function claimUnreckoned(
  tx: Tx,
  { revision, limit }: { readonly revision: number; readonly limit: number },
): Promise<UnreckonedDeadline[]> {
  const { rows } = await tx.query<UnreckonedRow>({
    name: 'deadline-unreckoned',
    text: claimSql,
    values: [revision, limit],
  })
  return rows.map(row => ({
    deliveryId: row.delivery_id,
    kind: row.kind,
    receiver: row.receiver,
    arrivedAt: row.arrived_at,
    priority: row.priority,
    dueOn: row.due_on,
    step: row.step,
  }))
}

/** By when something is due, and when the watcher looks at it next. */
export interface Reckoning {
  readonly hours: string
  readonly clock: 'working' | 'round'
  readonly countedFrom: Date
  readonly dueAt: Date
  readonly unconfirmedYears: readonly number[]
  readonly nextAt: Date | null
}

export type ReckonedDeadline = Pick<UnreckonedDeadline, 'deliveryId' | 'kind'> & Reckoning

const storeSql = `
update deadline
   set calendar_revision = $2, hours = r.hours, clock = r.clock, counted_from = r.counted_from, due_at = r.due_at,
       unconfirmed_years = r.unconfirmed_years, next_at = r.next_at
  from jsonb_to_recordset($1::jsonb)
       as r(delivery_id text, kind text, hours text, clock text, counted_from timestamptz, due_at timestamptz,
            unconfirmed_years integer[], next_at timestamptz)
 where deadline.delivery_id = r.delivery_id and deadline.kind = r.kind`

/** @param revision of the calendar they were reckoned by */
export async function storeReckoned(tx: Tx, reckoned: readonly ReckonedDeadline[], revision: number): Promise<void> {
  await tx.query({
    name: 'deadline-reckoned',
    text: storeSql,
    values: [JSON.stringify(reckoned.map(reckonedRow)), revision],
  })
}

function reckonedRow(deadline: ReckonedDeadline) {
  return { delivery_id: deadline.deliveryId, kind: deadline.kind, ...reckoningRow(deadline) }
}

/** As `json_to_recordset` reads it. */
export function reckoningRow(reckoning: Reckoning) {
  return {
    hours: reckoning.hours,
    clock: reckoning.clock,
    counted_from: reckoning.countedFrom,
    due_at: reckoning.dueAt,
    unconfirmed_years: reckoning.unconfirmedYears,
    next_at: reckoning.nextAt,
  }
}

interface UnreckonedRow {
  delivery_id: string
  kind: DeadlineKind
  receiver: string
  arrived_at: Date
  priority: number
  due_on: string | null
  step: number
}
