import type { Level } from '@docaxis/events'
import type { Sql } from '../../database.ts'
import { emptyScope, inScope, type Scope } from '../scope.ts'
import { reportFacts } from './report-facts.ts'

/** What is asked of the counters. */
export interface ReportQuestion {
  /** Months in Asia/Ho_Chi_Minh, `yyyy-mm`, both included. */
  readonly from: string
  readonly to: string
  readonly level?: Level
  /** An agency and all below it. */
  readonly agency?: string
}

/** Sums over months and agencies. */
export interface ReportCounts {
  readonly sent: number
  readonly signed: number
  /** A paper copy follows. */
  readonly paper: number
  /** The envelope does not say whether one does. */
  readonly paperUnsaid: number
  readonly received: number
  /** Owed by now, and done in time. */
  readonly ackDue: number
  readonly ackInTime: number
  readonly finishDue: number
  readonly finishInTime: number
  readonly fetchDue: number
  readonly fetchInTime: number
  readonly refused: number
  readonly hubRefused: number
  /** Of the registers, where they were entered, and of these what went through the hub. */
  readonly outgoing: number
  readonly outgoingThrough: number
  readonly incoming: number
  readonly incomingThrough: number
  /** Months of agencies for which totals were entered. */
  readonly entered: number
}

export type ReportGroup = 'month' | 'level' | 'agency'

export interface ReportRow extends ReportCounts {
  /** `2026-11`, a level, or an agency's code; null: of no agency that is known. */
  readonly key: string | null
  /** Of an agency. */
  readonly name: string | null
}

const fromRegister = ['outgoing', 'outgoing_through', 'incoming', 'incoming_through', 'entered'] as const
const counts = [...reportFacts, 'hub_refused', ...fromRegister] as const

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const sums = counts.map(count => `coalesce(sum(${count}), 0)::integer as "${camel(count)}"`).join(', ')
const nothing = (names: readonly string[]): string => names.map(name => `0 as ${name}`).join(', ')

/** Every number that there is of an agency and a month within `$1` and `$2`. */
const cellsSql = `
select agency, month, ${reportFacts.join(', ')}, 0 as hub_refused, ${nothing(fromRegister)}
  from report_month
 where month between $1::date and $2::date
 union all
select agency, month, ${nothing(reportFacts)}, refused, ${nothing(fromRegister)}
  from report_refusal
 where month between $1::date and $2::date and origin = 'hub'
 union all
select total.agency_code, total.month, ${nothing(reportFacts)}, 0,
       total.outgoing, case when total.outgoing is not null then counted.sent end,
       total.incoming, case when total.incoming is not null then counted.received end, 1
  from register_total as total
  left join report_month as counted on counted.agency = total.agency_code and counted.month = total.month
 where total.month between $1::date and $2::date and total.replaced_at is null`

/** The whole of what is asked about, as one row. */
export async function reportTotal(sql: Sql, scope: Scope, question: ReportQuestion): Promise<ReportCounts> {
  const { values, source } = within(cellsSql, scope, question)
  const { rows } = await sql.query<ReportCounts>(`select ${sums} ${source}`, values)
  const [total] = rows
  if (!total) throw new Error('a sum has no row')
  return total
}

const groups: Readonly<Record<ReportGroup, { readonly key: string; readonly name: string; readonly order: string }>> = {
  month: { key: `to_char(cell.month, 'YYYY-MM')`, name: 'null', order: 'key' },
  level: {
    key: 'agency.level',
    name: 'null',
    order: `array_position(array['central', 'province', 'district', 'commune'], key)`,
  },
  agency: { key: `nullif(cell.agency, '')`, name: 'min(agency.name)', order: 'busy desc, key' },
}

export interface RowWish {
  readonly limit: number
  /** Rows left out before. */
  readonly offset?: number
}

/** By month in order, by level from the top, or by agency, the busiest first. */
export async function reportRows(
  sql: Sql,
  scope: Scope,
  question: ReportQuestion,
  by: ReportGroup,
  { limit, offset = 0 }: RowWish,
): Promise<ReportRow[]> {
  const { key, name, order } = groups[by]
  const { values, source } = within(cellsSql, scope, question)
  const { rows } = await sql.query<ReportRow & { readonly busy: number }>(
    `select * from (
       select ${key} as key, ${name} as name, coalesce(sum(sent + received + hub_refused), 0)::integer as busy, ${sums}
         ${source}
        group by ${key}) as counted
      order by ${order}
      limit ${limit} offset ${offset}`,
    values,
  )
  return rows.map(({ busy: _busy, ...row }) => row)
}

export interface RefusalRow {
  readonly origin: 'receiver' | 'hub'
  /** In the receiver's words, empty where it gave none; of the hub a problem code. */
  readonly reason: string
  readonly refused: number
}

/** Refusals by reason, the most frequent first. */
export async function refusalReasons(
  sql: Sql,
  scope: Scope,
  question: ReportQuestion,
  { limit }: RowWish,
): Promise<RefusalRow[]> {
  const cells = `
    select agency, month, origin, reason, refused from report_refusal where month between $1::date and $2::date`
  const { values, source } = within(cells, scope, question)
  const { rows } = await sql.query<RefusalRow>(
    `select origin, reason, sum(refused)::integer as refused
       ${source}
      group by origin, reason
     having sum(refused) > 0
      order by refused desc, origin, reason
      limit ${limit}`,
    values,
  )
  return rows
}

/** Up to when the history is counted; null before the first turn. */
export async function reportedUntil(sql: Sql): Promise<Date | null> {
  const { rows } = await sql.query<{ read_until: Date }>('select read_until from report_progress')
  return rows[0]?.read_until ?? null
}

/** From clause and conditions over cells that name `agency` and `month`: within the scope, and what is asked about. */
function within(cells: string, scope: Scope, { from, to, level, agency }: ReportQuestion) {
  const values: unknown[] = [`${from}-01`, `${to}-01`]
  const conditions = [inScope(values, scope, 'cell.agency')]
  if (level !== undefined) conditions.push(`agency.level = $${values.push(level)}`)
  if (agency !== undefined) conditions.push(inScope(values, { ...emptyScope, subtrees: [agency] }, 'cell.agency'))
  const source = `
    from (${cells}) as cell
    left join agency on agency.code = cell.agency
   where ${conditions.join(' and ')}`
  return { values, source }
}
