const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Viet Nam keeps UTC+7 all year. */
const hanoiOffsetMs = 7 * hourMs

/** The day in Asia/Ho_Chi_Minh, `yyyy-mm-dd`. */
export function hanoiDay(at: Date): string {
  return new Date(at.getTime() + hanoiOffsetMs).toISOString().slice(0, 10)
}

/**
 * Milliseconds from `from` to `to` that fall on Monday to Friday in Asia/Ho_Chi_Minh.
 *
 * Public holidays count as working days here: the working-day calendar of edXML section 13 is not built yet.
 */
export function workingTimeMs(from: Date, to: Date): number {
  return Math.max(0, workingTimeSinceMonday(to) - workingTimeSinceMonday(from))
}

/** Working time since a Monday at midnight long ago: five days of every seven, then the part of the last week. */
function workingTimeSinceMonday(at: Date): number {
  // 1970-01-05 was a Monday.
  const sinceMonday = at.getTime() + hanoiOffsetMs - 4 * dayMs
  const weeks = Math.floor(sinceMonday / (7 * dayMs))
  const intoWeek = sinceMonday - weeks * 7 * dayMs
  return weeks * 5 * dayMs + Math.min(intoWeek, 5 * dayMs)
}

/** How long a connected system may keep quiet before senders are warned: two working days (edXML section 11). */
export const silenceMs = 2 * dayMs
