import type { ByteArena } from '../xml/byte-arena.ts'
import { byte } from '../xml/bytes.ts'
import type { PrefixScope } from '../xml/namespaces.ts'
import type { QualifiedName } from '../xml/qualified-name.ts'
import type { XmlAttribute } from './element.ts'

/** What a start tag needs in order to be written in exclusive canonical form. */
export interface CanonicalTag {
  readonly prefix: string
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
}

export type Declaration = readonly [prefix: string, namespace: string]

export const noDeclarations: readonly Declaration[] = []

/**
 * The name spaces that a tag visibly uses and no output ancestor has rendered, sorted by prefix; they count as rendered
 * from now on (Exclusive XML Canonicalization 1.0, 3).
 *
 * @param rendered opened for this element
 */
export function renderDeclarations(
  { prefix, namespace, attributes }: CanonicalTag,
  rendered: PrefixScope,
): readonly Declaration[] {
  const own = isMissing(prefix, namespace, rendered)
  if (attributes.length === 0 && !own) return noDeclarations
  const missing = new Map<string, string>(own ? [[prefix, namespace]] : [])
  for (const attribute of attributes) {
    if (attribute.prefix !== '' && isMissing(attribute.prefix, attribute.namespace, rendered)) {
      missing.set(attribute.prefix, attribute.namespace)
    }
  }
  for (const [used, bound] of missing) rendered.bind(used, bound)
  return missing.size < 2 ? [...missing] : [...missing].sort(([a], [b]) => compare(a, b))
}

function isMissing(prefix: string, namespace: string, rendered: PrefixScope): boolean {
  return prefix !== 'xml' && (rendered.get(prefix) ?? '') !== namespace
}

/** By name space, then by local name; attributes without a prefix first. Strings hold bytes, so code points decide. */
export function sortedAttributes(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  if (attributes.length < 2) return attributes
  return [...attributes].sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Appends the start tag; the attributes are sorted already. */
export function writeStartTag(
  arena: ByteArena,
  { bytes }: Pick<QualifiedName, 'bytes'>,
  attributes: readonly XmlAttribute[],
  declarations: readonly Declaration[],
): void {
  arena.appendByte(byte.lessThan)
  arena.append(bytes, 0, bytes.length)
  if (declarations.length > 0) writeDeclarations(arena, declarations)
  for (const { prefix, name, rawValue } of attributes) {
    arena.appendLatin1(prefix === '' ? ` ${name}="${rawValue}"` : ` ${prefix}:${name}="${rawValue}"`)
  }
  arena.appendByte(byte.greaterThan)
}

function writeDeclarations(arena: ByteArena, declarations: readonly Declaration[]): void {
  for (const [prefix, namespace] of declarations) {
    arena.appendLatin1(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`)
    arena.appendLatin1(namespace)
    arena.appendByte(byte.quote)
  }
}

export function writeEndTag(arena: ByteArena, { bytes }: Pick<QualifiedName, 'bytes'>): void {
  arena.appendByte(byte.lessThan)
  arena.appendByte(byte.slash)
  arena.append(bytes, 0, bytes.length)
  arena.appendByte(byte.greaterThan)
}
