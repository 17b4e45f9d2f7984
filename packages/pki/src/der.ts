/**
 * Strict reader of DER (ITU-T X.690 section 10): definite, minimal lengths, one-byte tags, nothing past the end.
 * It never recurses and never copies: an element is a window on the bytes it was read from.
 */
export class DerError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'DerError'
  }
}

export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

export interface Element {
  readonly tag: number
  /** Tag, length and content. */
  readonly der: Buffer
  readonly content: Buffer
}

/** Reads elements one after the other out of one window. */
export class DerReader {
  readonly bytes: Buffer
  offset: number
  readonly end: number

  constructor(bytes: Buffer, offset = 0, end = bytes.length) {
    this.bytes = bytes
    this.offset = offset
    this.end = end
  }

  get atEnd(): boolean {
    return this.offset >= this.end
  }

  /** Tag of the next element; -1 at the end. */
  peek(): number {
    return this.offset < this.end ? this.byte(this.offset) : -1
  }

  /** The next element, whose tag must be `expected` when given. */
  next(expected?: number): Element {
    const start = this.offset
    const { found, content, end } = this.header(expected)
    this.offset = end
    return { tag: found, der: this.bytes.subarray(start, end), content: this.bytes.subarray(content, end) }
  }

  /** The next element if it has this tag. */
  optional(expected: number): Element | undefined {
    return this.peek() === expected ? this.next(expected) : undefined
  }

  /** Steps into the next element without making an object of it; for long lists. */
  enter(expected: number): DerReader {
    const { content, end } = this.header(expected)
    this.offset = end
    return new DerReader(this.bytes, content, end)
  }

  /** Passes over the next element. */
  skip(expected?: number): void {
    this.offset = this.header(expected).end
  }

  /** Refuses bytes that follow. */
  finish(): void {
    if (!this.atEnd) throw new DerError(`${this.end - this.offset} bytes follow where none may`)
  }

  private header(expected?: number): { found: number; content: number; end: number } {
    const found = this.byte(this.offset)
    if (expected !== undefined && found !== expected) {
      throw new DerError(`tag ${hexByte(found)} where ${hexByte(expected)} belongs, at ${this.offset}`)
    }
    if ((found & 0x1f) === 0x1f) throw new DerError(`tag of several bytes at ${this.offset}`)
    const first = this.byte(this.offset + 1)
    let content = this.offset + 2
    let length = first
    if (first >= 0x80) {
      const count = first & 0x7f
      if (count === 0 || count > 4) throw new DerError(`length form ${hexByte(first)} at ${this.offset}`)
      length = 0
      for (let index = 0; index < count; index += 1) length = length * 256 + this.byte(content + index)
      content += count
      if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError(`length not minimal at ${this.offset}`)
    }
    const end = content + length
    if (end > this.end) throw new DerError(`element at ${this.offset} ends past its frame`)
    return { found, content, end }
  }

  private byte(at: number): number {
    const value = at < this.end ? this.bytes[at] : undefined
    if (value === undefined) throw new DerError('the data ends too early')
    return value
  }
}

/** The one element that fills `bytes`. */
export function readWhole(bytes: Buffer, expected?: number): Element {
  const reader = new DerReader(bytes)
  const element = reader.next(expected)
  reader.finish()
  return element
}

/** Steps into the one element that fills `bytes`. */
export function enterWhole(bytes: Buffer, expected: number): DerReader {
  return new DerReader(readWhole(bytes, expected).content)
}

/** Dotted object identifier. */
export function readOid(content: Buffer): string {
  if (content.length === 0) throw new DerError('empty object identifier')
  const arcs: number[] = []
  let value = 0
  let fresh = true
  for (const byte of content) {
    if (fresh && byte === 0x80) throw new DerError('object identifier not minimal')
    value = value * 128 + (byte & 0x7f)
    if (value > Number.MAX_SAFE_INTEGER) throw new DerError('object identifier too large')
    fresh = byte < 0x80
    if (!fresh) continue
    if (arcs.length > 0) arcs.push(value)
    else if (value < 80) arcs.push(Math.floor(value / 40), value % 40)
    else arcs.push(2, value - 80)
    value = 0
  }
  if (!fresh) throw new DerError('object identifier cut off')
  return arcs.join('.')
}

/** Refuses integers with needless leading octets. */
export function checkInteger(content: Buffer): Buffer {
  const [first, second] = content
  if (first === undefined) throw new DerError('empty integer')
  if (second === undefined) return content
  if ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80)) {
    throw new DerError('integer not minimal')
  }
  return content
}

/** Lower-case hex without leading zeros; a negative number keeps its octets behind a minus sign. */
export function integerHex(content: Buffer): string {
  checkInteger(content)
  const hex = content.toString('hex')
  const [first = 0] = content
  if (first >= 0x80) return `-${hex}`
  return first >= 0x10 ? hex : hex.replace(/^0+(?=.)/, '')
}

/** A small non-negative integer. */
export function readSmallInteger(content: Buffer): number {
  checkInteger(content)
  if (content.length > 5 || (content[0] ?? 0) >= 0x80) throw new DerError('integer out of range')
  return content.readUIntBE(0, content.length)
}

export function readBoolean(content: Buffer): boolean {
  if (content.length !== 1 || (content[0] !== 0x00 && content[0] !== 0xff)) throw new DerError('boolean not DER')
  return content[0] === 0xff
}

/** Content of a bit string of whole octets, such as a signature or a key. */
export function readOctetBits(content: Buffer): Buffer {
  if (content[0] !== 0) throw new DerError('bit string with unused bits')
  return content.subarray(1)
}

/** No list that is read here names more; whatever stands behind them has no meaning, and may be millions. */
const maxNamedBits = 64

/** Numbers of the bits that are set (named bit list), of the first 64. */
export function readNamedBits(content: Buffer): Set<number> {
  const unused = content[0]
  if (unused === undefined || unused > 7 || (content.length === 1 && unused !== 0)) throw new DerError('bit string')
  const last = content[content.length - 1] ?? 0
  if (content.length > 1 && (last & ((1 << unused) - 1)) !== 0) throw new DerError('unused bits are set')
  const bits = new Set<number>()
  const count = Math.min(maxNamedBits, (content.length - 1) * 8 - unused)
  for (let bit = 0; bit < count; bit += 1) {
    if (((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0) bits.add(bit)
  }
  return bits
}

/** UTCTime or GeneralizedTime in the one form DER profiles allow: seconds, `Z` (RFC 5280 section 4.1.2.5). */
export function readTime(element: Element): Date {
  const text = element.content.toString('latin1')
  const utc = element.tag === tag.utcTime && /^\d{12}Z$/.test(text)
  const general = element.tag === tag.generalizedTime && /^\d{14}Z$/.test(text)
  if (!utc && !general) throw new DerError('time not in the form of RFC 5280')
  const full = utc ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}` : text
  const iso = full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const at = new Date(iso)
  // A day such as 31 February would move on to the next month.
  if (Number.isNaN(at.getTime()) || `${at.toISOString().slice(0, 19)}Z` !== iso) {
    throw new DerError(`no such moment: ${iso}`)
  }
  return at
}

function hexByte(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`
}
