/** A value read, and whether it stood in the form that the standard writes. */
export interface ReadTime {
  /** `yyyy-mm-dd` for a day, RFC 3339 UTC for an instant. */
  readonly value: string
  readonly standardForm: boolean
}

const yearFirst = /^(\d{4})([/-])(\d{2})\2(\d{2})/
const dayFirst = /^(\d{2})\/(\d{2})\/(\d{4})/
const clock = /^ (\d{2}):(\d{2}):(\d{2})$/
const isoClock = /^T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/
const anyClock = /^[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?$/
const vietnamOffset = '+07:00'

interface DayPart {
  readonly day: string
  readonly slashed: boolean
  readonly rest: string
}

/** A date (edXML 5): `yyyy/MM/dd`, also `dd/MM/yyyy`, `yyyy-MM-dd`, any of them followed by a time. */
export function readDay(text: string): ReadTime | undefined {
  const part = dayPart(text)
  if (part === undefined || !(part.rest === '' || anyClock.test(part.rest))) return undefined
  return { value: part.day, standardForm: part.slashed && part.rest === '' }
}

/**
 * A date-time (edXML 5): `yyyy/MM/dd HH:mm:ss`, also with `dd/MM/yyyy`, `yyyy-MM-dd`, or ISO 8601 with a zone. Without a
 * zone it is read as Asia/Ho_Chi_Minh, UTC+7 the whole year.
 */
export function readInstant(text: string): ReadTime | undefined {
  const part = dayPart(text)
  if (part === undefined) return undefined
  const local = clock.exec(part.rest)
  const zoned = isoClock.exec(part.rest)
  const time = local ?? zoned
  if (time === null) return undefined
  const [, hour = '', minute = '', second = '', zone = vietnamOffset] = time
  if (hour > '23' || minute > '59' || second > '59') return undefined
  const instant = new Date(`${part.day}T${hour}:${minute}:${second}${zone}`)
  if (Number.isNaN(instant.getTime())) return undefined
  return { value: `${instant.toISOString().slice(0, 19)}Z`, standardForm: part.slashed && local !== null }
}

const dayMs = 24 * 60 * 60 * 1000
const vietnamOffsetMs = 7 * 60 * 60 * 1000
/** The last day asked for: packets of one day ask for the same one. */
let lastDay = { number: Number.NaN, text: '' }

/** Today in Asia/Ho_Chi_Minh, `yyyy-mm-dd`. */
export function vietnamDay(at: Date): string {
  const number = Math.floor((at.getTime() + vietnamOffsetMs) / dayMs)
  if (number !== lastDay.number) lastDay = { number, text: new Date(number * dayMs).toISOString().slice(0, 10) }
  return lastDay.text
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the day exists in the calendar; `yyyy-mm-dd`. */
export function isCalendarDay(day: string): boolean {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  const date = Number(day.slice(8))
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const last = month === 2 && isLeap ? 29 : (daysOfMonth[month - 1] ?? 0)
  return date >= 1 && date <= last
}

function dayPart(text: string): DayPart | undefined {
  const first = yearFirst.exec(text)
  const last = first === null ? dayFirst.exec(text) : null
  const day = first === null ? joinDay(last?.[3], last?.[2], last?.[1]) : joinDay(first[1], first[3], first[4])
  if (day === undefined || !isCalendarDay(day)) return undefined
  return { day, slashed: first?.[2] === '/', rest: text.slice(10) }
}

function joinDay(year?: string, month?: string, day?: string): string | undefined {
  return year === undefined ? undefined : `${year}-${month}-${day}`
}
