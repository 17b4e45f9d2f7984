import { canonicalEscapes } from '@docaxis/edxml/xml'

/** Text of attribute values and character data as canonical XML escapes it (XML-C14N 1.0, 2.3), and back. */

const attributeEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

export function unescapeRaw(raw: string): string {
  return raw.includes('&') ? raw.replace(/&[^;]*;/g, reference => canonicalEscapes[reference] ?? reference) : raw
}

export function escapeAttribute(value: string): string {
  return value.replace(/[&<"\t\n\r]/g, character => attributeEscapes[character] ?? character)
}
