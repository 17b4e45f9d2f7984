import { HubError } from '@docaxis/errors'
import type { ReportGroup, ReportQuestion } from '@docaxis/store/console'
import { type Static, Type } from 'typebox'
import { monthOf, monthsBetween, monthsFrom } from './months.ts'

export const month = Type.String({ pattern: '^2\\d{3}-(0[1-9]|1[0-2])$' })
export const agencyCode = Type.String({ minLength: 1, maxLength: 35 })

/** What the address of the page says; the files are asked for in the same words. */
export const reportQuery = {
  from: Type.Optional(month),
  to: Type.Optional(month),
  level: Type.Optional(Type.Enum(['central', 'province', 'district', 'commune'])),
  agency: Type.Optional(agencyCode),
  by: Type.Optional(Type.Enum(['month', 'level', 'agency'])),
}

const query = Type.Object(reportQuery)
export type ReportQuery = Static<typeof query>

/** What is asked, with nothing left open. */
export interface AskedReport extends ReportQuestion {
  readonly by: ReportGroup
}

/** Half a year when nobody says. */
const usualMonths = 6
const mostMonths = 60

/** @throws HubError `REQUEST_INVALID` for a period that ends before it begins, or is longer than five years */
export function askedReport({ from, to, level, agency, by = 'month' }: ReportQuery, now: Date): AskedReport {
  const last = to ?? monthOf(now)
  const first = from ?? monthsFrom(last, 1 - usualMonths)
  const months = monthsBetween(first, last)
  if (months < 1 || months > mostMonths) {
    throw new HubError('REQUEST_INVALID', `from ${first} to ${last}: a period has 1 to ${mostMonths} months`)
  }
  return { from: first, to: last, by, ...(level && { level }), ...(agency && { agency }) }
}
