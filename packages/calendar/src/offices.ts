import type { YearOfDays } from './calendar-year.ts'
import { type Schedule, schedule } from './schedule.ts'
import { workingDays } from './working-days.ts'
import { parseWorkingHours } from './working-hours.ts'

/** Schedules of offices by their working hours as written, under one calendar; each is made once. */
export function officesUnder(years: readonly YearOfDays[]): (hours: string) => Schedule {
  const days = workingDays(years)
  const made = new Map<string, Schedule>()
  return hours => {
    const office = made.get(hours) ?? schedule(days, parseWorkingHours(hours))
    made.set(hours, office)
    return office
  }
}
