import { canonicalEscapes } from '@docaxis/edxml/xml'

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

export class CanonicalXmlError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CanonicalXmlError'
  }
}

/** Declarations of one element, and those around it: never copied, for a document may hold many of both. */
interface Scope {
  readonly own: ReadonlyMap<string, string>
  readonly outer: Scope | undefined
}

interface OpenElement {
  readonly tag: string
  readonly element: CanonicalElement & { readonly children: CanonicalElement[]; text: string }
  readonly scope: Scope | undefined
}

const maxDepth = 32
const lessThan = 0x3c
const slash = 0x2f
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const nameChars = '[^\\s<>&"\'=/!?]+'
const startTag = new RegExp(`<(${nameChars})((?: ${nameChars}="[^"<]*")*)>`, 'y')
const endTag = new RegExp(`</(${nameChars})>`, 'y')
const attribute = new RegExp(` (${nameChars})="([^"<]*)"`, 'g')
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
      const [whole, tag] = match(endTag, text, at)
      if (open.pop()?.tag !== tag) throw new CanonicalXmlError(`end tag of ${tag} does not fit`)
      at += whole.length
    } else {
      const [whole, tag, attributes] = match(startTag, text, at)
      const parent = open[open.length - 1]
      if (!parent && root) throw new CanonicalXmlError('a second root element')
      if (open.length >= maxDepth) throw new CanonicalXmlError(`deeper than ${maxDepth} elements`)
      const child = openElement(tag, attributes, parent?.scope)
      parent?.element.children.push(child.element)
      root ??= child.element
      open.push(child)
      at += whole.length
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

function match(pattern: RegExp, text: string, at: number): [whole: string, name: string, rest: string] {
  pattern.lastIndex = at
  const [whole, name = '', rest = ''] = pattern.exec(text) ?? []
  if (whole === undefined) throw new CanonicalXmlError(`markup that is not canonical at ${at}`)
  return [whole, name, rest]
}

const noAttributes: ReadonlyMap<string, string> = new Map()

function openElement(tag: string, written: string, outer: Scope | undefined): OpenElement {
  const { scope, own } = written === '' ? { scope: outer, own: [] } : readAttributes(written, outer)
  const { namespace, name } = resolve(tag, scope)
  const attributes = own.length === 0 ? noAttributes : resolvedAttributes(own, scope)
  return { tag, element: { namespace, name, attributes, children: [], text: '' }, scope }
}

type Written = readonly [name: string, value: string]

/** Tells declarations from the element's own attributes. */
function readAttributes(written: string, outer: Scope | undefined): { scope: Scope | undefined; own: Written[] } {
  const own: Written[] = []
  const declared = new Map<string, string>()
  attribute.lastIndex = 0
  for (let found = attribute.exec(written); found !== null; found = attribute.exec(written)) {
    const [, name = '', raw = ''] = found
    const value = unescapeText(raw)
    if (name === 'xmlns') declared.set('', value)
    else if (name.startsWith('xmlns:')) declared.set(name.slice(6), value)
    else own.push([name, value])
  }
  return { scope: declared.size > 0 ? { own: declared, outer } : outer, own }
}

function resolvedAttributes(own: readonly Written[], scope: Scope | undefined): ReadonlyMap<string, string> {
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
