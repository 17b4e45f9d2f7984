import { type DayNumber, dayOf, minuteMs, parseDay } from './hanoi-time.ts'
import type { Schedule } from './schedule.ts'

/**
 * What a receiver owes, each with its source in edXML section 13: an urgent document is fetched at once, receipt is told
 * (01 or 03) the same working day, and what has a due date is finished by it. A missing 06 alone is never late.
 */
export type DeadlineKind = 'fetch' | 'acknowledge' | 'finish'

/** How long an urgent document may lie unfetched. */
export interface FetchLimits {
  /** Độ khẩn 1, khẩn: of working time. */
  readonly urgentWorkingMinutes: number
  /** 2, thượng khẩn: round the clock. */
  readonly veryUrgentMinutes: number
  /** 3 and 4, hỏa tốc: round the clock. The hour of hỏa tốc hẹn giờ is not on the wire. */
  readonly mostUrgentMinutes: number
}

/** A document in its receiver's mailbox. */
export interface Arrival {
  readonly at: Date
  /** Độ khẩn, 0–4. */
  readonly priority: number
  /** DueDate of the document, `yyyy-mm-dd`. */
  readonly dueOn?: string
}

export interface Deadline {
  readonly kind: DeadlineKind
  /** Which clock runs: the office's hours, or all hours. */
  readonly clock: 'working' | 'round'
  /** Where that clock starts: what arrives after hours counts from the next working morning. */
  readonly countedFrom: Date
  readonly dueAt: Date
  /** What is told when, in order. */
  readonly steps: readonly DeadlineStep[]
  /** Years that it rests on whose holidays nobody vouches for. */
  readonly unconfirmedYears: readonly number[]
}

export type StepName = 'reminder' | 'missed' | 'escalation-1' | 'escalation-2'

export interface DeadlineStep {
  readonly name: StepName
  readonly at: Date
}

/** In the order in which a deadline takes them; not every one has all. */
export const stepNames: readonly StepName[] = ['reminder', 'missed', 'escalation-1', 'escalation-2']

/** One deadline, or undefined where the arrival has none of that kind. */
export function deadlineOf(
  kind: DeadlineKind,
  arrival: Arrival,
  office: Schedule,
  limits: FetchLimits,
): Deadline | undefined {
  switch (kind) {
    case 'fetch':
      return fetchDeadline(arrival, office, limits)
    case 'acknowledge':
      return acknowledgeDeadline(arrival, office)
    case 'finish':
      return finishDeadline(arrival, office)
  }
}

function fetchDeadline({ at, priority }: Arrival, office: Schedule, limits: FetchLimits): Deadline | undefined {
  if (priority === 0) return undefined
  if (priority === 1) {
    const after = (count: number) => office.add(at, count * limits.urgentWorkingMinutes * minuteMs)
    return workingDeadline('fetch', at, office, after(1), [{ name: 'escalation-1', at: after(2) }])
  }
  const minutes = priority === 2 ? limits.veryUrgentMinutes : limits.mostUrgentMinutes
  const after = (count: number) => new Date(at.getTime() + count * minutes * minuteMs)
  const dueAt = after(1)
  const steps = [{ name: 'missed', at: dueAt } as const, { name: 'escalation-1', at: after(2) } as const]
  return { kind: 'fetch', clock: 'round', countedFrom: at, dueAt, steps, unconfirmedYears: [] }
}

function acknowledgeDeadline({ at }: Arrival, office: Schedule): Deadline {
  const dueAt = office.closesAt(at)
  const day = office.workingDayFrom(dayOf(dueAt), 0)
  const reminder: DeadlineStep = { name: 'reminder', at: day.lastSession }
  return workingDeadline('acknowledge', at, office, dueAt, [reminder, ...escalations(day.day, office)])
}

function finishDeadline({ at, dueOn }: Arrival, office: Schedule): Deadline | undefined {
  const due = dueOn === undefined ? undefined : parseDay(dueOn)
  if (due === undefined) return undefined
  // What arrives when its day is over is due the day it arrives: nobody is late before the first working hour.
  const earliest = Math.max(due, dayOf(office.opensAt(at)))
  const day = office.workingDayFrom(Math.min(earliest, dayOf(at) + longestDays), 0)
  const reminder: DeadlineStep = { name: 'reminder', at: office.workingDayFrom(day.day, -1).opens }
  const deadline = workingDeadline('finish', at, office, day.closes, [reminder, ...escalations(day.day, office)])
  // Working days in between do not count: it rests on the years at its two ends.
  const ends = [office.unconfirmedYears(at, deadline.countedFrom), office.unconfirmedYears(day.opens, day.closes)]
  return { ...deadline, unconfirmedYears: [...new Set(ends.flat())] }
}

/** A century: a due date beyond is a slip of the pen. */
const longestDays = 36_525

/** Told again at the end of the first and of the third working day after. */
function escalations(day: DayNumber, office: Schedule): DeadlineStep[] {
  const endOfDayAfter = (count: number) => office.workingDayFrom(day + 1, count - 1).closes
  return [
    { name: 'escalation-1', at: endOfDayAfter(1) },
    { name: 'escalation-2', at: endOfDayAfter(3) },
  ]
}

function workingDeadline(
  kind: DeadlineKind,
  arrivedAt: Date,
  office: Schedule,
  dueAt: Date,
  around: readonly DeadlineStep[],
): Deadline {
  const countedFrom = office.opensAt(arrivedAt)
  const missed: DeadlineStep = { name: 'missed', at: dueAt }
  return {
    kind,
    clock: 'working',
    countedFrom,
    dueAt,
    steps: [...around.filter(step => step.at > countedFrom), missed].sort(byTime),
    unconfirmedYears: office.unconfirmedYears(arrivedAt, dueAt),
  }
}

function byTime(left: DeadlineStep, right: DeadlineStep): number {
  return left.at.getTime() - right.at.getTime()
}

/**
 * Until when a document of this day is sent in time: the morning of the next working day (QĐ 28/2018, article 6).
 *
 * @param issuedOn PromulgationDate, `yyyy-mm-dd`
 * @returns undefined for what is no day
 */
export function sendBy(issuedOn: string, office: Schedule): Date | undefined {
  const day = parseDay(issuedOn)
  return day === undefined ? undefined : office.workingDayFrom(day + 1, 0).noon
}
