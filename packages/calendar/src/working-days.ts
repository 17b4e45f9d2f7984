import type { YearOfDays } from './calendar-year.ts'
import { type DayNumber, dayText, parseDay, weekdayOf, yearOf } from './hanoi-time.ts'

/** Which days are worked on. */
export interface WorkingDays {
  /** The weekday whose hours are kept on this day; undefined on a holiday. The hours decide about weekends. */
  weekdayWorked(day: DayNumber): number | undefined
  /** Whether the data of the year are known and vouched for. */
  isConfirmed(year: number): boolean
}

/** Holidays on a fixed date (Labour Code 2019, article 112), for years of which nothing else is known. */
const fixedHolidays: ReadonlySet<string> = new Set(['01-01', '04-30', '05-01', '09-02'])

/** @param years at most one entry a year; without data only the holidays on fixed dates are known */
export function workingDays(years: readonly YearOfDays[]): WorkingDays {
  const known = new Map(years.map(year => [year.year, year]))
  const holidays = new Set(years.flatMap(daysOff))
  const madeUp = new Map(years.flatMap(({ swaps }) => swaps.map(({ off, work }) => [dayNamed(work), dayNamed(off)])))

  return {
    weekdayWorked(day) {
      const inPlaceOf = madeUp.get(day)
      if (inPlaceOf !== undefined) return weekdayOf(inPlaceOf)
      if (holidays.has(day)) return undefined
      if (!known.has(yearOf(day)) && fixedHolidays.has(dayText(day).slice(5))) return undefined
      return weekdayOf(day)
    },
    isConfirmed: year => known.get(year)?.confirmed ?? false,
  }
}

function daysOff({ holidays, swaps }: YearOfDays): DayNumber[] {
  const ofHolidays = holidays.flatMap(({ from, to }) => {
    const first = dayNamed(from)
    return Array.from({ length: dayNamed(to) - first + 1 }, (_, index) => first + index)
  })
  return [...ofHolidays, ...swaps.map(({ off }) => dayNamed(off))]
}

/** @throws RangeError: whoever takes data in asks `calendarFaults` first */
function dayNamed(text: string): DayNumber {
  const day = parseDay(text)
  if (day === undefined) throw new RangeError(`${text} is not a day`)
  return day
}
