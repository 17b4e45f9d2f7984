/**
 * One token of a JSON text. `sign` is the sign itself, `"` for a text, `0` for any other single value, empty for what
 * is no JSON.
 */
export interface JsonToken {
  readonly sign: string
  readonly start: number
  /** Index after its last character. */
  readonly end: number
}

const nextToken = /[^\s]/g
const nextEndOfWord = /[\s[\]{}:,"]|$/g

/**
 * Tokens in order of the text, the first wrong one last. Texts are leapt over from quote to quote: a regular expression
 * for a whole text runs out of stack on one of some million characters.
 */
export function* jsonTokens(text: string): Generator<JsonToken> {
  let end = 0
  for (;;) {
    const start = search(text, nextToken, end)
    if (start === undefined) return
    const sign = text.charAt(start)
    if ('[]{}:,'.includes(sign)) {
      end = start + 1
      yield { sign, start, end }
      continue
    }
    end = sign === '"' ? endOfText(text, start) : (search(text, nextEndOfWord, start + 1) ?? text.length)
    const value = valueSign(text.slice(start, end))
    yield { sign: value, start, end }
    if (value === '') return
  }
}

function search(text: string, pattern: RegExp, from: number): number | undefined {
  pattern.lastIndex = from
  return pattern.exec(text)?.index
}

/** Index after the closing quote; the end of all where there is none. */
function endOfText(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let first = quote
    while (text.charAt(first - 1) === '\\') first -= 1
    if ((quote - first) % 2 === 0) return quote + 1
  }
  return text.length
}

function valueSign(value: string): string {
  if (value.startsWith('"')) return value.length > 1 && value.endsWith('"') && !/\p{Cc}/u.test(value) ? '"' : ''
  return /^(-?\d[\d.eE+-]*|true|false|null)$/.test(value) ? '0' : ''
}
