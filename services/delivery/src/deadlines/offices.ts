import { parseWorkingHours, type Schedule, schedule, workingDays } from '@docaxis/calendar'
import type { StoredCalendar } from '@docaxis/store'

/** Schedules under one calendar, by working hours as written; each is made once. */
export function officesUnder(calendar: StoredCalendar): (hours: string) => Schedule {
  const days = workingDays(calendar.years)
  const made = new Map<string, Schedule>()
  return hours => {
    const known = made.get(hours) ?? schedule(days, parseWorkingHours(hours))
    made.set(hours, known)
    return known
  }
}
