import { shippedYears } from '@docaxis/calendar'
import {
  type Database,
  deadlinesOfDeliveries,
  insertDeliveries,
  newHubId,
  releaseDeliveries,
  seedCalendar,
} from '@docaxis/store'
import { acceptDocument, type DocumentWish } from '@docaxis/testkit'
import type { DeadlineRules } from '../../src/deadlines/deadline-rules.ts'
import { reckonDeadlines } from '../../src/deadlines/reckon.ts'
import { watchDeadlines } from '../../src/deadlines/watch.ts'

export const rules: DeadlineRules = {
  workingHours: '07:30-11:30,13:30-17:00',
  fetchLimits: { urgentWorkingMinutes: 120, veryUrgentMinutes: 30, mostUrgentMinutes: 15 },
}

/** An instant as a clock in Ha Noi shows it: `2025-04-29 16:30`. */
export function hanoi(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}:00+07:00`)
}

/** Agencies H99 > H99.32 > H99.32.05, and the calendar that the release ships. */
export async function prepare(database: Database): Promise<void> {
  await database.query(
    `insert into agency (code, name, kind, level, parent, search)
     values ('H99', 'Tỉnh', 'agency', 'province', null, ''), ('H99.32', 'Huyện', 'agency', 'district', 'H99', ''),
            ('H99.32.05', 'Xã', 'agency', 'commune', 'H99.32', '')`,
  )
  await database.transaction(tx => seedCalendar(tx, shippedYears))
}

export interface ArrivalWish extends DocumentWish {
  /** When it came into the mailbox, as `hanoi` reads it. */
  readonly at: string
}

/** A document in the mailbox of H99.32.05 since `at`. Returns the id of its delivery. */
export async function arrive(database: Database, { at, ...wish }: ArrivalWish): Promise<string> {
  const documentId = await acceptDocument(database, wish)
  const id = newHubId()
  const place = { receiver: 'H99.32.05', receiverWritten: 'H99.32.05', level: 'commune' } as const
  await database.transaction(async tx => {
    await insertDeliveries(tx, [{ id, documentId, kind: 'document', priority: wish.priority ?? 0, ...place }])
    await releaseDeliveries(tx, [id])
    await tx.query('update deadline set arrived_at = $2 where delivery_id = $1', [id, hanoi(at)])
  })
  return id
}

export function reckon(database: Database): Promise<number> {
  return database.transaction(tx => reckonDeadlines(tx, rules, 100))
}

/** Looks as of `at`. Returns what was told, as `kind step`. */
export async function watch(database: Database, at: string, limit = 100): Promise<string[]> {
  const looked = await database.transaction(tx => watchDeadlines(tx, rules, hanoi(at), limit))
  return looked.flatMap(({ due, told }) => (told ? [`${due.kind} ${told.name}`] : []))
}

/** A report of the receiver, received at `at`. */
export async function report(database: Database, deliveryId: string, code: string, at: string): Promise<void> {
  await database.query(
    `insert into business_report (delivery_id, code, reporter, system_id, via, received_at)
     values ($1, $2, 'H99.32.05', 'h99', 'json', $3)`,
    [deliveryId, code, hanoi(at)],
  )
  await database.query('update delivery set business = $2, business_furthest = $2 where id = $1', [deliveryId, code])
}

/** By when the delivery owes what. */
export async function dueTimes(database: Database, deliveryId: string): Promise<Record<string, Date>> {
  const deadlines = await deadlinesOfDeliveries(database, [deliveryId])
  return Object.fromEntries(deadlines.map(({ kind, dueAt }) => [kind, dueAt]))
}
