import type { Sql } from '../../database.ts'
import { hanoiToday } from '../../directory/hanoi-day.ts'

/** One day in Asia/Ho_Chi_Minh, by when the hub accepted. */
export interface TrafficDay {
  /** `yyyy-mm-dd`. */
  readonly day: string
  /** Documents. */
  readonly sent: number
  /** Documents that came into its mailbox. */
  readonly received: number
}

export const trafficDays = 30

// What it sent is walked by its own index. What it received stands in a list of the search, whose job knows of a document
// some seconds later: an index of deliveries by receiver and time would cost every acceptance and every step of it.
const daysSql = `
with day as (
  select generate_series(0, ${trafficDays - 1}) as back, ${hanoiToday} as today
), span as (
  select (${hanoiToday} - ${trafficDays - 1})::timestamp at time zone 'Asia/Ho_Chi_Minh' as since
), sent as (
  select (accepted_at at time zone 'Asia/Ho_Chi_Minh')::date as day, count(*)::integer as count
    from document
   where sender = $1 and kind = 'document' and accepted_at >= (select since from span)
   group by 1
), received as (
  select (seen.accepted_at at time zone 'Asia/Ho_Chi_Minh')::date as day, count(*)::integer as count
    from document_mark as seen
    join delivery on delivery.document_id = seen.document_id and delivery.receiver = $1
   where seen.mark = 'a:' || $1 and seen.accepted_at >= (select since from span) and delivery.available_at is not null
   group by 1
)
select (today - back)::text as day, coalesce(sent.count, 0) as sent, coalesce(received.count, 0) as received
  from day
  left join sent on sent.day = today - back
  left join received on received.day = today - back
 order by back desc`

/** The last 30 days of one agency, the oldest first, days without anything too. */
export async function agencyTraffic(sql: Sql, code: string): Promise<TrafficDay[]> {
  const { rows } = await sql.query<TrafficDay>(daysSql, [code])
  return rows
}

/** What one agency owed in a month, by its deadlines. */
export interface LatenessMonth {
  /** `2026-11`. */
  readonly month: string
  readonly received: number
  readonly refused: number
  /** Owed by now, and done in time: receipt told within the working day, finished by the due date, urgent ones fetched. */
  readonly ackDue: number
  readonly ackInTime: number
  readonly finishDue: number
  readonly finishInTime: number
  readonly fetchDue: number
  readonly fetchInTime: number
}

const latenessMonths = 6

const monthsSql = `
select to_char(month, 'YYYY-MM') as month, received, refused, ack_due as "ackDue", ack_in_time as "ackInTime",
       finish_due as "finishDue", finish_in_time as "finishInTime", fetch_due as "fetchDue",
       fetch_in_time as "fetchInTime"
  from report_month
 where agency = $1 and month > ${hanoiToday} - interval '${latenessMonths} months' and received > 0
 order by month desc`

/** How one agency kept its deadlines within the last months, the newest first: the counters of the reports. */
export async function agencyLateness(sql: Sql, code: string): Promise<LatenessMonth[]> {
  const { rows } = await sql.query<LatenessMonth>(monthsSql, [code])
  return rows
}
