import { asksOfReceiver, type DocumentQuestion, marksOf } from './question.ts'

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

/** Whether the receiver of a delivery may know of it. */
export const toBeSeen = `
delivery.state not in ('routed', 'held') and delivery.available_at is not null
and (delivery.state <> 'withdrawn' or delivery.fetches > 0)`

/** As the delivery stands at this moment, whatever the marks still say. */
function atReceiver(question: DocumentQuestion, codes: readonly string[] | undefined, place: Place): string {
  const conditions = ['delivery.document_id = search.document_id', ...receiverConditions(question, place)]
  if (codes) {
    const mine = place(codes)
    conditions.push(`(search.sender = any(${mine}) or delivery.receiver = any(${mine}) and ${toBeSeen})`)
  }
  return `exists (select from delivery where ${conditions.join(' and ')})`
}

/** What is asked of one row of `delivery`. */
export function receiverConditions(question: DocumentQuestion, place: Place): string[] {
  const { transport, business, late, receiver, toLevel } = question
  return [
    'true',
    ...(transport === undefined ? [] : [`delivery.state = ${place(transport)}`]),
    ...(business === undefined ? [] : [`delivery.business = ${place(business)}`]),
    ...(late ? [isLate] : []),
    ...(receiver ? [`${place(receiver)} in (delivery.receiver, delivery.moved_from)`] : []),
    ...(toLevel ? [`delivery.level = ${place(toLevel)}`] : []),
  ]
}

/** Its deadline passed and it is still owed, as the first page counts it. */
export const isLate = `
(delivery.state in ('available', 'fetched')
 and exists (select from deadline where deadline.delivery_id = delivery.id and deadline.state = 'missed'))`
