import { attentionRows } from '../attention-sources.ts'
import { isLate, toBeSeen } from './delivery-conditions.ts'
import { asksOfReceiver, type DocumentQuestion, marksOf, type TrafficStep } from './question.ts'

/** Puts a value into a statement and names its place there. */
export type Place = (value: unknown) => string

/** Numbers the values of a statement as they are named in it. */
export function placing(): { readonly place: Place; readonly values: unknown[] } {
  const values: unknown[] = []
  return { values, place: value => `$${values.push(value)}` }
}

/** What is asked of a row of `document_search` beyond its keys and its time. */
export function rowConditions(
  question: DocumentQuestion,
  codes: readonly string[] | undefined,
  place: Place,
): string[] {
  const { issuedFrom, issuedTo, fromLevel } = question
  const marks = marksOf(question)
  return [
    'true',
    ...(issuedFrom ? [`search.issued_on >= ${place(issuedFrom)}::date`] : []),
    ...(issuedTo ? [`search.issued_on <= ${place(issuedTo)}::date`] : []),
    ...(fromLevel ? [`${levelOfSender('search.sender')} = ${place(fromLevel)}`] : []),
    ...(marks.length > 0 ? [`search.marks @> ${place(marks)}`] : []),
    ...(codes ? [seenBy(place(codes))] : []),
    ...(asksOfReceiver(question) ? [atReceiver(question, codes, place)] : []),
  ]
}

/** As the picture of the exchange counts it: a sender that the directory does not know is a central one. */
export const levelOfSender = (sender: string): string =>
  `coalesce((select agency.level from agency where agency.code = ${sender}), 'central')`

// Its receiver sees a document once it was made available, as in `findDocument`. By the receivers of the row: to look for
// each of a person's agencies among the deliveries would cost as many look-ups.
const seenBy = (codes: string): string => `
  (search.sender = any(${codes}) or (
     select true
       from unnest(search.receivers) as mine(code)
       join delivery on delivery.document_id = search.document_id and delivery.receiver = mine.code
      where mine.code = any(${codes}) and ${toBeSeen}
      limit 1))`

/** As the delivery stands at this moment, whatever the marks still say. */
function atReceiver(question: DocumentQuestion, codes: readonly string[] | undefined, place: Place): string {
  return `exists (select ${matchingReceivers(question, codes, place)})`
}

/** `from … where …`: one row for each receiver at which all of it is true that is asked, of the document of `search`. */
export function matchingReceivers(
  question: DocumentQuestion,
  codes: readonly string[] | undefined,
  place: Place,
): string {
  const { step, needs } = question
  const mine = codes && place(codes)
  if (step?.name === 'accepted' && !needs) return askedReceivers(question, mine, place)
  const seen = mine ? `(search.sender = any(${mine}) or delivery.receiver = any(${mine}) and ${toBeSeen})` : 'true'
  const conditions = `${seen} and ${receiverConditions(question, place).join(' and ')}`
  if (!needs) return `from delivery where delivery.document_id = search.document_id and ${conditions}`
  const why = needs.why === undefined ? 'true' : `found.why = ${place(needs.why)}`
  return `
  from (${attentionRows(needs.kind)}) as found
  left join delivery on delivery.id = found.delivery_id
 where found.document_id = search.document_id and ${why} and ${conditions}`
}

/** Receivers as they were asked for, whether or not there is a delivery yet. */
function askedReceivers(question: DocumentQuestion, mine: string | undefined, place: Place): string {
  const { toLevel, receiver, ...rest } = question
  const conditions = [
    'asked.document_id = search.document_id and asked.resolved is not null',
    ...(toLevel ? [`asked.level = ${place(toLevel)}`] : []),
    ...(receiver ? [`${place(receiver)} in (asked.resolved, delivery.receiver)`] : []),
    ...(mine ? [`(search.sender = any(${mine}) or asked.resolved = any(${mine}))`] : []),
    ...receiverConditions(rest, place),
  ]
  return `
  from document_receiver as asked
  left join lateral (select *
                       from delivery
                      where delivery.document_id = asked.document_id
                        and asked.resolved in (delivery.receiver, delivery.moved_from)
                      limit 1) as delivery on true
 where ${conditions.join(' and ')}`
}

/** What is asked of one row of `delivery`. */
export function receiverConditions(question: DocumentQuestion, place: Place): string[] {
  const { transport, business, late, receiver, toLevel, step } = question
  return [
    'true',
    ...(transport === undefined ? [] : [`delivery.state = ${place(transport)}`]),
    ...(business === undefined ? [] : [`delivery.business = ${place(business)}`]),
    ...(late ? [isLate] : []),
    ...(receiver ? [`${place(receiver)} in (delivery.receiver, delivery.moved_from)`] : []),
    ...(toLevel ? [`delivery.level = ${place(toLevel)}`] : []),
    ...(step ? [stepCondition(step, place)] : []),
  ]
}

/** When each step was taken, as the job that counts the exchange reads it. */
const stepMoments = {
  accepted: 'search.accepted_at',
  fetched: 'delivery.first_fetched_at',
  acknowledged: "case when delivery.state = 'acknowledged' then delivery.closed_at end",
} as const satisfies Readonly<Record<TrafficStep, string>>

function stepCondition({ name, from, to }: NonNullable<DocumentQuestion['step']>, place: Place): string {
  const at = stepMoments[name]
  return `${at} >= ${place(from)}${to ? ` and ${at} < ${place(to)}` : ''}`
}
