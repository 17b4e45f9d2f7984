import type { Lexer } from './lexer.ts'
import { limits, PdfFault } from './limits.ts'
import { parseHexString, parseLiteralString } from './parse-string.ts'
import type { PdfDict, PdfValue, Span } from './values.ts'

/**
 * Reads one value (ISO 32000-2 section 7.3). A dictionary that names a key twice is refused: readers differ in which of
 * the two they take.
 */
export function parseValue(lexer: Lexer, depth = 0): PdfValue {
  if (depth > limits.nesting) throw new PdfFault(`values nested more than ${limits.nesting} deep`)
  lexer.skipWhite()
  switch (lexer.peek()) {
    case 0x2f:
      return { kind: 'name', name: parseName(lexer) }
    case 0x28:
      return { kind: 'string', bytes: parseLiteralString(lexer) }
    case 0x5b:
      return parseArray(lexer, depth)
    case 0x3c:
      return lexer.peek(1) === 0x3c ? parseDict(lexer, depth) : { kind: 'string', bytes: parseHexString(lexer) }
    default:
      return parseWord(lexer)
  }
}

function parseName(lexer: Lexer): string {
  lexer.expect('/')
  const written = lexer.word()
  return written.includes('#')
    ? written.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : written
}

function parseArray(lexer: Lexer, depth: number): PdfValue {
  lexer.expect('[')
  const items: PdfValue[] = []
  for (;;) {
    lexer.skipWhite()
    if (lexer.take(']')) return { kind: 'array', items }
    items.push(parseValue(lexer, depth + 1))
  }
}

function parseDict(lexer: Lexer, depth: number): PdfDict {
  lexer.expect('<<')
  const entries = new Map<string, PdfValue>()
  const spans = new Map<string, Span>()
  for (;;) {
    lexer.skipWhite()
    if (lexer.take('>>')) return { kind: 'dict', entries, spans }
    const key = parseName(lexer)
    if (entries.has(key)) throw new PdfFault(`key ${key} twice in a dictionary before ${lexer.offset}`)
    lexer.skipWhite()
    const start = lexer.offset
    entries.set(key, parseValue(lexer, depth + 1))
    spans.set(key, { start, end: lexer.offset })
  }
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)$/

function parseWord(lexer: Lexer): PdfValue {
  const start = lexer.offset
  const word = lexer.word()
  if (word === 'null') return null
  if (word === 'true') return true
  if (word === 'false') return false
  if (!number.test(word)) throw new PdfFault(`no value at ${start}`)
  return (/^\d{1,10}$/.test(word) && parseRef(lexer, Number(word))) || Number(word)
}

/** `12 0 R`; anything else is left where it stands. */
function parseRef(lexer: Lexer, object: number): PdfValue | undefined {
  const before = lexer.at
  lexer.skipWhite()
  const generation = lexer.word()
  if (/^\d{1,5}$/.test(generation)) {
    lexer.skipWhite()
    if (lexer.word() === 'R') return { kind: 'ref', number: object, generation: Number(generation) }
  }
  lexer.at = before
  return undefined
}
