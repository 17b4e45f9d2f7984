import { DerError, readWhole, tag } from './der.ts'
import { encode } from './der-writer.ts'

/** Far deeper than any certificate in any signature. */
const maxDepth = 40
/** Elements looked at. A list of 100,000 entries has 700,000, and each level of BER around it looks again. */
const maxVisits = 4_000_000
/** Elements written anew, and those that stand directly in them. */
const maxRewritten = 100_000

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
  const { der, end } = rewrite(new Walk(bytes), 0, bytes.length, 0)
  return { der, length: end }
}

interface Header {
  readonly kind: number
  readonly content: number
  /** Absent when the length is indefinite. */
  readonly end: number | undefined
  readonly minimal: boolean
}

/** Reads headers, and counts them. */
class Walk {
  readonly bytes: Buffer
  rewritten = 0
  private visits = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  header(start: number, limit: number): Header {
    this.visits += 1
    if (this.visits > maxVisits) throw new DerError('too many elements')
    const kind = this.byte(start, limit)
    if ((kind & 0x1f) === 0x1f) throw new DerError(`tag of several bytes at ${start}`)
    if (kind === 0) throw new DerError(`end of contents without a beginning at ${start}`)
    const first = this.byte(start + 1, limit)
    if (first === 0x80) return { kind, content: start + 2, end: undefined, minimal: false }
    const octets = first < 0x80 ? 0 : first & 0x7f
    if (octets > 4) throw new DerError(`length of ${octets} octets at ${start}`)
    let length = octets === 0 ? first : 0
    for (let index = 0; index < octets; index += 1) length = length * 256 + this.byte(start + 2 + index, limit)
    const content = start + 2 + octets
    const end = content + length
    if (end > limit) throw new DerError(`element at ${start} ends past its frame`)
    return { kind, content, end, minimal: octets === 0 || (length >= 0x80 && length >= 256 ** (octets - 1)) }
  }

  /** Whether the two zero bytes stand here that close an indefinite length. */
  closes(at: number, limit: number): boolean {
    return this.byte(at, limit) === 0 && this.byte(at + 1, limit) === 0
  }

  private byte(at: number, limit: number): number {
    const value = at < limit ? this.bytes[at] : undefined
    if (value === undefined) throw new DerError('the data ends too early')
    return value
  }
}

interface Rewritten {
  readonly der: Buffer
  /** Where the element ends in what was read. */
  readonly end: number
}

function rewrite(walk: Walk, start: number, limit: number, depth: number): Rewritten {
  if (depth > maxDepth) throw new DerError('nested too deep')
  const header = walk.header(start, limit)
  const { kind, content, end } = header
  walk.rewritten += 1
  if (walk.rewritten > maxRewritten) throw new DerError('too many elements that are not DER')
  if (end !== undefined && isPlain(walk, start, header, depth)) return { der: walk.bytes.subarray(start, end), end }
  if ((kind & constructed) !== 0) return rewriteConstructed(walk, header, limit, depth)
  if (end === undefined) throw new DerError(`primitive element of indefinite length at ${start}`)
  return { der: encode(kind, walk.bytes.subarray(content, end)), end }
}

/** Whether an element and everything in it has the lengths that DER asks for. Walks without recursion or copies. */
function isPlain(walk: Walk, start: number, outer: Header, depth: number): boolean {
  const ends = [outer.end ?? start]
  let header = outer
  let at = start
  while (ends.length > 0) {
    const { kind, content, end, minimal } = header
    if (end === undefined || !minimal || kind === constructedOctets) return false
    const isConstructed = (kind & constructed) !== 0
    if (isConstructed) ends.push(end)
    if (depth + ends.length > maxDepth) throw new DerError('nested too deep')
    at = isConstructed ? content : end
    while (ends.length > 0 && at === ends[ends.length - 1]) ends.pop()
    const limit = ends[ends.length - 1]
    if (limit !== undefined) header = walk.header(at, limit)
  }
  return true
}

function rewriteConstructed(walk: Walk, { kind, content, end }: Header, frame: number, depth: number): Rewritten {
  const limit = end ?? frame
  const parts: Buffer[] = []
  let at = content
  while (end === undefined ? !walk.closes(at, limit) : at < end) {
    const part = rewrite(walk, at, limit, depth + 1)
    parts.push(part.der)
    at = part.end
  }
  const close = end ?? at + 2
  if (kind !== constructedOctets) return { der: encode(kind, Buffer.concat(parts)), end: close }
  const pieces = parts.map(part => readWhole(part, tag.octetString).content)
  return { der: encode(tag.octetString, Buffer.concat(pieces)), end: close }
}
