import { canonicalEscapes } from '@docaxis/edxml/xml'
import { CanonicalXmlError, readEndTag, readStartTag, type WrittenAttribute } from './canonical-markup.ts'

export { CanonicalXmlError }

/** An element of a canonical document. Prefixes are resolved; nothing but elements and text is left. */
export interface CanonicalElement {
  readonly namespace: string
  readonly name: string
  /** Attributes without a prefix by name; prefixed ones as `{namespace}name`. Namespace declarations are left out. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly CanonicalElement[]
  /** Its own character data, children's left out. */
  readonly text: string
}

/** Declarations of one element, and those around it: never copied, for a document may hold many of both. */
interface Scope {
  readonly own: ReadonlyMap<string, string>
  readonly outer: Scope | undefined
}

type Attribute = readonly [name: string, value: string]

interface OpenElement {
  readonly tag: string
  readonly element: CanonicalElement & { readonly children: CanonicalElement[]; text: string }
  readonly scope: Scope | undefined
}

const maxDepth = 32
const lessThan = 0x3c
const slash = 0x2f
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads the output of Exclusive XML Canonicalization without comments, and nothing else: one way to write each
 * document, so that no second reading of the same bytes exists. Comments, processing instructions, CDATA, empty-element
 * tags and any other way to write a character are refused.
 *
 * @throws CanonicalXmlError
 */
export function readCanonicalXml(bytes: Uint8Array): CanonicalElement {
  const text = decode(bytes)
  const open: OpenElement[] = []
  let root: CanonicalElement | undefined
  let at = 0
  while (at < text.length) {
    if (text.charCodeAt(at) !== lessThan) {
      const next = text.indexOf('<', at)
      const end = next < 0 ? text.length : next
      const parent = open[open.length - 1]
      if (!parent) throw new CanonicalXmlError('text outside the root element')
      parent.element.text += unescapeText(text.slice(at, end))
      at = end
    } else if (text.charCodeAt(at + 1) === slash) {
      const { name, end } = readEndTag(text, at)
      if (open.pop()?.tag !== name) throw new CanonicalXmlError(`end tag of ${name} does not fit`)
      at = end
    } else {
      const { name, attributes, end } = readStartTag(text, at)
      const parent = open[open.length - 1]
      if (!parent && root) throw new CanonicalXmlError('a second root element')
      if (open.length >= maxDepth) throw new CanonicalXmlError(`deeper than ${maxDepth} elements`)
      const child = openElement(name, attributes, parent?.scope)
      parent?.element.children.push(child.element)
      root ??= child.element
      open.push(child)
      at = end
    }
  }
  if (!root || open.length > 0) throw new CanonicalXmlError('the document ends too early')
  return root
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new CanonicalXmlError('not UTF-8')
  }
}

const noAttributes: ReadonlyMap<string, string> = new Map()

function openElement(tag: string, written: readonly WrittenAttribute[], outer: Scope | undefined): OpenElement {
  const { scope, own } = written.length === 0 ? { scope: outer, own: written } : readAttributes(written, outer)
  const { namespace, name } = resolve(tag, scope)
  const attributes = own.length === 0 ? noAttributes : resolvedAttributes(own, scope)
  return { tag, element: { namespace, name, attributes, children: [], text: '' }, scope }
}

/** Tells declarations from the element's own attributes, whose values are no longer escaped. */
function readAttributes(
  written: readonly WrittenAttribute[],
  outer: Scope | undefined,
): { readonly scope: Scope | undefined; readonly own: readonly Attribute[] } {
  const own: Attribute[] = []
  let declared: Map<string, string> | undefined
  for (const [name, rawValue] of written) {
    const value = unescapeText(rawValue)
    if (name === 'xmlns' || name.startsWith('xmlns:')) {
      declared ??= new Map()
      declared.set(name.slice('xmlns:'.length), value)
    } else own.push([name, value])
  }
  return { scope: declared ? { own: declared, outer } : outer, own }
}

function resolvedAttributes(own: readonly Attribute[], scope: Scope | undefined): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const [written, value] of own) {
    const key = written.includes(':') ? clark(resolve(written, scope)) : written
    if (attributes.has(key)) throw new CanonicalXmlError(`attribute ${written} twice`)
    attributes.set(key, value)
  }
  return attributes
}

function resolve(qualified: string, scope: Scope | undefined) {
  const colon = qualified.indexOf(':')
  const prefix = colon < 0 ? '' : qualified.slice(0, colon)
  const name = qualified.slice(colon + 1)
  if (prefix === 'xml') return { namespace: 'http://www.w3.org/XML/1998/namespace', name }
  const namespace = lookUp(prefix, scope)
  if (namespace === undefined && prefix !== '') throw new CanonicalXmlError(`prefix ${prefix} is not bound`)
  return { namespace: namespace ?? '', name }
}

function lookUp(prefix: string, scope: Scope | undefined): string | undefined {
  for (let at = scope; at; at = at.outer) {
    const namespace = at.own.get(prefix)
    if (namespace !== undefined) return namespace
  }
  return undefined
}

function clark({ namespace, name }: { namespace: string; name: string }): string {
  return `{${namespace}}${name}`
}

function unescapeText(text: string): string {
  if (text.includes('>')) throw new CanonicalXmlError('unescaped >')
  if (!text.includes('&')) return text
  return text.replace(/&[^;]*;?/g, reference => {
    const character = canonicalEscapes[reference]
    if (character === undefined) throw new CanonicalXmlError(`reference ${reference.slice(0, 12)}`)
    return character
  })
}
