import { deadlineOf, officesUnder, type Schedule } from '@docaxis/calendar'
import {
  claimUnreckoned,
  findOwed,
  hoursKeptBy,
  type LookedAt,
  type OpenDeadlines,
  type OwedDeadlines,
  openDeadlines,
  openReckoned,
  type ReckonedDeadline,
  type Reckoning,
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

  const office = await officesOf(
    tx,
    unreckoned.map(({ receiver }) => receiver),
    { calendar, rules },
  )
  const reckoned: ReckonedDeadline[] = []
  const nothingOwed: UnreckonedDeadline[] = []
  for (const row of unreckoned) {
    const reckoning = reckon(row, office(row.receiver), rules)
    if (reckoning) reckoned.push({ ...row, ...reckoning })
    else nothingOwed.push(row)
  }
  await storeReckoned(tx, reckoned, calendar.revision)
  await storeLooks(tx, nothingOwed.map(asVoid))
  return unreckoned.length
}

/**
 * Opens deadlines reckoned at once: what is new need not be written twice. What cannot be is left to the watcher.
 * Receivers of one document that keep the same hours owe the same: it is reckoned once for all of them.
 */
export function openReckonedBy(rules: DeadlineRules): OpenDeadlines {
  return async (tx, deliveryIds) => {
    const calendar = await readCalendar(tx)
    if (calendar.revision === 0) return openDeadlines(tx, deliveryIds)

    const owed = await findOwed(tx, deliveryIds)
    const receivers = new Set(owed.flatMap(({ deliveries }) => deliveries.map(({ receiver }) => receiver)))
    const office = await officesOf(tx, [...receivers], { calendar, rules })
    const reckoned: (OwedDeadlines & Reckoning)[] = []
    const nothingOwed: OwedDeadlines[] = []
    for (const share of owed.flatMap(all => sharesByOffice(all, office))) {
      const reckoning = reckon(share, share.office, rules)
      if (reckoning) reckoned.push({ ...share, ...reckoning })
      else nothingOwed.push(share)
    }
    await openReckoned(tx, reckoned, calendar.revision)
    await openDeadlines(
      tx,
      nothingOwed.flatMap(({ deliveries }) => deliveries.map(({ id }) => id)),
    )
  }
}

function sharesByOffice(all: OwedDeadlines, officeOf: (agency: string) => Schedule) {
  const byOffice = Map.groupBy(all.deliveries, ({ receiver }) => officeOf(receiver))
  return [...byOffice].map(([office, deliveries]) => ({ ...all, deliveries, office }))
}

interface RulesOfTheDay {
  readonly calendar: StoredCalendar
  readonly rules: DeadlineRules
}

/** The working hours that each of these agencies keeps; of two with the same hours the same object. */
async function officesOf(
  tx: Tx,
  agencies: readonly string[],
  { calendar, rules }: RulesOfTheDay,
): Promise<(agency: string) => Schedule> {
  const kept = await hoursKeptBy(tx, agencies)
  const officeOf = officesUnder(calendar.years)
  return agency => officeOf(kept.get(agency) ?? rules.workingHours)
}

/** Of a due date that is none: one row that cannot be reckoned holds up no other. */
function asVoid({ deliveryId, kind, step, arrivedAt }: UnreckonedDeadline): LookedAt {
  return { deliveryId, kind, state: 'void', step, nextAt: null, endedAt: arrivedAt, missed: null }
}

type Owed = Pick<UnreckonedDeadline, 'kind' | 'arrivedAt' | 'priority' | 'dueOn'> & { readonly step?: number }

function reckon(owed: Owed, office: Schedule, rules: DeadlineRules): Reckoning | undefined {
  const { kind, arrivedAt: at, priority, dueOn, step = 0 } = owed
  const deadline = deadlineOf(kind, { at, priority, ...(dueOn !== null && { dueOn }) }, office, rules.fetchLimits)
  if (!deadline) return undefined
  const { clock, countedFrom, dueAt, unconfirmedYears, steps } = deadline
  const nextAt = steps.find(candidate => rankOf(candidate) > step)?.at ?? null
  return { hours: office.hours, clock, countedFrom, dueAt, unconfirmedYears, nextAt }
}
