import { tag } from './der.ts'

/** One DER element around its parts. */
export function encode(kind: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(kind), encodeLength(content.length), content])
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  const minimal = bytes.subarray(bytes.findIndex(byte => byte !== 0))
  return Buffer.concat([Buffer.of(0x80 | minimal.length), minimal])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => encode(tag.sequence, ...parts)
export const set = (...parts: readonly Uint8Array[]): Buffer => encode(tag.set, ...parts)
export const octets = (content: Uint8Array): Buffer => encode(tag.octetString, content)
export const bits = (content: Uint8Array): Buffer => encode(tag.bitString, Buffer.of(0), content)
export const boolean = (value: boolean): Buffer => encode(tag.boolean, Buffer.of(value ? 0xff : 0))
export const utf8 = (text: string): Buffer => encode(0x0c, Buffer.from(text))
export const printable = (text: string): Buffer => encode(0x13, Buffer.from(text, 'latin1'))
export const ia5 = (text: string): Buffer => encode(0x16, Buffer.from(text, 'latin1'))
export const enumerated = (value: number): Buffer => encode(tag.enumerated, Buffer.of(value))

/** A non-negative integer given as hex. */
export function integer(hex: string): Buffer {
  const digits = hex.replace(/^0+/, '')
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  const positive = bytes.length === 0 || (bytes[0] ?? 0) >= 0x80
  return encode(tag.integer, positive ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return encode(tag.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
}

function base128(value: number): number[] {
  const digits = [value % 128]
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(0x80 | (left % 128))
  return digits
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 section 4.1.2.5). */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  const year = at.getUTCFullYear()
  return year >= 1950 && year < 2050
    ? encode(tag.utcTime, Buffer.from(digits.slice(2)))
    : encode(tag.generalizedTime, Buffer.from(digits))
}

/** GeneralizedTime whatever the year, whole seconds (RFC 6960 section 4.2.2.1, RFC 3161 section 2.4.2). */
export function generalizedTime(at: Date): Buffer {
  return encode(tag.generalizedTime, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')))
}

/** Named bit list with the trailing zero bits cut off. */
export function namedBits(numbers: readonly number[]): Buffer {
  const last = Math.max(...numbers)
  const bytes = Buffer.alloc(1 + (last >> 3))
  for (const bit of numbers) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
  return encode(tag.bitString, Buffer.of(7 - (last & 7)), bytes)
}
