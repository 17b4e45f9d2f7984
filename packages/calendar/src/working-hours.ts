import { minuteMs } from './hanoi-time.ts'

/** A stretch of work, in milliseconds since midnight: from `start` on, up to and without `end`. */
export interface Session {
  readonly start: number
  readonly end: number
}

/** Sessions of the seven days from Sunday on, in order; a day without any is free. */
export interface WorkingHours {
  /** As written: kept with what was computed from it. */
  readonly text: string
  readonly week: readonly (readonly Session[])[]
}

/** Monday to Friday as most offices keep it. */
export const standardHours = '07:30-11:30,13:30-17:00'

const weekdays: readonly string[] = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa']

/**
 * Reads hours such as `07:30-11:30,13:30-17:00` (Monday to Friday) or `Mo-Fr 07:00-11:30,13:30-17:00; Sa 07:30-11:30`.
 * A day named twice keeps what is written last.
 *
 * @throws Error whose message names the part that cannot be read
 */
export function parseWorkingHours(text: string): WorkingHours {
  const week: (readonly Session[])[] = Array.from({ length: 7 }, () => [])
  for (const rule of text.split(';')) {
    const { days, sessions } = parseRule(rule.trim())
    for (const day of days) week[day] = sessions
  }
  return { text, week }
}

const ruleShape = /^(?:([A-Z][a-z])(?:-([A-Z][a-z]))? )?(\S+)$/

function parseRule(rule: string) {
  const [, first, last, hours] = ruleShape.exec(rule) ?? []
  if (hours === undefined) throw new Error(`"${rule}" is not like "Mo-Fr 07:30-11:30,13:30-17:00"`)
  const from = weekdayNamed(first ?? 'Mo')
  const to = weekdayNamed(last ?? first ?? 'Fr')
  const length = ((to - from + 7) % 7) + 1
  return { days: Array.from({ length }, (_, index) => (from + index) % 7), sessions: parseSessions(hours) }
}

function weekdayNamed(name: string): number {
  const day = weekdays.indexOf(name)
  if (day < 0) throw new Error(`"${name}" is none of ${weekdays.join(', ')}`)
  return day
}

function parseSessions(text: string): readonly Session[] {
  let free = 0
  return text.split(',').map(part => {
    const session = parseSession(part)
    if (session.start < free) throw new Error(`"${part}" begins before the hours in front of it end`)
    free = session.end
    return session
  })
}

function parseSession(part: string): Session {
  const [start, end] = part.split('-').map(timeOfDay)
  if (start === undefined || end === undefined || start >= end) {
    throw new Error(`"${part}" is no stretch of a day, such as 07:30-11:30`)
  }
  return { start, end }
}

function timeOfDay(text: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(text) ?? []
  const time = (Number(hours) * 60 + Number(minutes)) * minuteMs
  return time <= 24 * 60 * minuteMs ? time : undefined
}
