import type { FoundSignature } from './find-signatures.ts'
import type { PdfDocument } from './reader/document.ts'
import { limits, PdfFault } from './reader/limits.ts'
import { parseObjectAt } from './reader/parse-object.ts'
import { isKind } from './reader/values.ts'
import { readSignatureDictionary } from './signature-dictionary.ts'

const mark = Buffer.from('/ByteRange')
const pieceBytes = 1024 * 1024

/**
 * Signature dictionaries that no field of the last revision names: taken out of the form, replaced, or never in it. No
 * viewer shows them, other programs may.
 */
export async function unnamedSignatures(
  document: PdfDocument,
  named: readonly FoundSignature[],
): Promise<readonly FoundSignature[]> {
  const found: FoundSignature[] = []
  const isKnown = (offset: number) => [...named, ...found].some(({ span }) => span.start <= offset && offset < span.end)
  const view = document.view(document.revisions.length - 1)
  for (const offset of await placesOfMark(document)) {
    const start = isKnown(offset) ? undefined : startOfObject(document, offset)
    if (start === undefined) continue
    const { number, value, span } = await parseObjectAt(document.file, start, ref => view.resolve(ref))
    if (offset >= span.end || !isKind(value, 'dict') || !value.entries.has('Contents')) continue
    if (value.entries.has('ByteRange'))
      found.push({ ...(await readSignatureDictionary(view, value, span)), object: number })
  }
  return found
}

async function placesOfMark({ file }: PdfDocument): Promise<readonly number[]> {
  const places: number[] = []
  for (let at = 0; at < file.size; at += pieceBytes) {
    // Pieces overlap, so that none is missed at a border.
    const piece = await file.read(at, pieceBytes + mark.length - 1)
    for (let hit = piece.indexOf(mark); hit !== -1; hit = piece.indexOf(mark, hit + 1)) {
      places.push(at + hit)
      if (places.length > 4 * limits.signatures) throw new PdfFault('too many signature dictionaries')
    }
  }
  return places
}

/** Of the object that begins last before this place, in whatever revision. */
function startOfObject({ file, revisions }: PdfDocument, place: number): number | undefined {
  let start: number | undefined
  for (const { sections } of revisions) {
    for (const { entries } of sections) {
      file.budget.spend(entries.size)
      for (const entry of entries.values()) {
        if (entry.kind === 'at' && entry.offset <= place && entry.offset > (start ?? -1)) start = entry.offset
      }
    }
  }
  return start
}
