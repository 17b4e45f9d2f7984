import type { CanonicalPacket, XmlAttribute, XmlElement } from './element.ts'

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const space = 0x20
const slash = 0x2f
const greaterThan = 0x3e

const noAttributes: readonly XmlAttribute[] = []
const noDeclarations: readonly string[] = []

interface OpenElement extends XmlElement {
  readonly parent: OpenElement | undefined
  readonly children: XmlElement[]
  contentEnd: number
  end: number
  /** Prefixes that this element declares, forgotten at its end. */
  readonly declared: readonly string[]
}

interface RawAttribute {
  readonly prefix: string
  readonly name: string
  readonly rawValue: string
}

/**
 * Cuts the tree of elements out of a canonical form. It leans on what canonical XML promises (XML-C14N 1.0, 2.3): no
 * comments, CDATA or DOCTYPE, every element with start and end tag, values in double quotes, nothing but seven escapes.
 *
 * @throws Error when the bytes are not canonical XML: a fault of ours, not of the packet
 */
export function readCanonical(bytes: Buffer): CanonicalPacket {
  const latin1 = bytes.toString('latin1')
  const reader = new CanonicalReader(latin1)
  return { bytes, latin1, root: reader.read(), elements: reader.elements }
}

class CanonicalReader {
  readonly elements: XmlElement[] = []
  readonly #text: string
  /** For each prefix the name spaces it is bound to, innermost last. */
  readonly #bound = new Map<string, string[]>([['xml', [xmlNamespace]]])

  constructor(text: string) {
    this.#text = text
  }

  read(): XmlElement {
    const text = this.#text
    let current: OpenElement | undefined
    for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
      if (text.charCodeAt(at + 1) !== slash) {
        current = this.#open(at, current)
        at = current.contentStart - 1
        continue
      }
      if (current === undefined) break
      this.#close(current, at)
      if (current.parent === undefined) return current
      current = current.parent
    }
    throw new Error('not canonical XML')
  }

  #open(start: number, parent: OpenElement | undefined): OpenElement {
    const nameEnd = this.#nameEnd(start + 1)
    const [prefix, name] = splitName(this.#text.slice(start + 1, nameEnd))
    const { raw, declared, end } = this.#tagRest(nameEnd)
    const element: OpenElement = {
      parent,
      prefix,
      namespace: this.#namespaceOf(prefix),
      name,
      attributes: raw.length === 0 ? noAttributes : raw.map(attribute => this.#resolved(attribute)),
      children: [],
      start,
      contentStart: end,
      contentEnd: end,
      end,
      declared,
    }
    parent?.children.push(element)
    this.elements.push(element)
    return element
  }

  #nameEnd(from: number): number {
    for (let at = from; at < this.#text.length; at += 1) {
      const character = this.#text.charCodeAt(at)
      if (character === space || character === greaterThan) return at
    }
    throw new Error('not canonical XML')
  }

  /** Attributes and declarations up to the tag's `>`; `end` is the offset after it. */
  #tagRest(from: number): { raw: readonly RawAttribute[]; declared: readonly string[]; end: number } {
    const text = this.#text
    if (text.charCodeAt(from) === greaterThan) return { raw: [], declared: noDeclarations, end: from + 1 }
    const raw: RawAttribute[] = []
    const declared: string[] = []
    let at = from
    while (text.charCodeAt(at) === space) {
      const equals = text.indexOf('=', at)
      const close = text.indexOf('"', equals + 2)
      if (equals === -1 || close === -1) throw new Error('not canonical XML')
      const [prefix, name] = splitName(text.slice(at + 1, equals))
      const rawValue = text.slice(equals + 2, close)
      const declares = declaredPrefix(prefix, name)
      if (declares === undefined) raw.push({ prefix, name, rawValue })
      else {
        declared.push(declares)
        this.#bind(declares, rawValue)
      }
      at = close + 1
    }
    return { raw, declared, end: at + 1 }
  }

  #bind(prefix: string, namespace: string): void {
    const stack = this.#bound.get(prefix)
    if (stack === undefined) this.#bound.set(prefix, [namespace])
    else stack.push(namespace)
  }

  #namespaceOf(prefix: string): string {
    return this.#bound.get(prefix)?.at(-1) ?? ''
  }

  /** An attribute without a prefix is in no name space, whatever the default is. */
  #resolved(attribute: RawAttribute): XmlAttribute {
    return { ...attribute, namespace: attribute.prefix === '' ? '' : this.#namespaceOf(attribute.prefix) }
  }

  #close(element: OpenElement, contentEnd: number): void {
    element.contentEnd = contentEnd
    element.end = this.#text.indexOf('>', contentEnd) + 1
    for (const prefix of element.declared) this.#bound.get(prefix)?.pop()
  }
}

function splitName(qualified: string): [prefix: string, name: string] {
  const colon = qualified.indexOf(':')
  return colon === -1 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)]
}

/** The prefix that `xmlns` or `xmlns:p` binds; undefined for an ordinary attribute. */
function declaredPrefix(prefix: string, name: string): string | undefined {
  if (prefix === 'xmlns') return name
  return prefix === '' && name === 'xmlns' ? '' : undefined
}
