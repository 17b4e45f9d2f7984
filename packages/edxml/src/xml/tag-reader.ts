import { ByteArena } from './byte-arena.ts'
import { byte, isOfName, isPlainInValue, isWhite } from './bytes.ts'
import { checkCharacter } from './character-data.ts'
import { malformed, XmlRefusal } from './fault.ts'
import { ByteTable, copyOf, InternTable, maxEntryBytes, nextHash, unique } from './intern.ts'
import { type QualifiedName, qualifiedName } from './qualified-name.ts'
import { endOfReference, latin1Of, referencedCodePoint } from './reference.ts'
import type { XmlDeclaration } from './tree.ts'
import type { Window } from './window.ts'

/** A start tag as written, before its prefixes are resolved. */
export interface StartTag {
  readonly name: QualifiedName
  readonly attributes: readonly WrittenAttribute[]
  readonly declarations: readonly XmlDeclaration[]
  /** `<name/>`. */
  readonly empty: boolean
  /** Whether a canonical form that declares nothing has it as it stands; known of tags without a choice of order. */
  readonly canonical: boolean
}

export interface WrittenAttribute {
  readonly name: QualifiedName
  /** Normalized (XML 1.0, 3.3.3) and escaped as canonical XML has it. */
  readonly rawValue: string
}

export interface TagLimits {
  readonly maxAttributes: number
  readonly maxTagBytes: number
}

const none: readonly never[] = []

/** How a canonical form writes the characters of values that it does not write as they are (XML-C14N 1.0, 2.3). */
const escapes: Readonly<Record<number, string>> = {
  [byte.ampersand]: '&amp;',
  [byte.lessThan]: '&lt;',
  [byte.quote]: '&quot;',
  [byte.tab]: '&#x9;',
  [byte.lineFeed]: '&#xA;',
  [byte.carriageReturn]: '&#xD;',
}

/** Name spaces by their bytes: a packet declares the same ones again and again. */
const namespaces = new InternTable<string>(bytes => unique(Buffer.from(bytes).toString('latin1')))

/** Start tags by their bytes before the `>`: each is read once. */
const knownTags = new ByteTable<StartTag>()

/** Reads tags out of a window. */
export class TagReader {
  readonly #limits: TagLimits
  /** Of the last attribute, where it does not stand as it has to. */
  #value: ByteArena | undefined

  constructor(limits: TagLimits) {
    this.#limits = limits
  }

  /**
   * The tag whose `<` is at `window.at`, which then is after its `>`; undefined, and nothing moved, when the window ends
   * before the tag does.
   */
  read(window: Window): StartTag | undefined {
    const { bytes, at } = window
    const last = Math.min(window.end, at + maxEntryBytes)
    let hash = 0
    let close = at
    for (; close < last && bytes[close] !== byte.greaterThan; close += 1) hash = nextHash(hash, bytes[close] as number)
    if (close === last) return this.#readUnknown(window)
    const known = knownTags.find(bytes, at, close, hash)
    if (known === undefined) return this.#learn(window, close, hash)
    this.#checkCount(known.attributes.length + known.declarations.length)
    window.at = close + 1
    return known
  }

  /** Reads a tag and remembers it, if it ends with the `>` at `close`: the first may stand in a value. */
  #learn(window: Window, close: number, hash: number): StartTag | undefined {
    const { bytes, at } = window
    const tag = this.#readUnknown(window)
    if (tag === undefined || window.at !== close + 1) return tag
    const written = copyOf(bytes, at, close)
    const learnt = { ...tag, canonical: isCanonical(tag, written) }
    knownTags.add(written, hash, learnt)
    return learnt
  }

  #readUnknown(window: Window): StartTag | undefined {
    const { bytes, at, end } = window
    const nameEnd = endOfName(bytes, at + 1, end)
    if (nameEnd === end) return this.#cutOff(window)
    const name = qualifiedName(bytes, at + 1, nameEnd)
    if (bytes[nameEnd] !== byte.greaterThan) return this.#readRest(window, name, nameEnd)
    window.at = nameEnd + 1
    return { name, attributes: none, declarations: none, empty: false, canonical: true }
  }

  /**
   * Passes the end tag whose `</` is at `window.at`; false, and nothing moved, when the window ends before it does.
   *
   * @param open the element that is open
   * @throws XmlRefusal when that is none, or another
   */
  readEnd(window: Window, open: QualifiedName | undefined): open is QualifiedName {
    if (open !== undefined && standsAt(open.endTag, open.size + '</>'.length, window, window.at)) {
      window.at += open.size + '</>'.length
      return true
    }
    return this.#readSpacedEnd(window, open)
  }

  /** White space may stand before the `>`. */
  #readSpacedEnd(window: Window, open: QualifiedName | undefined): boolean {
    const { bytes, at, end } = window
    const nameEnd = endOfName(bytes, at + 2, end)
    const close = skipWhite(bytes, nameEnd, end)
    if (close === end) {
      this.#cutOff(window)
      return false
    }
    const isThat = nameEnd - at - 2 === open?.size && standsAt(open.bytes, open.size, window, at + 2)
    if (!isThat || bytes[close] !== byte.greaterThan) {
      const written = bytes.toString('utf8', at + 2, Math.min(nameEnd, at + 42))
      throw malformed(`end tag ${written} where ${open?.qualified ?? 'none'} is open`)
    }
    window.at = close + 1
    return true
  }

  #readRest(window: Window, name: QualifiedName, from: number): StartTag | undefined {
    const { bytes, end } = window
    const attributes: WrittenAttribute[] = []
    const declarations: XmlDeclaration[] = []
    let at = from
    for (;;) {
      const next = skipWhite(bytes, at, end)
      if (next === end) return this.#cutOff(window)
      const code = bytes[next]
      if (code === byte.greaterThan || code === byte.slash) {
        const empty = code === byte.slash
        return this.#finish(window, next, { name, attributes, declarations, empty, canonical: false })
      }
      if (next === at) throw malformed(`no white space before an attribute of ${name.qualified}`)
      at = this.#attribute(bytes, next, end, attributes, declarations)
      if (at === -1) return this.#cutOff(window)
      this.#checkCount(attributes.length + declarations.length)
    }
  }

  #checkCount(attributes: number): void {
    const { maxAttributes } = this.#limits
    if (attributes > maxAttributes) throw new XmlRefusal('R.XML.Attributes', { max: maxAttributes })
  }

  #finish(window: Window, at: number, tag: StartTag): StartTag | undefined {
    const { bytes, end } = window
    const last = tag.empty ? at + 1 : at
    if (last >= end) return this.#cutOff(window)
    if (bytes[last] !== byte.greaterThan) throw malformed(`/ inside the tag ${tag.name.qualified}`)
    this.#checkLength(last + 1 - window.at)
    window.at = last + 1
    return tag
  }

  #cutOff({ at, end, final }: Window): undefined {
    if (final) throw malformed('a tag is not closed')
    this.#checkLength(end - at)
    return undefined
  }

  #checkLength(length: number): void {
    const { maxTagBytes } = this.#limits
    if (length > maxTagBytes) throw new XmlRefusal('R.XML.Text', { max: maxTagBytes })
  }

  /** Offset after the attribute; -1 when the window ends before it does. */
  #attribute(
    bytes: Buffer,
    from: number,
    end: number,
    attributes: WrittenAttribute[],
    declarations: XmlDeclaration[],
  ): number {
    const nameEnd = endOfName(bytes, from, end)
    if (nameEnd === end) return -1
    const equals = skipWhite(bytes, nameEnd, end)
    if (equals === end) return -1
    const name = qualifiedName(bytes, from, nameEnd)
    if (bytes[equals] !== byte.equals) throw malformed(`attribute ${name.qualified} without a value`)
    const open = skipWhite(bytes, equals + 1, end)
    if (open === end) return -1
    const quote = bytes[open]
    if (quote !== byte.quote && quote !== byte.apostrophe) throw malformed(`value of ${name.qualified} without quotes`)
    const close = endOfPlainValue(bytes, open + 1, end)
    this.#checkLength(close - open - 1)
    if (close === end) return -1
    if (bytes[close] === quote) {
      keep(name, bytes, open + 1, close, attributes, declarations)
      return close + 1
    }
    this.#value ??= new ByteArena(this.#limits.maxTagBytes, { tooLong: 'R.XML.Text' })
    const after = copyValue(this.#value, bytes, open + 1, end, quote)
    if (after !== -1) keep(name, this.#value.bytes, 0, this.#value.length, attributes, declarations)
    return after
  }
}

/** @param written without the `>` */
function isCanonical({ name, attributes, declarations }: StartTag, written: Uint8Array): boolean {
  if (declarations.length > 0 || attributes.length > 1) return false
  const values = attributes.map(attribute => ` ${attribute.name.qualified}="${attribute.rawValue}"`)
  return Buffer.from(written).toString('latin1') === `<${name.qualified}${values.join('')}`
}

function keep(
  name: QualifiedName,
  bytes: Buffer,
  from: number,
  to: number,
  attributes: WrittenAttribute[],
  declarations: XmlDeclaration[],
): void {
  const prefix = declaredPrefix(name)
  if (prefix === undefined) attributes.push({ name, rawValue: bytes.toString('latin1', from, to) })
  else declarations.push({ prefix, namespace: namespaces.get(bytes, from, to) })
}

/** Offset of the first byte that ends a value or needs a look. */
function endOfPlainValue(bytes: Buffer, from: number, end: number): number {
  let at = from
  while (at < end && isPlainInValue(bytes[at] as number)) at += 1
  return at
}

/** Copies a value as it has to be; offset after its closing quote, -1 when the window ends before it does. */
function copyValue(value: ByteArena, bytes: Buffer, from: number, end: number, quote: number): number {
  value.cut(0)
  let at = from
  while (at < end) {
    const start = at
    at = endOfPlainValue(bytes, start, end)
    value.append(bytes, start, at)
    if (at === end) return -1
    const code = bytes[at] as number
    if (code === quote) return at + 1
    if (code === byte.ampersand) {
      const after = endOfReference(bytes, at, end)
      if (after === -1) return -1
      const referenced = referencedCodePoint(bytes, at, after)
      value.appendLatin1(escapes[referenced] ?? latin1Of(referenced))
      at = after
    } else {
      if (!copySpecial(value, bytes, at, end)) return -1
      at += 1
    }
  }
  return -1
}

/** White space becomes a blank, CR LF one of them; false when the window ends before it can be told. */
function copySpecial(value: ByteArena, bytes: Buffer, at: number, end: number): boolean {
  const code = bytes[at] as number
  switch (code) {
    case byte.lessThan:
      throw malformed('< in the value of an attribute')
    case byte.carriageReturn:
      if (at + 1 === end) return false
      if (bytes[at + 1] !== byte.lineFeed) value.appendByte(byte.space)
      return true
    case byte.lineFeed:
    case byte.tab:
      value.appendByte(byte.space)
      return true
    case byte.quote:
      value.appendLatin1('&quot;')
      return true
    default:
      checkCharacter(bytes, at)
      value.appendByte(code)
      return true
  }
}

/** Whether these bytes begin at `at`, as far as the window goes. @param size how many they are */
export function standsAt(expected: Uint8Array, size: number, { bytes, end }: Window, at: number): boolean {
  if (at + size > end) return false
  for (let index = 0; index < size; index += 1) if (expected[index] !== bytes[at + index]) return false
  return true
}

/** Offset of the first byte that is no part of a name. */
export function endOfName(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isOfName(bytes[at] as number)) at += 1
  return at
}

export function skipWhite(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isWhite(bytes[at])) at += 1
  return at
}

/** The prefix that `xmlns` or `xmlns:p` declares; undefined for an ordinary attribute. */
function declaredPrefix({ prefix, local }: QualifiedName): string | undefined {
  if (prefix === 'xmlns') return local
  return prefix === '' && local === 'xmlns' ? '' : undefined
}
