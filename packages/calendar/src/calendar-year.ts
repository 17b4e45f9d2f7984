import { type DayNumber, parseDay, weekdayOf, yearOf } from './hanoi-time.ts'

/** Public holidays of one year and the days that were exchanged around them: the form of the files in `data/`. */
export interface CalendarYear extends YearOfDays {
  /** Of these data: a higher one replaces a lower one. */
  readonly version: number
}

/** What the days of one year are reckoned by. */
export interface YearOfDays {
  readonly year: number
  /** Whether somebody vouches that it is whole. Otherwise every answer that rests on it says so. */
  readonly confirmed: boolean
  readonly holidays: readonly Holiday[]
  readonly swaps: readonly Swap[]
}

/** Days off, both ends included, as `yyyy-mm-dd`; days off in lieu of a weekend are part of it. */
export interface Holiday {
  readonly from: string
  readonly to: string
  readonly name: string
}

/** A working day that is free and is made up for on a day that otherwise is. `work` may lie in a neighbouring year. */
export interface Swap {
  readonly off: string
  readonly work: string
}

/** Everything that is wrong with the data of one year, in sentences; empty: usable. */
export function calendarFaults(year: YearOfDays): string[] {
  const faults = [
    ...year.holidays.flatMap(holiday => holidayFaults(year.year, holiday)),
    ...year.swaps.flatMap(swapFaults(year)),
  ]
  return faults.length > 0 ? faults : tooLong(year)
}

/** More is a slip of the pen: no office would be open by any deadline. */
const mostHolidays = 60

function tooLong({ holidays }: YearOfDays): string[] {
  const length = ({ from, to }: Holiday) => (parseDay(to) ?? 0) - (parseDay(from) ?? 0) + 1
  const days = holidays.reduce((total, holiday) => total + length(holiday), 0)
  return days > mostHolidays ? [`${days} days of holidays are more than ${mostHolidays}`] : []
}

function holidayFaults(year: number, { from, to, name }: Holiday): string[] {
  const first = parseDay(from)
  const last = parseDay(to)
  if (first === undefined || last === undefined) return [`${name}: ${from} to ${to} are not both days`]
  if (first > last) return [`${name}: ${from} is after ${to}`]
  if (yearOf(first) !== year || yearOf(last) !== year) return [`${name}: ${from} to ${to} is not within ${year}`]
  return []
}

function swapFaults({ year, holidays }: YearOfDays): (swap: Swap) => string[] {
  return ({ off, work }) => {
    const free = parseDay(off)
    const madeUp = parseDay(work)
    if (free === undefined || madeUp === undefined) return [`${off} for ${work} are not both days`]
    if (yearOf(free) !== year) return [`${off} is not within ${year}`]
    if (isWeekend(free)) return [`${off} is a weekend and needs no day in its place`]
    if (holidays.some(({ from, to }) => from <= off && off <= to))
      return [`${off} is a holiday and needs no day in its place`]
    return isWeekend(madeUp) ? [] : [`${work} is a working day already`]
  }
}

export function isWeekend(day: DayNumber): boolean {
  const weekday = weekdayOf(day)
  return weekday === 0 || weekday === 6
}
