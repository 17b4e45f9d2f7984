import type { Dialect } from '../model.ts'
import { type CanonicalPacket, isNamed, type XmlElement } from '../packet/element.ts'
import { edoc2014, goVn, qcvn, soapEnvelope, xlink } from '../wire.ts'

/** The dialect read, or the code that refuses the packet (edXML 2). */
export type DialectAnswer = { readonly dialect: Dialect } | { readonly refusal: string }

export function findDialect({ root, elements }: CanonicalPacket): DialectAnswer {
  const isD2 = root.namespace === edoc2014 || root.namespace === soapEnvelope
  if (isD2 && elements.some(({ namespace }) => namespace === edoc2014)) return { refusal: 'M.Dialect.D2' }
  if (isNamed(root, goVn, 'EdXMLEnvelope')) return { refusal: 'M.Dialect.D3' }
  if (root.namespace !== qcvn) return { refusal: 'M.Dialect' }
  if (elements.some(({ name }) => name === 'AVReport')) return { refusal: 'M.Dialect.D4' }
  if (root.name !== 'edXML') return { refusal: 'M.Dialect' }
  return { dialect: elements.some(isNetKit) || elements.every(hasNoPrefix) ? 'D1n' : 'D1' }
}

/** Marks of the .NET kit. */
function isNetKit(element: XmlElement): boolean {
  if (element.namespace !== qcvn) return false
  if (element.name === 'TraceHeaderList') return element.attributes.length > 0
  if (element.name === 'DigitalSignature') return true
  return element.name === 'Reference' && element.attributes.some(({ namespace }) => namespace === xlink)
}

function hasNoPrefix({ prefix, namespace }: XmlElement): boolean {
  return prefix === '' || namespace !== qcvn
}
