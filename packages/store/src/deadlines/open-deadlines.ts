import type { DeadlineKind } from '@docaxis/calendar'
import type { Tx } from '../database.ts'
import { type Reckoning, reckoningRow } from './reckon-deadlines.ts'

/** Notes what is owed for deliveries that have just come into a mailbox. */
export type OpenDeadlines = (tx: Tx, deliveryIds: readonly string[]) => Promise<void>

const owed = `
  from delivery
  join document on document.id = delivery.document_id
 cross join (values ('fetch'), ('acknowledge'), ('finish')) as owed(kind)
 where delivery.id = any($1) and delivery.kind = 'document' and delivery.state = 'available'
   and case owed.kind
         when 'fetch' then delivery.priority > 0
         when 'finish' then document.due_on is not null and document.action <> 'revoke'
         else true
       end`

// One that was held meanwhile, or has come to a successor, starts anew; what was missed before stays so.
const startsAnew = `
    on conflict (delivery_id, kind) do update
   set arrived_at = excluded.arrived_at, calendar_revision = 0
 where deadline.state = 'open'`

const openSql = `
insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at)
select delivery.id, owed.kind, document.id, document.sender, delivery.receiver, clock_timestamp()${owed}${startsAnew}`

/** The watcher reckons by when. */
export const openDeadlines: OpenDeadlines = async (tx, deliveryIds) => {
  if (deliveryIds.length === 0) return
  await tx.query({ name: 'deadline-open', text: openSql, values: [deliveryIds] })
}

/** What is owed from now on and has no row yet: the same for all these deliveries of one document. */
export interface OwedDeadlines {
  readonly kind: DeadlineKind
  readonly documentId: string
  readonly sender: string
  readonly deliveries: readonly { readonly id: string; readonly receiver: string }[]
  readonly arrivedAt: Date
  readonly priority: number
  /** `yyyy-mm-dd`. */
  readonly dueOn: string | null
}

const owedSql = `
select owed.kind, document.id as "documentId", document.sender, clock_timestamp() as "arrivedAt", delivery.priority,
       document.due_on::text as "dueOn",
       json_agg(json_build_object('id', delivery.id, 'receiver', delivery.receiver)) as deliveries${owed}
 group by owed.kind, document.id, delivery.priority`

export async function findOwed(tx: Tx, deliveryIds: readonly string[]): Promise<OwedDeadlines[]> {
  const { rows } = await tx.query<OwedDeadlines>({ name: 'deadline-owed', text: owedSql, values: [deliveryIds] })
  return rows
}

const openReckonedSql = `
insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at, calendar_revision, hours, clock,
                      counted_from, due_at, unconfirmed_years, next_at)
select d.id, r.kind, r.document_id, r.sender, d.receiver, r.arrived_at, $2, r.hours, r.clock,
       r.counted_from, r.due_at, r.unconfirmed_years, r.next_at
  from json_to_recordset($1)
       as r(kind text, document_id text, sender text, deliveries json, arrived_at timestamptz, hours text, clock text,
            counted_from timestamptz, due_at timestamptz, unconfirmed_years integer[], next_at timestamptz)
 cross join json_to_recordset(r.deliveries) as d(id text, receiver text)
       ${startsAnew}`

/**
 * Opens deadlines that are reckoned already: one row is written once instead of twice.
 *
 * @param revision of the calendar they were reckoned by
 */
export async function openReckoned(
  tx: Tx,
  deadlines: readonly (OwedDeadlines & Reckoning)[],
  revision: number,
): Promise<void> {
  if (deadlines.length === 0) return
  const rows = deadlines.map(deadline => ({
    ...reckoningRow(deadline),
    kind: deadline.kind,
    document_id: deadline.documentId,
    sender: deadline.sender,
    deliveries: deadline.deliveries,
    arrived_at: deadline.arrivedAt,
  }))
  await tx.query({ name: 'deadline-open-reckoned', text: openReckonedSql, values: [JSON.stringify(rows), revision] })
}
