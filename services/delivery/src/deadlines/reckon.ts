import { deadlineOf, officesUnder, type Schedule } from '@docaxis/calendar'
import {
  claimUnreckoned,
  hoursKeptBy,
  type LookedAt,
  readCalendar,
  storeLooks,
  storeReckoned,
  type Tx,
  type UnreckonedDeadline,
} from '@docaxis/store'
import type { DeadlineRules } from './deadline-rules.ts'
import { rankOf } from './judge-deadline.ts'

/**
 * Reckons by when new deadlines are due, and open ones again after a change of the calendar.
 *
 * @returns how many were reckoned; nothing is while the database has no calendar
 */
export async function reckonDeadlines(tx: Tx, rules: DeadlineRules, limit: number): Promise<number> {
  const calendar = await readCalendar(tx)
  const unreckoned = await claimUnreckoned(tx, { revision: calendar.revision, limit })
  if (unreckoned.length === 0) return 0

  const kept = await hoursKeptBy(
    tx,
    unreckoned.map(({ receiver }) => receiver),
  )
  const officeOf = officesUnder(calendar.years)
  const reckoned = unreckoned.map(row => reckon(row, officeOf(kept.get(row.receiver) ?? rules.workingHours), rules))
  await storeReckoned(
    tx,
    reckoned.filter(deadline => deadline !== undefined),
    calendar.revision,
  )
  await storeLooks(tx, unreckoned.filter((_, index) => !reckoned[index]).map(nothingOwed))
  return unreckoned.length
}

/** Of a due date that is none: one row that cannot be reckoned holds up no other. */
function nothingOwed({ deliveryId, kind, step, arrivedAt }: UnreckonedDeadline): LookedAt {
  return { deliveryId, kind, state: 'void', step, nextAt: null, endedAt: arrivedAt, missed: null }
}

function reckon(row: UnreckonedDeadline, office: Schedule, rules: DeadlineRules) {
  const { deliveryId, kind, arrivedAt: at, priority, dueOn, step } = row
  const deadline = deadlineOf(kind, { at, priority, ...(dueOn !== null && { dueOn }) }, office, rules.fetchLimits)
  if (!deadline) return undefined
  const { clock, countedFrom, dueAt, unconfirmedYears, steps } = deadline
  const nextAt = steps.find(candidate => rankOf(candidate) > step)?.at ?? null
  return { deliveryId, kind, hours: office.hours, clock, countedFrom, dueAt, unconfirmedYears, nextAt }
}
