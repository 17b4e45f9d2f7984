import { jsonTokens } from './json-tokens.ts'

/** What may stand next: after `[`, `{`, a comma, a key, a value. */
type Place = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing'

/** Deeper than any directory file. */
const maxDepth = 1_000

/**
 * Line on which a text stops being JSON (RFC 8259): `JSON.parse` tells no place for most faults.
 * Where its tokens stand in order, the fault is taken to be at the end.
 */
export function lineOfJsonFault(text: string): number {
  const open: string[] = []
  let place: Place = 'value'
  for (const { sign, start } of jsonTokens(text)) {
    const next = step(place, open, sign)
    if (next === undefined || open.length > maxDepth) return lineAt(text, start)
    place = next
  }
  return lineAt(text, text.length)
}

/** The place after a token; undefined when it may not stand here. */
function step(place: Place, open: string[], sign: string): Place | undefined {
  switch (sign) {
    case '[':
    case '{':
      if (!place.startsWith('value')) return undefined
      open.push(sign)
      return sign === '[' ? 'value-or-end' : 'key-or-end'
    case ']':
    case '}':
      if (!place.endsWith('-or-end') || open.pop() !== (sign === ']' ? '[' : '{')) return undefined
      return open.length > 0 ? 'comma-or-end' : 'nothing'
    case ',':
      if (place !== 'comma-or-end') return undefined
      return open.at(-1) === '[' ? 'value' : 'key'
    case ':':
      return place === 'colon' ? 'value' : undefined
    case '"':
      if (place.startsWith('key')) return 'colon'
      return place.startsWith('value') ? 'comma-or-end' : undefined
    case '0':
      return place.startsWith('value') ? 'comma-or-end' : undefined
    default:
      return undefined
  }
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
