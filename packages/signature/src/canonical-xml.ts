import { CanonicalXmlError, unescaped } from './canonical-markup.ts'
import { type CanonicalTag, canonicalTag } from './canonical-tag.ts'

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

interface OpenElement {
  readonly endTag: string
  readonly element: CanonicalElement & { children: CanonicalElement[]; text: string }
  readonly scope: Scope | undefined
}

const maxDepth = 32
const lessThan = 0x3c
const slash = 0x2f
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const noChildren: CanonicalElement[] = []

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
    const parent = open[open.length - 1]
    if (text.charCodeAt(at) !== lessThan) {
      const next = text.indexOf('<', at)
      const end = next < 0 ? text.length : next
      if (!parent) throw new CanonicalXmlError('text outside the root element')
      parent.element.text += unescaped(text.slice(at, end))
      at = end
    } else if (text.charCodeAt(at + 1) === slash) {
      if (!parent || !text.startsWith(parent.endTag, at)) throw new CanonicalXmlError(`end tag at ${at} does not fit`)
      open.pop()
      at += parent.endTag.length
    } else {
      if (!parent && root) throw new CanonicalXmlError('a second root element')
      if (open.length >= maxDepth) throw new CanonicalXmlError(`deeper than ${maxDepth} elements`)
      // A value with > in it is no value of ours: the tag is cut there, and refused.
      const end = text.indexOf('>', at) + 1 || text.length
      const child = openElement(canonicalTag(text.slice(at, end)), parent?.scope)
      if (parent) adopt(parent.element, child.element)
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

function adopt(parent: OpenElement['element'], child: CanonicalElement): void {
  if (parent.children === noChildren) parent.children = [child]
  else parent.children.push(child)
}

function openElement(tag: CanonicalTag, outer: Scope | undefined): OpenElement {
  const scope = tag.declared ? { own: tag.declared, outer } : outer
  const element = {
    namespace: namespaceOf(tag.prefix, scope),
    name: tag.name,
    attributes: tag.hasPrefixedAttributes ? resolvedAttributes(tag, scope) : tag.attributes,
    children: noChildren,
    text: '',
  }
  return { endTag: tag.endTag, element, scope }
}

function resolvedAttributes({ attributes }: CanonicalTag, scope: Scope | undefined): ReadonlyMap<string, string> {
  const resolved = new Map<string, string>()
  for (const [written, value] of attributes) {
    const colon = written.indexOf(':')
    const key = colon < 0 ? written : `{${namespaceOf(written.slice(0, colon), scope)}}${written.slice(colon + 1)}`
    if (resolved.has(key)) throw new CanonicalXmlError(`attribute ${written} twice`)
    resolved.set(key, value)
  }
  return resolved
}

function namespaceOf(prefix: string, scope: Scope | undefined): string {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace'
  for (let at = scope; at; at = at.outer) {
    const namespace = at.own.get(prefix)
    if (namespace !== undefined) return namespace
  }
  if (prefix !== '') throw new CanonicalXmlError(`prefix ${prefix} is not bound`)
  return ''
}
