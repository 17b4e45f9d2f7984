import type { Schedule } from '@docaxis/calendar'
import type { DeadlineView } from '@docaxis/store'

/** Where a deadline stands at the moment it was read. */
export interface Standing {
  readonly state: 'open' | 'late' | 'met' | 'met-late' | 'void'
  /** By how much it is or was late, by both clocks; null while it is not. */
  readonly lateMinutes: number | null
  readonly lateWorkingMinutes: number | null
}

const minuteMs = 60_000

/** @param office the schedule of the hours that the deadline was reckoned by */
export function standingOf(deadline: DeadlineView, office: Schedule): Standing {
  const { dueAt, metAt, isVoid, readAt } = deadline
  const until = metAt ?? readAt
  if (until <= dueAt || (isVoid && !metAt)) {
    const state = metAt ? 'met' : isVoid ? 'void' : 'open'
    return { state, lateMinutes: null, lateWorkingMinutes: null }
  }
  return {
    state: metAt ? 'met-late' : 'late',
    lateMinutes: wholeMinutes(until.getTime() - dueAt.getTime()),
    lateWorkingMinutes: wholeMinutes(office.between(dueAt, until)),
  }
}

function wholeMinutes(milliseconds: number): number {
  return Math.floor(milliseconds / minuteMs)
}
