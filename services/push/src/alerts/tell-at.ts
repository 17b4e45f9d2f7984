import { dayOf, minuteMs, startOfDay, type WorkingDays } from '@docaxis/calendar'
import type { AlertRule } from '@docaxis/store/console'

export type TellPlan = Pick<AlertRule, 'digestMinutes' | 'digestHour' | 'quietFrom' | 'quietTo' | 'workingDays'>

const hourMs = 60 * minuteMs
/** Tết and the weekends around it are shorter. */
const mostSteps = 60

/**
 * When something that is found now is told: at once, when the collecting ends, when the quiet hours or the days off are
 * over. Hỏa tốc waits for nothing. Hours and days are those of Asia/Ho_Chi_Minh, wherever the process runs.
 */
export function tellAt(at: Date, urgent: boolean, plan: TellPlan, days: WorkingDays): Date {
  if (urgent) return at
  let told = collected(at, plan)
  for (let step = 0; step < mostSteps; step += 1) {
    const later = heldUntil(told, plan, days)
    if (later === undefined) return new Date(told)
    told = later
  }
  return new Date(told)
}

function collected(at: Date, { digestMinutes, digestHour }: TellPlan): number {
  if (digestMinutes !== null) return at.getTime() + digestMinutes * minuteMs
  if (digestHour === null) return at.getTime()
  const today = startOfDay(dayOf(at)) + digestHour * hourMs
  return today >= at.getTime() ? today : startOfDay(dayOf(at) + 1) + digestHour * hourMs
}

/** Undefined: now is as good as any later time. */
function heldUntil(told: number, plan: TellPlan, days: WorkingDays): number | undefined {
  const day = dayOf(new Date(told))
  if (plan.workingDays && !isWorked(day, days)) return startOfDay(day + 1) + (plan.digestHour ?? 0) * hourMs
  const { quietFrom, quietTo } = plan
  if (quietFrom === null || quietTo === null) return undefined
  const minute = Math.floor((told - startOfDay(day)) / minuteMs)
  const overnight = quietFrom > quietTo
  const quiet = overnight ? minute >= quietFrom || minute < quietTo : minute >= quietFrom && minute < quietTo
  if (!quiet) return undefined
  return startOfDay(overnight && minute >= quietFrom ? day + 1 : day) + quietTo * minuteMs
}

/** Days in place of a day off count as the day that they make up for. */
function isWorked(day: number, days: WorkingDays): boolean {
  const weekday = days.weekdayWorked(day)
  return weekday !== undefined && weekday !== 0 && weekday !== 6
}
