import { foldText } from '@docaxis/directory'
import { type Level, levels } from '@docaxis/events'
import { spansBetween } from './day-spans.ts'

/** What the keys of one document are made of. */
export interface SearchFacts {
  /** edXML DocumentId. */
  readonly documentId: string
  readonly sender: string
  readonly receivers: readonly string[]
  readonly subject: string | null
  readonly codeNumber: string | null
  readonly codeNotation: string | null
  readonly typeName: string | null
  readonly priority: number
  /** `yyyy-mm-dd` */
  readonly issuedOn: string | null
  /** Levels of the sender and of each receiver, `central.commune`. */
  readonly levels: readonly string[]
  /** For the agencies concerned alone: the staff of the hub do not find it by its subject. */
  readonly internal: boolean
}

/** Longer ones are of no use for searching; PostgreSQL takes lexemes up to 2 KB. */
const longestKey = 100

/** Text as it is searched: also without what is invisible, such as a zero-width space inside a word. */
function plain(text: string): string {
  return foldText(text.replace(/\p{Cf}/gu, ''))
}

export function wordsOf(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** A number, a code, a type as one key: without blanks, so that `7816 / VPCP-TTĐT` and `7816/vpcp-ttdt` are the same. */
function joined(text: string): string {
  return plain(text).replace(/\s+/g, '')
}

const key = (kind: string, text: string): string => `${kind}:${text}`.slice(0, longestKey)

/** The agency at the top of a code: what a whole province sent or received is found by one key. */
const unitOf = (code: string): string => joined(code).split('.')[0] ?? ''

/** The lexemes of one document on its shelf, each with the shelf's number and a letter for its kind. */
export function searchKeys(facts: SearchFacts, shelf: number): string[] {
  const { codeNumber, codeNotation, documentId, sender, receivers, typeName, priority, issuedOn, levels } = facts
  const number = [codeNumber, codeNotation].filter(Boolean).join('/')
  const subjectKind = facts.internal ? 'x' : 'w'
  const keys = [
    ...wordsOf(facts.subject ?? '').map(word => key(subjectKind, word)),
    // Not those of a DocumentId, which nobody else has: each would be an entry of its own, and its beginning is enough.
    ...wordsOf(number).map(word => key('w', word)),
    ...[number, codeNotation, documentId].filter(Boolean).map(text => key('n', joined(text ?? ''))),
    key('s', joined(sender)),
    ...receivers.map(receiver => key('r', joined(receiver))),
    ...[sender, ...receivers].map(code => key('u', unitOf(code))),
    ...(typeName ? [key('t', joined(typeName))] : []),
    key('p', String(priority)),
    ...levels.map(pair => key('l', pair)),
    ...(issuedOn ? [issuedOn, issuedOn.slice(0, 7), issuedOn.slice(0, 4)].map(day => key('d', day)) : []),
  ]
  return [...new Set(keys)].map(text => `${shelf}${text}`)
}

/** A condition on the keys of one shelf, in the syntax of `tsquery`. */
export type KeyCondition = (shelf: number) => string

const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`
const exactly =
  (kind: string, text: string): KeyCondition =>
  shelf =>
    quoted(`${shelf}${key(kind, text)}`)
const beginning =
  (kind: string, text: string): KeyCondition =>
  shelf =>
    `${quoted(`${shelf}${key(kind, text)}`)}:*`
const anyOf =
  (conditions: readonly KeyCondition[]): KeyCondition =>
  shelf =>
    `(${conditions.map(condition => condition(shelf)).join(' | ')})`

/** That all of these hold; undefined when there are none. */
export function allOf(conditions: readonly KeyCondition[]): KeyCondition | undefined {
  if (conditions.length === 0) return undefined
  return shelf => `(${conditions.map(condition => condition(shelf)).join(' & ')})`
}

/** What somebody asks for by keys; each absent one asks for nothing. */
export interface KeyQuestion {
  /** Words, a number/notation, a code: each must be found; of the last word the beginning is enough. */
  readonly text?: string
  /** Number and notation, or its beginning. */
  readonly number?: string
  readonly subject?: string
  readonly sender?: string
  readonly receiver?: string
  readonly typeName?: string
  readonly priority?: number
  /** Of the sender, and of one of its receivers. */
  readonly fromLevel?: Level
  readonly toLevel?: Level
}

/**
 * The conditions of a question; none when it asks for nothing by keys.
 *
 * @param seesInternal whether subjects of internal documents count
 */
export function keyConditions(question: KeyQuestion, seesInternal: boolean): KeyCondition[] {
  const { text, number, subject, sender, receiver, typeName, priority, fromLevel, toLevel } = question
  const subjectKinds = seesInternal ? ['w', 'x'] : ['w']
  return [
    ...termsOf(text).map((term, index, terms) => termCondition(term, subjectKinds, index === terms.length - 1)),
    ...(number && joined(number) !== '' ? [beginning('n', joined(number))] : []),
    ...(subject ? wordConditions(wordsOf(subject), subjectKinds, true) : []),
    ...(sender ? [exactly('s', joined(sender))] : []),
    ...(receiver ? [exactly('r', joined(receiver))] : []),
    ...(typeName ? [exactly('t', joined(typeName))] : []),
    ...(priority === undefined ? [] : [exactly('p', String(priority))]),
    ...(fromLevel || toLevel ? [levelCondition(fromLevel, toLevel)] : []),
  ]
}

function levelCondition(from: Level | undefined, to: Level | undefined): KeyCondition {
  const pairs = (from ? [from] : levels).flatMap(one => (to ? [to] : levels).map(other => `${one}.${other}`))
  return anyOf(pairs.map(pair => exactly('l', pair)))
}

/** More keys than these would cost more than they save. */
const mostPartyKeys = 20

/**
 * What a document of one of these agencies at least bears: its code, or where they are many the unit at its top.
 * Undefined where even these are many.
 */
export function partyCondition(codes: readonly string[]): KeyCondition | undefined {
  if (codes.length <= mostPartyKeys) {
    return anyOf(codes.flatMap(code => [exactly('s', joined(code)), exactly('r', joined(code))]))
  }
  const units = [...new Set(codes.map(unitOf))]
  return units.length <= mostPartyKeys ? anyOf(units.map(unit => exactly('u', unit))) : undefined
}

/** One of the days from one to another, `yyyy-mm-dd`, both included; undefined when there are none between. */
export function dayCondition(from: string, to: string): KeyCondition | undefined {
  const spans = spansBetween(from, to)
  return spans.length === 0 ? undefined : anyOf(spans.map(span => exactly('d', span)))
}

/** More terms than anybody types would only cost. */
const mostTerms = 20

function termsOf(text = ''): string[] {
  return plain(text)
    .split(' ')
    .filter(term => /[\p{L}\p{N}]/u.test(term))
    .slice(0, mostTerms)
}

function termCondition(term: string, subjectKinds: readonly string[], isLast: boolean): KeyCondition {
  const code = joined(term)
  const words = allOf(wordConditions(wordsOf(term), subjectKinds, isLast))
  return anyOf([beginning('n', code), exactly('s', code), exactly('r', code), ...(words ? [words] : [])])
}

/** Whole words; of the last, which may still be typed, the beginning is enough: each beginning costs many words. */
function wordConditions(words: readonly string[], kinds: readonly string[], isLast: boolean): KeyCondition[] {
  return words.map((word, index) => {
    const match = isLast && index === words.length - 1 ? beginning : exactly
    return anyOf(kinds.map(kind => match(kind, word)))
  })
}
