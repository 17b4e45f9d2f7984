import { type Deadline, deadlineOf, officesUnder } from '@docaxis/calendar'
import { type Publication, publication } from '@docaxis/events'
import {
  appendDocumentEvents,
  appendOutbox,
  claimDueDeadlines,
  createReceipts,
  type DueDeadline,
  deadlineSubject,
  type NewDocumentEvent,
  type NewReceipt,
  readCalendar,
  storeLooks,
  type Tx,
} from '@docaxis/store'
import type { DeadlineRules } from './deadline-rules.ts'
import { type Judgement, judgeDeadline } from './judge-deadline.ts'

/** A deadline that was looked at, and what was found. */
export interface Looked extends Judgement {
  readonly due: DueDeadline
}

/**
 * Looks at deadlines whose time has come: reminders, misses and escalations become events and history, a miss also
 * evidence for the sender. All in the transaction that moves their rows, so that a watcher that dies, or runs beside
 * another, tells nothing twice and leaves nothing out.
 *
 * @param at the moment as of which is judged, by the database's clock
 */
export async function watchDeadlines(tx: Tx, rules: DeadlineRules, at: Date, limit: number): Promise<Looked[]> {
  const calendar = await readCalendar(tx)
  const claimed = await claimDueDeadlines(tx, { at, revision: calendar.revision, limit })
  const officeOf = officesUnder(calendar.years)
  const looked = claimed.map(due => {
    const { arrivedAt, priority, dueOn, hours, kind } = due
    const arrival = { at: arrivedAt, priority, ...(dueOn !== null && { dueOn }) }
    const deadline = deadlineOf(kind, arrival, officeOf(hours), rules.fetchLimits)
    return { due, ...judgeDeadline(due, deadline ?? nothingOwed, at) }
  })
  await storeLooks(
    tx,
    looked.map(({ look }) => look),
  )
  await createReceipts(tx, looked.flatMap(evidenceOf))
  await appendDocumentEvents(tx, looked.flatMap(historyOf))
  await appendOutbox(
    tx,
    looked.flatMap(one => eventOf(one, at)),
  )
  return looked
}

/** Of a delivery whose document lost what the deadline rested on: no step is left. */
const nothingOwed: Pick<Deadline, 'steps'> = { steps: [] }

/** The law asks for receipt and due date; that an urgent document lies unfetched is an alarm, no evidence. */
function evidenceOf({ due, look }: Looked): NewReceipt[] {
  if (!look.missed || due.kind === 'fetch') return []
  const { deliveryId, documentId, systemId, sender: agencyCode, kind: deadlineKind } = due
  const subjectId = deadlineSubject(deliveryId, deadlineKind)
  return [{ kind: 'missed-deadline', subjectId, systemId, agencyCode, documentId, deliveryId, deadlineKind }]
}

function historyOf({ due, told }: Looked): NewDocumentEvent[] {
  if (!told) return []
  const { documentId, deliveryId, kind, dueAt, unconfirmedYears } = due
  const details = { kind, step: told.name, dueAt: dueAt.toISOString(), unconfirmedYears }
  return [{ documentId, deliveryId, what: 'deadline-reached', details }]
}

function eventOf({ due, told }: Looked, at: Date): Publication[] {
  if (!told) return []
  const { deliveryId, documentId: document, sender, receiver, kind, dueAt, unconfirmedYears, traceparent } = due
  return [
    publication({
      topic: 'docaxis.deadline.reached',
      key: deliveryId,
      id: `${deliveryId}:${kind}:${told.name}`,
      subject: deliveryId,
      time: at,
      ...(traceparent && { traceparent }),
      data: {
        deliveryId,
        document,
        sender,
        receiver,
        kind,
        step: told.name,
        tell: toldOf(due, told.name),
        dueAt: dueAt.toISOString(),
        unconfirmedYears,
      },
    }),
  ]
}

/** A reminder is the receiver's business; a miss concerns both; an escalation goes to whom the receiver answers to. */
function toldOf({ sender, receiver, parent }: DueDeadline, step: NonNullable<Looked['told']>['name']): string[] {
  if (step === 'reminder') return [receiver]
  if (step === 'missed') return [...new Set([receiver, sender])]
  return [...new Set([parent ?? receiver, sender])]
}
