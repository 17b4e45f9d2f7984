import type { XmlTreeElement } from '@docaxis/edxml/xml'
import { unescapeRaw } from '../c14n/escapes.ts'
import type { CanonicalElement } from '../canonical-xml.ts'

export function childrenOf(element: XmlTreeElement): XmlTreeElement[] {
  return element.children.filter(child => child.kind === 'element')
}

/** Whether `inner` is the element itself or lies inside it. */
export function holds(element: XmlTreeElement, inner: XmlTreeElement): boolean {
  for (let at: XmlTreeElement | undefined = inner; at; at = at.parent) if (at === element) return true
  return false
}

/** `{namespace}name`, for people and for comparison. */
export function expandedName({ namespace, name }: XmlTreeElement): string {
  return namespace === '' ? decoded(name) : `{${decoded(namespace)}}${decoded(name)}`
}

/** One character per byte and escaped, as the tree has it, to what it says. */
export function decoded(raw: string): string {
  return unescapeRaw(nonAscii.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw)
}

const nonAscii = /[\u0080-\u00ff]/

/** The same shape that the reader of canonical bytes gives, for small parts that no signature covers. */
export function plainElement(element: XmlTreeElement): CanonicalElement {
  const attributes = element.attributes.map(({ namespace, name, rawValue }) => {
    const key = namespace === '' ? decoded(name) : `{${decoded(namespace)}}${decoded(name)}`
    return [key, decoded(rawValue)] as const
  })
  const texts = element.children.flatMap(child => (child.kind === 'text' ? [child.raw] : []))
  return {
    namespace: decoded(element.namespace),
    name: decoded(element.name),
    attributes: new Map(attributes),
    children: childrenOf(element).map(plainElement),
    text: decoded(texts.join('')),
  }
}
