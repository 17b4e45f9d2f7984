import { foldText } from '@docaxis/directory'

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

/** The lexemes of one document, each with a letter for its kind. */
export function searchKeys(facts: SearchFacts): string[] {
  const { codeNumber, codeNotation, documentId, sender, receivers, typeName, priority } = facts
  const number = [codeNumber, codeNotation].filter(Boolean).join('/')
  const subjectKind = facts.internal ? 'x' : 'w'
  const keys = [
    ...wordsOf(facts.subject ?? '').map(word => key(subjectKind, word)),
    ...[number, codeNotation, documentId]
      .filter(text => text !== null)
      .flatMap(wordsOf)
      .map(word => key('w', word)),
    ...[number, codeNotation, documentId].filter(Boolean).map(text => key('n', joined(text ?? ''))),
    key('s', joined(sender)),
    ...receivers.map(receiver => key('r', joined(receiver))),
    ...(typeName ? [key('t', joined(typeName))] : []),
    key('p', String(priority)),
  ]
  return [...new Set(keys)]
}

/** A condition on keys, in the syntax of `tsquery`. */
type Condition = string

const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`
const exactly = (kind: string, text: string): Condition => quoted(key(kind, text))
const beginning = (kind: string, text: string): Condition => `${quoted(key(kind, text))}:*`
const anyOf = (conditions: readonly Condition[]): Condition => `(${conditions.join(' | ')})`
const allOf = (conditions: readonly Condition[]): Condition => `(${conditions.join(' & ')})`

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
}

/**
 * The condition for a question; undefined when it asks for nothing by keys.
 *
 * @param seesInternal whether subjects of internal documents count
 */
export function keyCondition(question: KeyQuestion, seesInternal: boolean): Condition | undefined {
  const { text, number, subject, sender, receiver, typeName, priority } = question
  const subjectKinds = seesInternal ? ['w', 'x'] : ['w']
  const conditions = [
    ...termsOf(text).map((term, index, terms) => termCondition(term, subjectKinds, index === terms.length - 1)),
    ...(number && joined(number) !== '' ? [beginning('n', joined(number))] : []),
    ...(subject ? wordConditions(wordsOf(subject), subjectKinds, true) : []),
    ...(sender ? [exactly('s', joined(sender))] : []),
    ...(receiver ? [exactly('r', joined(receiver))] : []),
    ...(typeName ? [exactly('t', joined(typeName))] : []),
    ...(priority === undefined ? [] : [exactly('p', String(priority))]),
  ]
  return conditions.length === 0 ? undefined : conditions.join(' & ')
}

/** The condition that one of these agencies sent or received it. */
export function partyCondition(codes: readonly string[]): Condition {
  return anyOf(codes.flatMap(code => [exactly('s', joined(code)), exactly('r', joined(code))]))
}

/** More terms than anybody types would only cost. */
const mostTerms = 20

function termsOf(text = ''): string[] {
  return plain(text)
    .split(' ')
    .filter(term => /[\p{L}\p{N}]/u.test(term))
    .slice(0, mostTerms)
}

function termCondition(term: string, subjectKinds: readonly string[], isLast: boolean): Condition {
  const code = joined(term)
  const words = allOf(wordConditions(wordsOf(term), subjectKinds, isLast))
  return anyOf([beginning('n', code), exactly('s', code), exactly('r', code), words])
}

/** Whole words; of the last, which may still be typed, the beginning is enough: each beginning costs many words. */
function wordConditions(words: readonly string[], kinds: readonly string[], isLast: boolean): Condition[] {
  return words.map((word, index) => {
    const match = isLast && index === words.length - 1 ? beginning : exactly
    return anyOf(kinds.map(kind => match(kind, word)))
  })
}
