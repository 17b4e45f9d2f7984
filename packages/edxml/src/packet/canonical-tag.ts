import type { ByteArena } from '../xml/byte-arena.ts'
import { byte } from '../xml/bytes.ts'
import type { PrefixScope } from '../xml/namespaces.ts'
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
  const own = declarationOf(prefix, namespace, rendered)
  let missing = own === undefined ? noDeclarations : [own]
  for (const attribute of attributes) {
    if (attribute.prefix === '') continue
    const another = declarationOf(attribute.prefix, attribute.namespace, rendered)
    if (another !== undefined) missing = [...missing, another]
  }
  return missing.length < 2 ? missing : [...missing].sort(([a], [b]) => compare(a, b))
}

/** Undefined where the prefix is rendered already; bound from now on where it is not. */
function declarationOf(prefix: string, namespace: string, rendered: PrefixScope): Declaration | undefined {
  if (prefix === 'xml' || (rendered.get(prefix) ?? '') === namespace) return undefined
  rendered.bind(prefix, namespace)
  return [prefix, namespace]
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

/**
 * Appends the start tag; the attributes are sorted already.
 *
 * @param opening `<` and the name
 */
export function writeStartTag(
  arena: ByteArena,
  opening: Uint8Array,
  attributes: readonly XmlAttribute[],
  declarations: readonly Declaration[],
): void {
  arena.append(opening, 0, opening.length)
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
