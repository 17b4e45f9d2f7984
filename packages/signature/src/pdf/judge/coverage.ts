import type { Checklist } from '../../refusal.ts'
import type { PdfDocument } from '../reader/document.ts'
import type { SignatureDictionary } from '../signature-dictionary.ts'

/** What a signature covers: all bytes of the file up to the end of a revision, but its own value. */
export interface Coverage {
  readonly revision: number
  readonly wholeFile: boolean
  /** The gap is from `first` to `second`; the rest is from there to `end`. */
  readonly first: number
  readonly second: number
  readonly end: number
}

/** V56. @throws Refusal */
export async function checkCoverage(
  { file, revisions }: PdfDocument,
  signature: SignatureDictionary,
  { hold }: Checklist,
): Promise<Coverage> {
  const { byteRange, contentsSpan: gap } = signature
  const [start = -1, first = -1, second = -1, length = -1] = byteRange
  const refuse = (holds: boolean, fact: string, otherwise: string) =>
    hold(holds, 'V56', fact, 'PDF_COVERAGE', otherwise)
  refuse(byteRange.length === 4, 'ByteRange has four numbers', `ByteRange has ${byteRange.length} numbers`)
  const isOrdered = start === 0 && first >= 0 && second >= first && length >= 0 && second + length <= file.size
  refuse(isOrdered, 'ranges begin at 0 and follow each other', `ByteRange ${byteRange.join(' ')} in ${file.size} bytes`)
  const isGap = gap.start === first && gap.end === second && second > first
  refuse(isGap, 'the gap is the Contents string', `gap ${first} to ${second}, Contents ${gap.start} to ${gap.end}`)
  // Digits alone: what nobody signs has no room for anything else.
  const written = (await file.read(first, second - first)).toString('latin1')
  const digits = written.slice(1, -1)
  const isHex =
    written.startsWith('<') && written.endsWith('>') && digits.length % 2 === 0 && !/[^0-9A-Fa-f]/.test(digits)
  refuse(isHex, 'Contents is a hexadecimal string', 'Contents is written otherwise')

  const end = second + length
  const wholeFile = end === file.size
  const revision = wholeFile
    ? revisions.length - 1
    : revisions.findIndex(each => end >= each.markEnd && end <= each.end)
  const ends = revisions.map(each => each.end).join(', ')
  refuse(revision !== -1, 'the end is the end of a revision', `ends at ${end}, revisions at ${ends}`)
  const isLast = revision === revisions.length - 1
  refuse(wholeFile || !isLast, 'nothing follows that is no revision', `${file.size - end} bytes after the signature`)
  refuse(signature.span.end <= end, 'it stands in what it covers', `signature ends at ${signature.span.end}`)
  return { revision, wholeFile, first, second, end }
}
