import { type Bilingual, type ProblemCode, problemCodes } from '@docaxis/errors'
import type { Sql } from '@docaxis/store'
import {
  type RowWish as LineWish,
  type RefusalRow,
  type ReportCounts,
  type ReportGroup,
  type ReportQuestion,
  refusalReasons,
  reportedUntil,
  reportRows,
  reportTotal,
  type Scope,
} from '@docaxis/store/console'
import { type FigureId, figures, type Share } from './figures.ts'
import { monthsBetween } from './months.ts'
import type { AskedReport } from './report-query.ts'

/** Numbers of the whole, or of one month, level or agency. */
export interface ReportLine {
  /** Absent: the whole; null: of no agency that is known. */
  readonly key?: string | null
  readonly name?: string | null
  readonly sent: number
  readonly received: number
  readonly refused: number
  readonly hubRefused: number
  readonly paperUnsaid: number
  /** Months of agencies for which register totals were entered. */
  readonly entered: number
  readonly shares: Readonly<Record<FigureId, Share>>
}

export interface RefusalLine extends RefusalRow {
  /** Of the hub: what the code means. */
  readonly meaning: Bilingual | null
}

export interface Report {
  readonly asked: AskedReport
  /** RFC 3339: what happened up to then is counted; null before the first count. */
  readonly countedUntil: string | null
  readonly total: ReportLine
  readonly lines: readonly ReportLine[]
  readonly more: boolean
  readonly months: readonly ReportLine[]
  readonly refusals: readonly RefusalLine[]
}

/** More reasons than these are in the sum alone. */
const mostReasons = 20

/** A report within a scope, from the counters alone. */
export async function readReport(sql: Sql, scope: Scope, asked: AskedReport, wish: LineWish): Promise<Report> {
  const [total, lines, months, refusals, until] = await Promise.all([
    reportTotal(sql, scope, asked),
    readLines(sql, scope, asked, asked.by, { ...wish, limit: wish.limit + 1 }),
    readLines(sql, scope, asked, 'month', { limit: monthsBetween(asked.from, asked.to) }),
    readRefusals(sql, scope, asked, { limit: mostReasons }),
    reportedUntil(sql),
  ])
  return {
    asked,
    countedUntil: until?.toISOString() ?? null,
    total: lineOf(total),
    lines: lines.slice(0, wish.limit),
    more: lines.length > wish.limit,
    months,
    refusals,
  }
}

export async function readLines(
  sql: Sql,
  scope: Scope,
  asked: ReportQuestion,
  by: ReportGroup,
  wish: LineWish,
): Promise<ReportLine[]> {
  const rows = await reportRows(sql, scope, asked, by, wish)
  return rows.map(row => ({ key: row.key, name: row.name, ...lineOf(row) }))
}

export async function readRefusals(
  sql: Sql,
  scope: Scope,
  asked: ReportQuestion,
  wish: LineWish,
): Promise<RefusalLine[]> {
  const rows = await refusalReasons(sql, scope, asked, wish)
  return rows.map(row => ({ ...row, meaning: row.origin === 'hub' ? meaningOf(row.reason) : null }))
}

function lineOf(counts: ReportCounts): ReportLine {
  const { sent, received, refused, hubRefused, paperUnsaid, entered } = counts
  const shares = Object.fromEntries(figures.map(({ id, share }) => [id, share(counts)])) as ReportLine['shares']
  return { sent, received, refused, hubRefused, paperUnsaid, entered, shares }
}

function meaningOf(code: string): Bilingual | null {
  return code in problemCodes ? problemCodes[code as ProblemCode].title : null
}
