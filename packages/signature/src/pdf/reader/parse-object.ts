import type { PdfFile } from './file.ts'
import type { Lexer } from './lexer.ts'
import { PdfFault } from './limits.ts'
import { parseValue } from './parse-value.ts'
import { isInteger, isKind, type PdfDict, type PdfRef, type PdfValue, type Span } from './values.ts'

/** One object as it stands in the file (ISO 32000-2 section 7.3.10). */
export interface IndirectObject {
  readonly number: number
  readonly generation: number
  readonly value: PdfValue
  /** From its number to past `endobj`. */
  readonly span: Span
}

/** Gives the Length of a stream that names it by reference. */
export type ResolveLength = (ref: PdfRef) => Promise<PdfValue>

/** The object at exactly this offset. @throws PdfFault when none begins there */
export async function parseObjectAt(file: PdfFile, offset: number, resolve: ResolveLength): Promise<IndirectObject> {
  const head = await file.parseAt(offset, parseHead)
  const { number, generation } = head
  if (head.data === undefined || !isKind(head.value, 'dict')) {
    return { number, generation, value: head.value, span: { start: offset, end: head.end } }
  }
  const length = await lengthOf(head.value, resolve)
  const data = { start: head.data, end: head.data + length }
  if (data.end > file.size) throw new PdfFault(`stream at ${offset} ends past the file`)
  const end = await file.parseAt(data.end, parseTail)
  return { number, generation, value: { kind: 'stream', dict: head.value, data }, span: { start: offset, end } }
}

interface Head {
  readonly number: number
  readonly generation: number
  readonly value: PdfValue
  readonly end: number
  /** Where the bytes of the stream begin, if it is one. */
  readonly data?: number
}

function parseHead(lexer: Lexer): Head {
  const number = lexer.integer()
  lexer.skipWhite()
  const generation = lexer.integer()
  lexer.skipWhite()
  lexer.expectWord('obj')
  const value = parseValue(lexer)
  lexer.skipWhite()
  if (isKind(value, 'dict') && lexer.take('stream')) {
    lexer.take('\r')
    lexer.expect('\n')
    return { number, generation, value, end: lexer.offset, data: lexer.offset }
  }
  lexer.expectWord('endobj')
  return { number, generation, value, end: lexer.offset }
}

/** What follows the bytes of a stream; its Length is a lie if this does not. */
function parseTail(lexer: Lexer): number {
  lexer.endOfLine()
  lexer.expectWord('endstream')
  lexer.skipWhite()
  lexer.expectWord('endobj')
  return lexer.offset
}

async function lengthOf(dict: PdfDict, resolve: ResolveLength): Promise<number> {
  const written = dict.entries.get('Length')
  const length = isKind(written, 'ref') ? await resolve(written) : written
  if (!isInteger(length) || length < 0) throw new PdfFault('stream without a length')
  return length
}
