import type { DeadlineKind } from '@docaxis/calendar'
import type { Sql } from '../database.ts'
import { isVoid, metAt } from './deadline-facts.ts'

/** A deadline as it stands at `readAt`, by the database's clock. */
export interface DeadlineView {
  readonly deliveryId: string
  readonly kind: DeadlineKind
  /** The hub's id. */
  readonly documentId: string
  /** edXML DocumentId. */
  readonly documentName: string
  readonly subject: string | null
  readonly sender: string
  readonly receiver: string
  readonly priority: number
  /** DueDate, `yyyy-mm-dd`. */
  readonly dueOn: string | null
  readonly transport: string
  readonly business: string | null
  readonly clock: 'working' | 'round'
  /** Working hours that it was reckoned by. */
  readonly hours: string
  readonly arrivedAt: Date
  readonly countedFrom: Date
  readonly dueAt: Date
  readonly unconfirmedYears: readonly number[]
  /** What was owed happened; late when after `dueAt`. */
  readonly metAt: Date | null
  /** Nothing is owed any more. */
  readonly isVoid: boolean
  /** When the hub found it missed. */
  readonly missedAt: Date | null
  readonly readAt: Date
}

const columns = `
  deadline.delivery_id, deadline.kind, deadline.document_id, document.document_id as document_name,
  document.subject, deadline.sender,
  deadline.receiver, delivery.priority, document.due_on::text as due_on, delivery.state as transport, delivery.business,
  deadline.clock, deadline.hours, deadline.arrived_at, deadline.counted_from, deadline.due_at,
  deadline.unconfirmed_years, deadline.missed_at, clock_timestamp() as read_at,
  coalesce(case when deadline.state = 'met' then deadline.ended_at end, ${metAt}) as met_at,
  (deadline.state = 'void' or ${isVoid}) as is_void`

const source = `
  from deadline
  join delivery on delivery.id = deadline.delivery_id
  join document on document.id = deadline.document_id`

const ofDeliveriesSql = `
select ${columns} ${source}
 where deadline.delivery_id = any($1) and deadline.due_at is not null
 order by deadline.due_at, deadline.kind`

/** Deadlines of these deliveries, the ended ones too. One that has just been opened shows once it is reckoned. */
export async function deadlinesOfDeliveries(sql: Sql, deliveryIds: readonly string[]): Promise<DeadlineView[]> {
  const { rows } = await sql.query<DeadlineRow>({
    name: 'deadline-of-deliveries',
    text: ofDeliveriesSql,
    values: [deliveryIds],
  })
  return rows.map(viewOf)
}

export interface DeadlineQuery {
  /** Passed and still owed, or owed within `hours` from now. */
  readonly standing: 'late' | 'due'
  readonly hours: number
  readonly kind?: DeadlineKind
  /** Only what these owe. */
  readonly receivers?: readonly string[]
  /** Only what is owed to these. */
  readonly senders?: readonly string[]
  /** The last item of the page before. */
  readonly after?: DeadlineKey
  readonly limit: number
}

export interface DeadlineKey {
  readonly deliveryId: string
  readonly kind: DeadlineKind
}

const windows: Readonly<Record<DeadlineQuery['standing'], string>> = {
  // $1 is of no use here, and must have a type all the same.
  late: 'deadline.due_at <= now() and $1::integer is not null',
  due: `deadline.due_at > now() and deadline.due_at <= now() + $1 * interval '1 hour'`,
}

// The last condition is written as one `case`: of two comparisons the planner would expect that hardly a row meets them,
// and read and sort all rows instead of walking the index to the end of the page.
const listSql = (standing: DeadlineQuery['standing']) => `
select ${columns} ${source}
 where deadline.state in ('open', 'missed') and deadline.due_at is not null
   and ${windows[standing]}
   and ($2::text is null or deadline.kind = $2)
   and ($3::text[] is null or deadline.receiver = any($3))
   and ($4::text[] is null or deadline.sender = any($4))
   and ($5::text is null or (deadline.due_at, deadline.delivery_id, deadline.kind) >
        (select last.due_at, last.delivery_id, last.kind
           from deadline as last
          where last.delivery_id = $5 and last.kind = $6
            and ($3::text[] is null or last.receiver = any($3))
            and ($4::text[] is null or last.sender = any($4))))
   and case when (${metAt}) is null then not ${isVoid} else false end
 order by deadline.due_at, deadline.delivery_id, deadline.kind
 limit $7`

/** What is owed, by when it is or was due, the earliest first. A foreign key as cursor gives an empty page. */
export async function listDeadlines(sql: Sql, query: DeadlineQuery): Promise<DeadlineView[]> {
  const { rows } = await sql.query<DeadlineRow>(listSql(query.standing), [
    query.hours,
    query.kind ?? null,
    query.receivers ?? null,
    query.senders ?? null,
    query.after?.deliveryId ?? null,
    query.after?.kind ?? null,
    query.limit,
  ])
  return rows.map(viewOf)
}

interface DeadlineRow {
  delivery_id: string
  kind: DeadlineKind
  document_id: string
  document_name: string
  subject: string | null
  sender: string
  receiver: string
  priority: number
  due_on: string | null
  transport: string
  business: string | null
  clock: 'working' | 'round'
  hours: string
  arrived_at: Date
  counted_from: Date
  due_at: Date
  unconfirmed_years: number[]
  missed_at: Date | null
  read_at: Date
  met_at: Date | null
  is_void: boolean
}

function viewOf(row: DeadlineRow): DeadlineView {
  return {
    deliveryId: row.delivery_id,
    kind: row.kind,
    documentId: row.document_id,
    documentName: row.document_name,
    subject: row.subject,
    sender: row.sender,
    receiver: row.receiver,
    priority: row.priority,
    dueOn: row.due_on,
    transport: row.transport,
    business: row.business,
    clock: row.clock,
    hours: row.hours,
    arrivedAt: row.arrived_at,
    countedFrom: row.counted_from,
    dueAt: row.due_at,
    unconfirmedYears: row.unconfirmed_years,
    metAt: row.met_at,
    isVoid: row.is_void,
    missedAt: row.missed_at,
    readAt: row.read_at,
  }
}
