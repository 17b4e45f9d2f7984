/** A day of the calendar as the interface has it, `2026-11-21`. */
export type Day = string

const parted = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/
/** The keyboard of a phone that shows figures has no stroke. */
const figures = /^(\d{2})(\d{2})(\d{4})$/
const ofMachines = /^(\d{4})-(\d{2})-(\d{2})$/

/** What somebody wrote, day first, as a day; undefined where there is no such day. */
export function parseDay(text: string): Day | undefined {
  const written = text.trim()
  const machine = ofMachines.exec(written)
  const people = parted.exec(written) ?? figures.exec(written)
  const parts = machine ? machine.slice(1) : people?.slice(1).reverse()
  if (!parts) return undefined
  const day = parts.map(part => part.padStart(2, '0')).join('-')
  return isInCalendar(day) ? day : undefined
}

/** The thirtieth of February is written well and yet no day. */
function isInCalendar(day: Day): boolean {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}
