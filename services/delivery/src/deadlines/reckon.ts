import { deadlineOf, officesUnder, type Schedule } from '@docaxis/calendar'
import {
  claimUnreckoned,
  findOwed,
  hoursKeptBy,
  type LookedAt,
  type OpenDeadlines,
  openDeadlines,
  openReckoned,
  type ReckonedDeadline,
  readCalendar,
  type StoredCalendar,
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

  const { reckoned, nothingOwed } = await reckonAll(tx, unreckoned, { calendar, rules })
  await storeReckoned(tx, reckoned, calendar.revision)
  await storeLooks(tx, nothingOwed.map(asVoid))
  return unreckoned.length
}

/** Opens deadlines reckoned at once: what is new need not be written twice. What cannot be is left to the watcher. */
export function openReckonedBy(rules: DeadlineRules): OpenDeadlines {
  return async (tx, deliveryIds) => {
    const calendar = await readCalendar(tx)
    if (calendar.revision === 0) return openDeadlines(tx, deliveryIds)

    const owed = await findOwed(tx, deliveryIds)
    const { reckoned, nothingOwed } = await reckonAll(tx, owed, { calendar, rules })
    await openReckoned(tx, reckoned, calendar.revision)
    await openDeadlines(
      tx,
      nothingOwed.map(({ deliveryId }) => deliveryId),
    )
  }
}

type Owed = Omit<UnreckonedDeadline, 'step'> & Partial<Pick<UnreckonedDeadline, 'step'>>

interface Reckoning {
  readonly calendar: StoredCalendar
  readonly rules: DeadlineRules
}

async function reckonAll<Row extends Owed>(tx: Tx, rows: readonly Row[], { calendar, rules }: Reckoning) {
  const kept = await hoursKeptBy(
    tx,
    rows.map(({ receiver }) => receiver),
  )
  const officeOf = officesUnder(calendar.years)
  const reckoned: (Row & ReckonedDeadline)[] = []
  const nothingOwed: Row[] = []
  for (const row of rows) {
    const found = reckon(row, officeOf(kept.get(row.receiver) ?? rules.workingHours), rules)
    if (found) reckoned.push(found)
    else nothingOwed.push(row)
  }
  return { reckoned, nothingOwed }
}

/** Of a due date that is none: one row that cannot be reckoned holds up no other. */
function asVoid({ deliveryId, kind, step, arrivedAt }: UnreckonedDeadline): LookedAt {
  return { deliveryId, kind, state: 'void', step, nextAt: null, endedAt: arrivedAt, missed: null }
}

function reckon<Row extends Owed>(row: Row, office: Schedule, rules: DeadlineRules) {
  const { kind, arrivedAt: at, priority, dueOn, step = 0 } = row
  const deadline = deadlineOf(kind, { at, priority, ...(dueOn !== null && { dueOn }) }, office, rules.fetchLimits)
  if (!deadline) return undefined
  const { clock, countedFrom, dueAt, unconfirmedYears, steps } = deadline
  const nextAt = steps.find(candidate => rankOf(candidate) > step)?.at ?? null
  return { ...row, hours: office.hours, clock, countedFrom, dueAt, unconfirmedYears, nextAt }
}
