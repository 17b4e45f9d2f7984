import { openFile, type PdfFile } from './file.ts'
import { Lexer } from './lexer.ts'
import { PdfFault } from './limits.ts'
import { type IndirectObject, parseObjectAt } from './parse-object.ts'
import { parseValue } from './parse-value.ts'
import { type Revision, readRevisions } from './revisions.ts'
import type { PdfSource } from './source.ts'
import { unpack } from './unpack.ts'
import { isInteger, isKind, nameOf, type PdfDict, type PdfStream, type PdfValue } from './values.ts'
import type { XrefEntry } from './xref-section.ts'

/** The document as it was after one of its revisions. */
export interface View {
  /** Index of its revision; the oldest is 0. */
  readonly revision: number
  readonly trailer: PdfDict
  /** What the cross-references up to here say of an object. */
  entry(number: number): XrefEntry | undefined
  /** Follows references until something else is there; null for what does not exist (ISO 32000-2 section 7.3.10). */
  resolve(value: PdfValue | undefined): Promise<PdfValue>
  /** An object with its place in the file; undefined when it is free, absent or inside a stream. */
  object(number: number): Promise<IndirectObject | undefined>
}

export interface PdfDocument {
  readonly file: PdfFile
  readonly revisions: readonly Revision[]
  view(revision: number): View
}

const maxHops = 32
/** Objects are small; what is large is read again. */
const keptObjects = 20_000

/** @throws PdfFault for a file that is broken, encrypted, ambiguous or past a limit (V59) */
export async function openDocument(source: PdfSource): Promise<PdfDocument> {
  const file = openFile(source)
  const revisions = await readRevisions(file)
  const objects = createObjects(file)
  const views = revisions.map((_, index) => createView(revisions, index, objects))
  return {
    file,
    revisions,
    view: index => {
      const view = views[index]
      if (!view) throw new RangeError(`no revision ${index}`)
      return view
    },
  }
}

/** Objects by place, whatever revision asks for them. */
interface Objects {
  at(offset: number, view: View): Promise<IndirectObject>
  inStream(stream: PdfStream, number: number, index: number): Promise<PdfValue>
}

function createObjects(file: PdfFile): Objects {
  const known = new Map<number, IndirectObject>()
  const opened = new Map<number, Promise<ObjectStream>>()
  return {
    at: async (offset, view) => {
      file.budget.spend(64)
      const found = known.get(offset) ?? (await parseObjectAt(file, offset, ref => view.resolve(ref)))
      if (known.size >= keptObjects) known.clear()
      known.set(offset, found)
      return found
    },
    inStream: async (stream, number, index) => {
      file.budget.spend(64)
      const { start } = stream.data
      if (opened.size >= 64) opened.clear()
      const members = opened.get(start) ?? openObjectStream(file, stream)
      opened.set(start, members)
      return memberOf(await members, number, index)
    },
  }
}

function createView(revisions: readonly Revision[], index: number, objects: Objects): View {
  const sections = revisions
    .slice(0, index + 1)
    .reverse()
    .flatMap(revision => revision.sections)
  const [newest] = sections
  if (!newest) throw new PdfFault('no cross-reference')
  const entry: View['entry'] = number => {
    for (const { entries } of sections) {
      const found = entries.get(number)
      if (found) return found
    }
    return undefined
  }
  const view: View = {
    revision: index,
    trailer: newest.trailer,
    entry,
    object: async number => {
      const found = entry(number)
      return found?.kind === 'at' ? wholeObject(number, found.offset, found.generation) : undefined
    },
    resolve: async given => {
      let value = given ?? null
      for (let hops = 0; isKind(value, 'ref'); hops += 1) {
        if (hops > maxHops) throw new PdfFault('references run in a circle')
        value = await load(value.number, value.generation)
      }
      return value
    },
  }
  return view

  async function wholeObject(number: number, offset: number, generation: number): Promise<IndirectObject> {
    const object = await objects.at(offset, view)
    if (object.number === number && object.generation === generation) return object
    throw new PdfFault(
      `object ${number} ${generation} is not at ${offset}, where object ${object.number} ${object.generation} is`,
    )
  }

  async function load(number: number, generation: number): Promise<PdfValue> {
    const found = entry(number)
    if (!found || found.kind === 'free') return null
    const written = found.kind === 'at' ? found.generation : 0
    if (written !== generation) throw new PdfFault(`object ${number} of generation ${generation}, it has ${written}`)
    if (found.kind === 'at') return (await wholeObject(number, found.offset, generation)).value
    const place = entry(found.stream)
    if (place?.kind !== 'at') throw new PdfFault(`object ${number} in a stream that is not there`)
    const { value } = await wholeObject(found.stream, place.offset, 0)
    if (!isKind(value, 'stream')) throw new PdfFault(`object ${found.stream} is no stream`)
    return objects.inStream(value, number, found.index)
  }
}

/** An object stream (ISO 32000-2 section 7.5.7), unpacked, with the numbers and places of its members. */
interface ObjectStream {
  readonly content: Buffer
  readonly members: readonly { readonly number: number; readonly start: number }[]
}

async function openObjectStream(file: PdfFile, stream: PdfStream): Promise<ObjectStream> {
  const { entries } = stream.dict
  const [count, first] = [entries.get('N'), entries.get('First')]
  if (nameOf(entries.get('Type')) !== 'ObjStm' || !isInteger(count) || !isInteger(first)) {
    throw new PdfFault('no object stream where one belongs')
  }
  const content = await unpack(file, stream)
  const lexer = new Lexer(content, 0, true)
  const members: { number: number; start: number }[] = []
  while (members.length < count) {
    lexer.skipWhite()
    const number = lexer.integer()
    lexer.skipWhite()
    members.push({ number, start: first + lexer.integer() })
  }
  return { content, members }
}

function memberOf({ content, members }: ObjectStream, number: number, index: number): PdfValue {
  const member = members[index]
  if (member?.number !== number || member.start >= content.length) {
    throw new PdfFault(`object ${number} is not number ${index} of its stream`)
  }
  return parseValue(new Lexer(content, 0, true, member.start))
}
