import { nextDay, parseVietnamDay } from '../vietnam-time.ts'
import type { ProvedCall } from '../vxp-state.ts'
import { wrongParameter } from './operation.ts'

/** `fromDate` and `toDate`, both inclusive: from the beginning of one day to the end of the other. */
export function daysOf(proved: ProvedCall): { readonly from?: Date; readonly until?: Date } {
  const from = dayOf(proved, 'fromDate')
  const to = dayOf(proved, 'toDate')
  return { ...(from && { from }), ...(to && { until: nextDay(to) }) }
}

function dayOf({ call }: ProvedCall, header: string): Date | undefined {
  const text = call.parameter(header)
  if (text === undefined) return undefined
  const day = parseVietnamDay(text)
  if (!day) throw wrongParameter(header, text, 'yyyy/MM/dd')
  return day
}
