import type { XmlTreeAttribute, XmlTreeElement } from '@docaxis/edxml/xml'
import type { CanonicalMethod } from './canonical-method.ts'
import { escapeAttribute, unescapeRaw } from './escapes.ts'
import { joinBase } from './xml-base.ts'

/**
 * Attributes of an apex, with the xml:* ones that it has from elements around it which are not written: C14N 1.0 takes
 * all (2.4), C14N 1.1 takes xml:lang and xml:space and joins xml:base (2.4), exclusive C14N takes none.
 */
export function apexAttributes(element: XmlTreeElement, { form }: CanonicalMethod): readonly XmlTreeAttribute[] {
  if (form === 'exclusive' || element.parent === undefined) return element.attributes
  if (form === 'inclusive-1.0') return [...element.attributes, ...inherited(element, () => true)]
  const simple = inherited(element, name => name === 'lang' || name === 'space')
  const own = element.attributes.filter(attribute => !isXml(attribute, 'base'))
  return [...own, ...simple, ...joinedBase(element)]
}

function inherited(element: XmlTreeElement, takes: (name: string) => boolean): readonly XmlTreeAttribute[] {
  const own = new Set(element.attributes.filter(({ prefix }) => prefix === 'xml').map(({ name }) => name))
  const found = new Map<string, XmlTreeAttribute>()
  for (let at = element.parent; at; at = at.parent) {
    for (const attribute of at.attributes) {
      const { prefix, name } = attribute
      if (prefix === 'xml' && takes(name) && !own.has(name) && !found.has(name)) found.set(name, attribute)
    }
  }
  return [...found.values()]
}

function joinedBase(element: XmlTreeElement): readonly XmlTreeAttribute[] {
  const chain: XmlTreeAttribute[] = []
  for (let at: XmlTreeElement | undefined = element; at; at = at.parent) {
    const base = at.attributes.find(attribute => isXml(attribute, 'base'))
    if (base) chain.push(base)
  }
  const [nearest, ...outer] = chain
  if (!nearest || (outer.length === 0 && element.attributes.includes(nearest))) return chain
  const joined = outer.reduce(
    (below, { rawValue }) => joinBase(unescapeRaw(rawValue), below),
    unescapeRaw(nearest.rawValue),
  )
  return joined === '' ? [] : [{ ...nearest, rawValue: escapeAttribute(joined) }]
}

function isXml({ prefix, name }: XmlTreeAttribute, wanted: string): boolean {
  return prefix === 'xml' && name === wanted
}
