import { ByteArena } from './byte-arena.ts'
import { byte, isWhite, nameByte, specialInValue } from './bytes.ts'
import { checkCharacter } from './character-data.ts'
import { malformed, XmlRefusal } from './fault.ts'
import { InternTable } from './intern.ts'
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
const namespaces = new InternTable<string>(bytes => Buffer.from(bytes).toString('latin1'))

/** Reads start tags out of a window. */
export class TagReader {
  readonly #limits: TagLimits
  readonly #value: ByteArena

  constructor(limits: TagLimits) {
    this.#limits = limits
    this.#value = new ByteArena(limits.maxTagBytes, { tooLong: 'R.XML.Text' })
  }

  /**
   * The tag whose `<` is at `window.at`, which then is after its `>`; undefined, and nothing moved, when the window ends
   * before the tag does.
   */
  read(window: Window): StartTag | undefined {
    const { bytes, at, end } = window
    const nameEnd = endOfName(bytes, at + 1, end)
    if (nameEnd === end) return this.#cutOff(window)
    const name = qualifiedName(bytes, at + 1, nameEnd)
    if (bytes[nameEnd] !== byte.greaterThan) return this.#readRest(window, name, nameEnd)
    window.at = nameEnd + 1
    return { name, attributes: none, declarations: none, empty: false }
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
        return this.#finish(window, next, { name, attributes, declarations, empty: code === byte.slash })
      }
      if (next === at) throw malformed(`no white space before an attribute of ${name.qualified}`)
      at = this.#attribute(bytes, next, end, attributes, declarations)
      if (at === -1) return this.#cutOff(window)
      const { maxAttributes } = this.#limits
      if (attributes.length + declarations.length > maxAttributes) {
        throw new XmlRefusal('R.XML.Attributes', { max: maxAttributes })
      }
    }
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
    const after = this.#readValue(bytes, open + 1, end, quote)
    if (after === -1) return -1

    const prefix = declaredPrefix(name)
    const { length } = this.#value
    if (prefix === undefined) attributes.push({ name, rawValue: this.#value.latin1(0, length) })
    else declarations.push({ prefix, namespace: namespaces.get(this.#value.bytes, 0, length) })
    return after
  }

  /** Copies the value; offset after its closing quote, -1 when the window ends before it does. */
  #readValue(bytes: Buffer, from: number, end: number, quote: number): number {
    const value = this.#value
    value.length = 0
    let at = from
    while (at < end) {
      const start = at
      while (at < end && specialInValue[bytes[at] as number] === 0) at += 1
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
        if (!this.#copySpecial(bytes, at, end)) return -1
        at += 1
      }
    }
    return -1
  }

  /** White space becomes a blank, CR LF one of them; false when the window ends before it can be told. */
  #copySpecial(bytes: Buffer, at: number, end: number): boolean {
    const code = bytes[at] as number
    switch (code) {
      case byte.lessThan:
        throw malformed('< in the value of an attribute')
      case byte.carriageReturn:
        if (at + 1 === end) return false
        if (bytes[at + 1] !== byte.lineFeed) this.#value.appendByte(byte.space)
        return true
      case byte.lineFeed:
      case byte.tab:
        this.#value.appendByte(byte.space)
        return true
      case byte.quote:
        this.#value.appendLatin1('&quot;')
        return true
      default:
        checkCharacter(bytes, at)
        this.#value.appendByte(code)
        return true
    }
  }
}

/** Offset of the first byte that is no part of a name. */
export function endOfName(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && nameByte[bytes[at] as number] === 1) at += 1
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
