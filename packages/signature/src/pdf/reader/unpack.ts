import { inflateSync } from 'node:zlib'
import type { PdfFile } from './file.ts'
import { limits, PdfFault } from './limits.ts'
import { undoPredictor } from './predictor.ts'
import { entriesOf, isKind, nameOf, type PdfStream, type PdfValue } from './values.ts'

/** The content of a cross-reference or object stream: Flate or nothing (ISO 32000-2 section 7.4). */
export async function unpack(file: PdfFile, { dict, data }: PdfStream): Promise<Buffer> {
  const { entries } = dict
  if (entries.has('F')) throw new PdfFault('stream kept in another file', 'V60')
  const size = data.end - data.start
  if (size > limits.streamBytes) throw new PdfFault(`stream of ${size} bytes`)
  const filter = onlyOne(entries.get('Filter'))
  const packed = await file.read(data.start, size)
  if (packed.length !== size) throw new PdfFault('stream ends past the file')
  if (filter === undefined) return packed
  if (nameOf(filter) !== 'FlateDecode') throw new PdfFault('filter other than Flate on a stream of objects')
  const content = inflate(packed)
  file.budget.spend(content.length)
  return undoPredictor(content, entriesOf(onlyOne(entries.get('DecodeParms'))))
}

function onlyOne(value: PdfValue | undefined): PdfValue | undefined {
  if (!isKind(value, 'array')) return value ?? undefined
  if (value.items.length > 1) throw new PdfFault('several filters on a stream of objects')
  return value.items[0] ?? undefined
}

function inflate(packed: Buffer): Buffer {
  const allowed = Math.min(limits.streamBytes, Math.max(limits.ratioFreeBytes, packed.length * limits.ratio))
  try {
    return inflateSync(packed, { maxOutputLength: allowed })
  } catch (error) {
    const why = error instanceof Error ? error.message : 'broken'
    throw new PdfFault(`stream cannot be unpacked to at most ${allowed} bytes: ${why}`)
  }
}
