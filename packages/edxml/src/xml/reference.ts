import { byte } from './bytes.ts'
import { malformed } from './fault.ts'

/** The longest that is no nonsense: `&#x10FFFF;` with some leading zeros. */
const maxReferenceBytes = 32

const predefined: ReadonlyMap<string, number> = new Map([
  ['amp', 0x26],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['quot', 0x22],
  ['apos', 0x27],
])

/**
 * Offset after the reference that begins at `at`; -1 when the bytes end before it does.
 *
 * @throws XmlRefusal when what follows `&` cannot become a reference
 */
export function endOfReference(bytes: Uint8Array, at: number, end: number): number {
  const last = Math.min(end, at + maxReferenceBytes)
  for (let index = at + 1; index < last; index += 1) if (bytes[index] === byte.semicolon) return index + 1
  if (last < end || end - at >= maxReferenceBytes) throw malformed('reference without an end')
  return -1
}

/**
 * Code point of a character reference or one of the five predefined entities (XML 1.0, 4.1 and 4.6).
 *
 * @throws XmlRefusal for any other entity, and for a character that XML cannot hold
 */
export function referencedCodePoint(bytes: Uint8Array, at: number, end: number): number {
  const name = String.fromCharCode(...bytes.subarray(at + 1, end - 1))
  const known = predefined.get(name)
  if (known !== undefined) return known
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name)
  if (digits === null) throw malformed(`reference &${name.replace(/[^\x20-\x7e]/g, '?')};`)
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  if (!isCharacter(code)) throw malformed(`reference to a character that XML cannot hold: &${name};`)
  return code
}

/** XML 1.0, 2.2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === byte.tab || code === byte.lineFeed || code === byte.carriageReturn
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}

/** UTF-8 bytes of a code point, one character each. */
export function latin1Of(code: number): string {
  return code < 0x80 ? String.fromCharCode(code) : Buffer.from(String.fromCodePoint(code)).toString('latin1')
}
