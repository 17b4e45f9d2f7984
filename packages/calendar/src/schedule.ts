import { type DayNumber, dayOf, startOfDay, yearOf } from './hanoi-time.ts'
import type { WorkingDays } from './working-days.ts'
import type { Session, WorkingHours } from './working-hours.ts'

/** When one office works, in Asia/Ho_Chi_Minh whatever the zone of the process. */
export interface Schedule {
  /** Its working hours as written. */
  readonly hours: string
  /** `at` itself while the office is open, else the moment it next opens. */
  opensAt(at: Date): Date
  /** End of the working day that `opensAt(at)` lies in. */
  closesAt(at: Date): Date
  /** The moment by which so much working time has passed; never in a closed hour, at most at its very beginning. */
  add(at: Date, workingMs: number): Date
  /** Working time between two moments, in milliseconds; 0 when `to` is not after `from`. */
  between(from: Date, to: Date): number
  /** Undefined on a day off. */
  dayAt(day: DayNumber): WorkingDay | undefined
  /** The working day so many after `day` (before it: negative); 0 gives `day`, or the next one when it is off. */
  workingDayFrom(day: DayNumber, count: number): WorkingDay
  /** Years among these days whose holidays nobody vouches for, in order. */
  unconfirmedYears(from: Date, to: Date): number[]
}

export interface WorkingDay {
  readonly day: DayNumber
  readonly opens: Date
  /** End of the first session: of the morning. */
  readonly noon: Date
  readonly lastSession: Date
  readonly closes: Date
}

/** More days off in a row than any office has: the hours or the holidays are wrong. */
const longestBreakDays = 366

export function schedule(days: WorkingDays, hours: WorkingHours): Schedule {
  function sessionsOn(day: DayNumber): readonly Session[] {
    const weekday = days.weekdayWorked(day)
    return (weekday === undefined ? undefined : hours.week[weekday]) ?? []
  }

  function dayAt(day: DayNumber): WorkingDay | undefined {
    const sessions = sessionsOn(day)
    const first = sessions[0]
    const last = sessions.at(-1)
    if (!first || !last) return undefined
    const midnight = startOfDay(day)
    return {
      day,
      opens: new Date(midnight + first.start),
      noon: new Date(midnight + first.end),
      lastSession: new Date(midnight + last.start),
      closes: new Date(midnight + last.end),
    }
  }

  function nextWorkingDay(from: DayNumber, step: 1 | -1): WorkingDay {
    for (let count = 0; count <= longestBreakDays; count++) {
      const found = dayAt(from + step * count)
      if (found) return found
    }
    throw new RangeError(`no working day within ${longestBreakDays} days: "${hours.text}"`)
  }

  function workingDayFrom(day: DayNumber, count: number): WorkingDay {
    const step = count < 0 ? -1 : 1
    let found = count < 0 ? nextWorkingDay(day - 1, step) : nextWorkingDay(day, step)
    for (let left = count < 0 ? -count - 1 : count; left > 0; left--) found = nextWorkingDay(found.day + step, step)
    return found
  }

  function add(at: Date, workingMs: number): Date {
    let left = workingMs
    for (let { day } = nextWorkingDay(dayOf(at), 1); ; day = nextWorkingDay(day + 1, 1).day) {
      for (const { start, end } of sessionsOn(day)) {
        const closes = startOfDay(day) + end
        if (at.getTime() > closes) continue
        const from = Math.max(startOfDay(day) + start, at.getTime())
        if (left <= closes - from) return new Date(from + left)
        left -= closes - from
      }
    }
  }

  function opensAt(at: Date): Date {
    const midnight = startOfDay(dayOf(at))
    const now = at.getTime()
    const session = sessionsOn(dayOf(at)).find(({ end }) => now < midnight + end)
    if (session) return new Date(Math.max(midnight + session.start, now))
    return nextWorkingDay(dayOf(at) + 1, 1).opens
  }

  return {
    hours: hours.text,
    opensAt,
    closesAt: at => nextWorkingDay(dayOf(opensAt(at)), 1).closes,
    add,
    between(from, to) {
      let total = 0
      for (let day = dayOf(from); day <= dayOf(to); day++) {
        for (const { start, end } of sessionsOn(day)) {
          const begins = Math.max(startOfDay(day) + start, from.getTime())
          const ends = Math.min(startOfDay(day) + end, to.getTime())
          total += Math.max(0, ends - begins)
        }
      }
      return total
    },
    dayAt,
    workingDayFrom,
    unconfirmedYears(from, to) {
      const first = yearOf(dayOf(from))
      const years = Array.from({ length: yearOf(dayOf(to)) - first + 1 }, (_, index) => first + index)
      return years.filter(year => !days.isConfirmed(year))
    },
  }
}
