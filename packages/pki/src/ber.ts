import { DerError, readWhole, tag } from './der.ts'
import { encode } from './der-writer.ts'

/** Far deeper than any certificate in any signature. */
const maxDepth = 40
/** A list of 100,000 entries has 700,000 elements. */
const maxElements = 2_000_000

const constructed = 0x20
const constructedOctets = tag.octetString | constructed

/**
 * The object at the start of `bytes` with definite, minimal lengths and whole octet strings, for the strict reader.
 *
 * CMS is specified in BER (RFC 5652 section 1), and signing programs do write indefinite lengths and octet strings in
 * pieces. Parts that are DER already, such as certificates and signed attributes, stay the very same bytes.
 *
 * @returns the object, and how many bytes it took; what follows is the caller's to judge
 * @throws DerError when it is cut off, nested too deep or has too many elements
 */
export function readBer(bytes: Buffer): { readonly der: Buffer; readonly length: number } {
  const budget = { elements: maxElements }
  const { der, end } = rewrite({ bytes, start: 0, limit: bytes.length, depth: 0, budget })
  return { der, length: end }
}

interface Place {
  readonly bytes: Buffer
  readonly start: number
  readonly limit: number
  readonly depth: number
  readonly budget: { elements: number }
}

interface Rewritten {
  readonly der: Buffer
  /** Where the element ends in what was read. */
  readonly end: number
  readonly changed: boolean
}

interface Header {
  readonly kind: number
  readonly content: number
  /** Absent when the length is indefinite. */
  readonly end: number | undefined
  readonly minimal: boolean
}

function rewrite(place: Place): Rewritten {
  const { bytes, start, depth, budget } = place
  budget.elements -= 1
  if (depth > maxDepth) throw new DerError('nested too deep')
  if (budget.elements < 0) throw new DerError('too many elements')
  const header = readHeader(place)
  const { kind, content, end, minimal } = header
  if ((kind & constructed) !== 0) return rewriteConstructed(place, header)
  if (end === undefined) throw new DerError(`primitive element of indefinite length at ${start}`)
  const der = minimal ? bytes.subarray(start, end) : encode(kind, bytes.subarray(content, end))
  return { der, end, changed: !minimal }
}

function rewriteConstructed(place: Place, { kind, content, end, minimal }: Header): Rewritten {
  const { bytes, start, depth, budget } = place
  const limit = end ?? place.limit
  const parts: Buffer[] = []
  let changed = !minimal || end === undefined || kind === constructedOctets
  let at = content
  while (end === undefined ? !endsAt(bytes, at, limit) : at < end) {
    const part = rewrite({ bytes, start: at, limit, depth: depth + 1, budget })
    changed ||= part.changed
    parts.push(part.der)
    at = part.end
  }
  const close = end ?? at + 2
  if (!changed) return { der: bytes.subarray(start, close), end: close, changed }
  if (kind !== constructedOctets) return { der: encode(kind, ...parts), end: close, changed }
  const pieces = parts.map(part => readWhole(part, tag.octetString).content)
  return { der: encode(tag.octetString, ...pieces), end: close, changed }
}

/** Whether the two zero bytes stand here that close an indefinite length. */
function endsAt(bytes: Buffer, at: number, limit: number): boolean {
  if (at + 2 > limit) throw new DerError('the data ends too early')
  return bytes[at] === 0 && bytes[at + 1] === 0
}

function readHeader({ bytes, start, limit }: Place): Header {
  const kind = byteAt(bytes, start, limit)
  if ((kind & 0x1f) === 0x1f) throw new DerError(`tag of several bytes at ${start}`)
  if (kind === 0) throw new DerError(`end of contents without a beginning at ${start}`)
  const first = byteAt(bytes, start + 1, limit)
  if (first === 0x80) return { kind, content: start + 2, end: undefined, minimal: false }
  const octets = first < 0x80 ? 0 : first & 0x7f
  if (octets > 4) throw new DerError(`length of ${octets} octets at ${start}`)
  let length = octets === 0 ? first : 0
  for (let index = 0; index < octets; index += 1) length = length * 256 + byteAt(bytes, start + 2 + index, limit)
  const content = start + 2 + octets
  const end = content + length
  if (end > limit) throw new DerError(`element at ${start} ends past its frame`)
  return { kind, content, end, minimal: octets === 0 || (length >= 0x80 && length >= 256 ** (octets - 1)) }
}

function byteAt(bytes: Buffer, at: number, limit: number): number {
  const value = at < limit ? bytes[at] : undefined
  if (value === undefined) throw new DerError('the data ends too early')
  return value
}
