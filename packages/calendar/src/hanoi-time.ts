export const minuteMs = 60_000
export const dayMs = 24 * 60 * minuteMs

/** Viet Nam keeps UTC+7 all year and knows no summer time: days there are counted, never asked of the process. */
const hanoiOffsetMs = 7 * 60 * minuteMs

/** A day in Asia/Ho_Chi_Minh, counted from 1970-01-01. */
export type DayNumber = number

export function dayOf(at: Date): DayNumber {
  return Math.floor((at.getTime() + hanoiOffsetMs) / dayMs)
}

/** Milliseconds since the epoch at which the day begins. */
export function startOfDay(day: DayNumber): number {
  return day * dayMs - hanoiOffsetMs
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: DayNumber): number {
  // 1970-01-01 was a Thursday.
  return (((day + 4) % 7) + 7) % 7
}

export function yearOf(day: DayNumber): number {
  return new Date(day * dayMs).getUTCFullYear()
}

/** `yyyy-mm-dd`. */
export function dayText(day: DayNumber): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/**
 * @param text `yyyy-mm-dd`
 * @returns undefined for what is no day of the calendar, such as 2026-02-30
 */
export function parseDay(text: string): DayNumber | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const day = Date.parse(`${text}T00:00:00Z`) / dayMs
  return Number.isInteger(day) && dayText(day) === text ? day : undefined
}
