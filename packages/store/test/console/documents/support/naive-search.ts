import { foldText } from '@docaxis/directory'
import type { DocumentQuestion, Scope } from '../../../../src/console/index.ts'
import { agencies, type MadeDelivery, type MadeDocument } from './random-archive.ts'

/** The rules of the list, over an array: each condition as one would say it, no index, no shelf, no bound. */
export function naiveSearch(documents: readonly MadeDocument[], scope: Scope, question: DocumentQuestion): string[] {
  const codes = scope.everything ? undefined : codesOf(scope)
  return documents
    .filter(document => !codes || isSeen(document, codes))
    .filter(document => fits(document, question, codes))
    .toSorted((one, other) => other.acceptedAt.getTime() - one.acceptedAt.getTime())
    .map(({ id }) => id)
}

export function codesOf({ subtrees, systems, localities, groups }: Scope): ReadonlySet<string> {
  const isIn = (code: string): boolean => subtrees.some(root => code === root || code.startsWith(`${root}.`))
  return new Set(
    agencies
      .filter(
        ({ code, parent, locality, groups: own }) =>
          isIn(code) ||
          (parent !== undefined && isIn(parent)) ||
          (systems.includes('two') && ['H01.002', 'Q10'].includes(code)) ||
          localities.includes(locality) ||
          own.some(group => groups.includes(group)),
      )
      .map(({ code }) => code),
  )
}

const knows = ({ state, available, fetches }: MadeDelivery): boolean =>
  state !== 'routed' && state !== 'held' && available && (state !== 'withdrawn' || fetches > 0)

function isSeen({ sender, deliveries }: MadeDocument, codes: ReadonlySet<string>): boolean {
  return codes.has(sender) || deliveries.some(delivery => codes.has(delivery.receiver) && knows(delivery))
}

function fits(document: MadeDocument, question: DocumentQuestion, codes: ReadonlySet<string> | undefined): boolean {
  const { issuedFrom, issuedTo, acceptedFrom, acceptedTo, typeName, priority, sender, receiver, number } = question
  const { fromLevel, text, subject } = question
  const receivers = document.deliveries.map(delivery => delivery.receiver)
  const seesSubject = !document.internal || codes !== undefined
  return (
    (!issuedFrom || document.issuedOn >= issuedFrom) &&
    (!issuedTo || document.issuedOn <= issuedTo) &&
    (!acceptedFrom || document.acceptedAt >= acceptedFrom) &&
    (!acceptedTo || document.acceptedAt < acceptedTo) &&
    (!typeName || foldText(typeName) === foldText(document.typeName)) &&
    (priority === undefined || priority === document.priority) &&
    (!sender || sender === document.sender) &&
    (!receiver || receivers.includes(receiver)) &&
    (!number || `${document.number}/ub-vp`.startsWith(number.toLowerCase())) &&
    (!fromLevel || agencies.find(({ code }) => code === document.sender)?.level === fromLevel) &&
    (!text || hasWords(text, wordsOf(document, seesSubject))) &&
    (!subject || hasWords(subject, wordsOf(document, seesSubject))) &&
    hasReceiver(document, question, codes)
  )
}

function wordsOf({ number, subject }: MadeDocument, seesSubject: boolean): string[] {
  return [...(seesSubject ? foldText(subject).split(' ') : []), number, 'ub', 'vp']
}

/** All of them; of the last the beginning. */
function hasWords(asked: string, words: readonly string[]): boolean {
  const terms = foldText(asked).split(' ')
  return terms.every((term, index) =>
    words.some(word => (index === terms.length - 1 ? word.startsWith(term) : word === term)),
  )
}

/** One receiver for whom all of it is true, and which the person sees. */
function hasReceiver(
  { sender, deliveries }: MadeDocument,
  { transport, business, late, toLevel, receiver }: DocumentQuestion,
  codes: ReadonlySet<string> | undefined,
): boolean {
  if (!transport && !business && !late && !toLevel) return true
  return deliveries.some(
    delivery =>
      (!transport || delivery.state === transport) &&
      (!business || delivery.business === business) &&
      (!late || delivery.late) &&
      (!toLevel || delivery.level === toLevel) &&
      (!receiver || delivery.receiver === receiver) &&
      (!codes || codes.has(sender) || (codes.has(delivery.receiver) && knows(delivery))),
  )
}
