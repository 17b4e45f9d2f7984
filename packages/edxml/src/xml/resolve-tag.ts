import { malformed, wrongNamespace } from './fault.ts'
import { checkDeclaration, type PrefixScope, xmlNamespace } from './namespaces.ts'
import type { XmlRules } from './rules.ts'
import type { StartTag, WrittenAttribute } from './tag-reader.ts'
import type { XmlDeclaration, XmlTreeAttribute } from './tree.ts'

const noAttributes: readonly XmlTreeAttribute[] = []

/**
 * Applies a tag's declarations to the scope, which has been opened for it.
 *
 * @param unbound told of each prefix that is bound to nothing; the document is refused, but its other faults are found
 * @returns the name space of the element
 * @throws XmlRefusal for whatever else Namespaces in XML 1.0 forbids
 */
export function applyDeclarations(
  { name, declarations }: StartTag,
  scope: PrefixScope,
  { relativeNamespaces }: Pick<XmlRules, 'relativeNamespaces'>,
  unbound: (prefix: string) => void,
): string {
  for (const { prefix, namespace } of declarations) {
    checkDeclaration(prefix, namespace, relativeNamespaces)
    scope.bind(prefix, namespace)
  }
  if (declarations.length > 1) checkDeclaredOnce(declarations)
  return namespaceOf(name.prefix, scope, unbound)
}

function checkDeclaredOnce(declarations: readonly XmlDeclaration[]): void {
  const prefixes = new Set(declarations.map(({ prefix }) => prefix))
  if (prefixes.size < declarations.length) throw malformed('a name space declaration stands twice')
}

/** @throws XmlRefusal for an attribute that stands twice */
export function resolveAttributes(
  attributes: readonly WrittenAttribute[],
  scope: PrefixScope,
  unbound: (prefix: string) => void,
): readonly XmlTreeAttribute[] {
  if (attributes.length === 0) return noAttributes
  const resolved = attributes.map(({ name: { prefix, local }, rawValue }) => {
    const namespace = prefix === '' ? '' : namespaceOf(prefix, scope, unbound)
    return { prefix, namespace, name: local, rawValue }
  })
  if (resolved.length > 1) checkOnce(attributes, resolved)
  return resolved
}

/** By the name as written, and by name space and local name (Namespaces in XML 1.0, 6.3). */
function checkOnce(written: readonly WrittenAttribute[], resolved: readonly XmlTreeAttribute[]): void {
  const seen = new Set<string>()
  resolved.forEach(({ namespace, name, prefix }, index) => {
    const expanded = `${namespace} ${name}`
    if (seen.has(expanded)) {
      const twice = `attribute ${written[index]?.name.qualified} twice`
      throw prefix === '' ? malformed(twice) : wrongNamespace(twice)
    }
    seen.add(expanded)
  })
}

function namespaceOf(prefix: string, scope: PrefixScope, unbound: (prefix: string) => void): string {
  const namespace = scope.get(prefix)
  if (namespace !== undefined) return namespace
  if (prefix === 'xml') return xmlNamespace
  if (prefix !== '') unbound(prefix)
  return ''
}
