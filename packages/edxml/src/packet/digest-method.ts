import type { DigestAlgorithm } from '../reading.ts'
import { xmldsig } from '../wire.ts'
import { isNamed, type XmlElement } from './element.ts'

/** Digest algorithms of the packet profile (edXML 10.2) by their identifiers. */
export const digestMethods: ReadonlyMap<string, DigestAlgorithm> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

/**
 * What the first Reference of a Signature asks for. Only a choice of what to compute: the signature check reads the
 * signed form of SignedInfo again and refuses what does not agree.
 */
export function digestAlgorithmIn(signature: XmlElement): DigestAlgorithm | undefined {
  let at: XmlElement | undefined = signature
  for (const name of ['SignedInfo', 'Reference', 'DigestMethod']) {
    at = at?.children.find(child => isNamed(child, xmldsig, name))
  }
  return digestMethods.get(at?.attributes.find(({ name }) => name === 'Algorithm')?.rawValue ?? '')
}
