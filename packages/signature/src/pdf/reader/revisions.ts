import type { PdfFile } from './file.ts'
import type { Lexer } from './lexer.ts'
import { limits, PdfFault } from './limits.ts'
import { isInteger } from './values.ts'
import { readSection, type XrefSection } from './xref-section.ts'

/** One state of the file: what was written up to `end`, the bytes after the revision before it. */
export interface Revision {
  readonly start: number
  /** Past its `%%EOF`, with or without the end of line. */
  readonly end: number
  /** Past the letters `%%EOF` themselves. */
  readonly markEnd: number
  /** One; a linearized first revision has two. The one that counts first comes first. */
  readonly sections: readonly XrefSection[]
}

const tailBytes = 1024

/** Every revision from the oldest on (ISO 32000-2 section 7.5.6). */
export async function readRevisions(file: PdfFile): Promise<readonly Revision[]> {
  await checkHeader(file)
  const sections = await readChain(file, await lastSectionOffset(file))
  const revisions: Revision[] = []
  let start = 0
  for (const group of await groupsOf(file, sections)) {
    const last = group.reduce((one, other) => (other.offset > one.offset ? other : one))
    const [first] = group
    const mark = await file.parseAt(last.end, parseMark)
    if (mark.offset !== first?.offset) throw new PdfFault(`revision that ends at ${mark.end} points to another`)
    if (last.offset < start) throw new PdfFault('revisions overlap')
    revisions.push({ start, end: mark.end, markEnd: mark.markEnd, sections: group })
    start = mark.end
  }
  await checkTail(file, start)
  return revisions
}

/** A file that begins with something else is a PDF to one reader and another thing to the next. */
async function checkHeader(file: PdfFile): Promise<void> {
  const head = await file.read(0, 8)
  if (!/^%PDF-[12]\.\d/.test(head.toString('latin1'))) throw new PdfFault('no PDF: it does not begin with %PDF-')
}

async function lastSectionOffset(file: PdfFile): Promise<number> {
  const start = Math.max(0, file.size - tailBytes)
  const tail = (await file.read(start, tailBytes)).toString('latin1')
  const [, offset] = /startxref[\r\n\t ]+(\d{1,10})[\r\n\t ]+%%EOF[\r\n\t \0]*$/.exec(tail) ?? []
  if (offset === undefined) throw new PdfFault('the file does not end with startxref and %%EOF')
  return Number(offset)
}

/** From the newest on. Older sections stand before newer ones, so that no chain runs in a circle; see `isLinearized`. */
async function readChain(file: PdfFile, newest: number): Promise<readonly XrefSection[]> {
  const sections: XrefSection[] = []
  const seen = new Set<number>()
  for (let offset: number | undefined = newest; offset !== undefined; ) {
    if (seen.has(offset)) throw new PdfFault('cross-references run in a circle')
    if (seen.size >= limits.sections) throw new PdfFault(`more than ${limits.sections} revisions`)
    seen.add(offset)
    const section = await readSection(file, offset)
    sections.push(section)
    offset = previousOf(section)
  }
  return sections
}

function previousOf({ trailer }: XrefSection): number | undefined {
  const previous = trailer.entries.get('Prev')
  if (previous === undefined) return undefined
  if (!isInteger(previous)) throw new PdfFault('Prev is no offset')
  return previous
}

/** Sections by revision, the oldest revision first. */
async function groupsOf(
  file: PdfFile,
  newestFirst: readonly XrefSection[],
): Promise<readonly (readonly XrefSection[])[]> {
  const [oldest, above, ...rest] = [...newestFirst].reverse()
  if (!oldest) return []
  if (!above) return [[oldest]]
  if (above.offset < oldest.offset && (await isLinearized(file))) return [[above, oldest], ...rest.map(one => [one])]
  return [[oldest], [above], ...rest.map(one => [one])]
}

/** A linearized file begins with the cross-reference of its first page (ISO 32000-2 annex F). */
async function isLinearized(file: PdfFile): Promise<boolean> {
  return (await file.read(0, tailBytes)).includes('/Linearized')
}

interface Mark {
  readonly offset: number
  readonly end: number
  readonly markEnd: number
}

/** `startxref`, an offset, `%%EOF`: how a revision ends. */
function parseMark(lexer: Lexer): Mark {
  lexer.skipWhite()
  lexer.expectWord('startxref')
  lexer.skipWhite()
  const offset = lexer.integer()
  while (lexer.peek() === 0x20) lexer.at += 1
  lexer.endOfLine()
  lexer.expect('%%EOF')
  const markEnd = lexer.offset
  lexer.endOfLine()
  return { offset, markEnd, end: lexer.offset }
}

/** White space alone may follow; whether it is signed is asked by V56. */
async function checkTail(file: PdfFile, end: number): Promise<void> {
  if (file.size - end > tailBytes) throw new PdfFault('bytes behind the last %%EOF')
  const tail = await file.read(end, file.size - end)
  if (tail.some(byte => byte > 0x20)) throw new PdfFault('bytes behind the last %%EOF')
}
