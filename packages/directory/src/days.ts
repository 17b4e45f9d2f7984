import { dayMs, dayOf, dayText, parseWorkingHours, schedule, shippedYears, workingDays } from '@docaxis/calendar'

/** The day in Asia/Ho_Chi_Minh, `yyyy-mm-dd`. */
export function hanoiDay(at: Date): string {
  return dayText(dayOf(at))
}

/** The instant at which a day begins in Asia/Ho_Chi_Minh. */
export function hanoiMidnight(day: string): Date {
  return new Date(`${day}T00:00:00+07:00`)
}

/** Working days from midnight to midnight. A warning may do with the holidays that this release knows of. */
const wholeDays = schedule(workingDays(shippedYears), parseWorkingHours('00:00-24:00'))

/** How long a connected system may keep quiet before senders are warned: two working days (edXML section 11). */
const silenceMs = 2 * dayMs

/** Whether two working days have passed between the two moments. */
export function isSilence(since: Date, at: Date): boolean {
  return wholeDays.add(since, silenceMs) <= at
}

/** Whether a text is a day that exists, written `yyyy-mm-dd`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
