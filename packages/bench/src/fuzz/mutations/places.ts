import { below, pick, type Random } from '../../random.ts'

/** Where something is put into a document. Found by a glance at the text, so now and then it is inside a comment. */
export type Place = (random: Random, text: string) => number

/** After the name in a start tag. */
export const inStartTag: Place = (random, text) => afterMatch(random, text, /<[^\s<>/!?="'&]+/g)

/** After a tag or what ends like one: in content, or before or after the root. */
export const inContent: Place = (random, text) => afterMatch(random, text, />/g)

/** Within text that is more than white space. */
export const inText: Place = (random, text) => withinMatch(random, text, />[^<>]*[^<>\s][^<>]*</g)

/** Within the value of an attribute. */
export const inValue: Place = (random, text) => withinMatch(random, text, /="[^"]*"|='[^']*'/g, 1)

export const anywhere: Place = (random, text) => below(random, text.length + 1)

/** Between the XML declaration and the root. */
export const beforeRoot: Place = (_random, text) => /^\ufeff?(?:<\?xml[^>]*\?>)?/.exec(text)?.[0].length ?? 0

export const atEnd: Place = (_random, text) => text.length

export function insertAt(text: string, at: number, what: string): string {
  return text.slice(0, at) + what + text.slice(at)
}

export function insert(random: Random, text: string, place: Place, what: string): string {
  return insertAt(text, place(random, text), what)
}

/** One match of the pattern replaced; the text as it was when there is none. */
export function replaceOne(random: Random, text: string, pattern: RegExp, by: (match: string) => string): string {
  const matches = Array.from(text.matchAll(pattern))
  if (matches.length === 0) return text
  const { 0: found, index } = pick(random, matches)
  return text.slice(0, index) + by(found) + text.slice(index + found.length)
}

function afterMatch(random: Random, text: string, pattern: RegExp): number {
  const matches = Array.from(text.matchAll(pattern))
  if (matches.length === 0) return below(random, text.length + 1)
  const { 0: found, index } = pick(random, matches)
  return index + found.length
}

/** Past the match's first character and at most up to its last; one more at the start with `offset` 1. */
function withinMatch(random: Random, text: string, pattern: RegExp, offset = 0): number {
  const matches = Array.from(text.matchAll(pattern))
  if (matches.length === 0) return below(random, text.length + 1)
  const { 0: found, index } = pick(random, matches)
  return index + 1 + offset + below(random, found.length - 1 - offset)
}
