import type { PdfFile } from './file.ts'
import type { Lexer } from './lexer.ts'
import { limits, PdfFault } from './limits.ts'
import { parseObjectAt } from './parse-object.ts'
import { parseValue } from './parse-value.ts'
import { unpack } from './unpack.ts'
import { isInteger, isKind, nameOf, type PdfDict, type PdfValue } from './values.ts'

/** Where an object is, as one cross-reference section says. */
export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'in-stream'; readonly stream: number; readonly index: number }

/** One cross-reference table with its trailer, or one cross-reference stream (ISO 32000-2 sections 7.5.4, 7.5.8). */
export interface XrefSection {
  readonly offset: number
  readonly entries: ReadonlyMap<number, XrefEntry>
  readonly trailer: PdfDict
  /** Past its trailer, or past `endobj`. */
  readonly end: number
}

const entryCost = 32

export async function readSection(file: PdfFile, offset: number): Promise<XrefSection> {
  const isTable = await file.parseAt(offset, lexer => {
    // Writers of updates count a line end too few; what follows is the same for every reader.
    lexer.skipWhite()
    return lexer.take('xref')
  })
  const section = isTable ? await readTable(file, offset) : await readXrefStream(file, offset)
  const size = section.trailer.entries.get('Size')
  if (!isInteger(size) || size < 0 || size > limits.objects)
    throw new PdfFault(`size of the cross-reference at ${offset}`)
  if (section.trailer.entries.has('Encrypt')) throw new PdfFault('the file is encrypted')
  file.budget.spend(section.entries.size * entryCost)
  for (const number of section.entries.keys()) {
    if (number >= size) throw new PdfFault(`object ${number} in a cross-reference of size ${size}`)
  }
  return section
}

async function readTable(file: PdfFile, offset: number): Promise<XrefSection> {
  const { entries, trailer, end } = await file.parseAt(offset, parseTable)
  const hybrid = trailer.entries.get('XRefStm')
  if (hybrid === undefined) return { offset, entries, trailer, end }
  if (!isInteger(hybrid)) throw new PdfFault('XRefStm is no offset')
  const hidden = await readXrefStream(file, hybrid)
  return { offset, entries: withHidden(entries, hidden.entries), trailer, end }
}

/** Hybrid files: what old readers take for free may stand in a stream. Two places for one object are refused. */
function withHidden(
  table: ReadonlyMap<number, XrefEntry>,
  hidden: ReadonlyMap<number, XrefEntry>,
): ReadonlyMap<number, XrefEntry> {
  const all = new Map(table)
  for (const [number, entry] of hidden) {
    const known = table.get(number)
    if (known && known.kind !== 'free') throw new PdfFault(`object ${number} twice in a hybrid cross-reference`)
    all.set(number, entry)
  }
  return all
}

const entryBytes = 20
const entryForm = /^(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)$/

function parseTable(lexer: Lexer): Omit<XrefSection, 'offset'> {
  lexer.skipWhite()
  lexer.expectWord('xref')
  const entries = new Map<number, XrefEntry>()
  for (;;) {
    lexer.skipWhite()
    if (lexer.take('trailer')) break
    parseSubsection(lexer, entries)
  }
  const trailer = parseValue(lexer)
  if (!isKind(trailer, 'dict')) throw new PdfFault('trailer is no dictionary')
  return { entries, trailer, end: lexer.offset }
}

function parseSubsection(lexer: Lexer, entries: Map<number, XrefEntry>): void {
  const first = lexer.integer()
  lexer.expect(' ')
  const count = lexer.integer()
  if (first + count > limits.objects) throw new PdfFault(`cross-reference to object ${first + count}`)
  while (lexer.peek() === 0x20) lexer.at += 1
  lexer.endOfLine()
  if (count > 0) lexer.peek(count * entryBytes - 1)
  for (let number = first; number < first + count; number += 1) {
    const line = lexer.bytes.toString('latin1', lexer.at, lexer.at + entryBytes)
    lexer.at += entryBytes
    const [, offset, generation, use] = entryForm.exec(line) ?? []
    if (use === undefined) throw new PdfFault(`cross-reference entry of object ${number}`)
    addEntry(
      entries,
      number,
      use === 'f' ? free : { kind: 'at', offset: Number(offset), generation: Number(generation) },
    )
  }
}

const free: XrefEntry = { kind: 'free' }

function addEntry(entries: Map<number, XrefEntry>, number: number, entry: XrefEntry): void {
  if (entries.has(number)) throw new PdfFault(`object ${number} twice in one cross-reference`)
  entries.set(number, entry)
}

async function readXrefStream(file: PdfFile, offset: number): Promise<XrefSection> {
  const noReference = () => Promise.reject(new PdfFault('cross-reference stream whose length is elsewhere'))
  const { value, span } = await parseObjectAt(file, offset, noReference)
  if (!isKind(value, 'stream') || nameOf(value.dict.entries.get('Type')) !== 'XRef') {
    throw new PdfFault(`no cross-reference at ${offset}`)
  }
  const entries = readRows(await unpack(file, value), value.dict)
  return { offset, entries, trailer: value.dict, end: span.end }
}

function readRows(rows: Buffer, { entries: dict }: PdfDict): Map<number, XrefEntry> {
  const widths = integersIn(dict.get('W'))
  const [type = 0, second = 0, third = 0] = widths
  const width = type + second + third
  if (widths.length !== 3 || widths.some(each => each > 8) || width === 0)
    throw new PdfFault('widths of a cross-reference')
  const index = dict.has('Index')
    ? integersIn(dict.get('Index'))
    : [0, ...integersIn({ kind: 'array', items: [dict.get('Size') ?? null] })]
  const entries = new Map<number, XrefEntry>()
  let at = 0
  for (let part = 0; part + 1 < index.length; part += 2) {
    const first = index[part] ?? 0
    const count = index[part + 1] ?? 0
    if (first + count > limits.objects || at + count * width > rows.length)
      throw new PdfFault('rows of a cross-reference are cut off')
    for (let number = first; number < first + count; number += 1, at += width) {
      const field = (start: number, size: number) => readField(rows, at + start, size)
      addEntry(
        entries,
        number,
        entryOf(type === 0 ? 1 : field(0, type), field(type, second), field(type + second, third)),
      )
    }
  }
  return entries
}

function readField(rows: Buffer, at: number, size: number): number {
  if (size === 0) return 0
  if (size <= 6) return rows.readUIntBE(at, size)
  if (rows.readUIntBE(at, size - 6) !== 0) throw new PdfFault('offset past any file')
  return rows.readUIntBE(at + size - 6, 6)
}

function entryOf(type: number, second: number, third: number): XrefEntry {
  if (type === 0) return free
  if (type === 1) return { kind: 'at', offset: second, generation: third }
  if (type === 2) return { kind: 'in-stream', stream: second, index: third }
  throw new PdfFault(`cross-reference entry of type ${type}`)
}

function integersIn(value: PdfValue | undefined): number[] {
  if (!isKind(value, 'array')) throw new PdfFault('cross-reference without its numbers')
  return value.items.map(item => {
    if (!isInteger(item) || item < 0) throw new PdfFault('cross-reference with a number that is none')
    return item
  })
}
