import type { SignatureMaterial } from '../reading.ts'
import { qcvn, xmldsig } from '../wire.ts'
import { canonicalSubtree } from './canonical-subtree.ts'
import { type CanonicalPacket, isEmpty, isNamed, type XmlElement } from './element.ts'

const idNames = new Set(['Id', 'ID', 'id'])

/** Cuts out what the signature check needs. */
export function signatureMaterial(
  packet: CanonicalPacket,
  { digest, hasComments }: Pick<SignatureMaterial, 'digest' | 'hasComments'>,
): SignatureMaterial {
  const { signatures, duplicateIds } = survey(packet.elements)
  const header = findHeader(packet.root)
  const [first] = signatures
  const signedInfo = first?.children.find(child => isNamed(child, xmldsig, 'SignedInfo'))
  return {
    count: signatures.length,
    legacyBlock: header?.children.some(child => isLegacyBlock(packet, child)) ?? false,
    place: placeOf(first, header),
    hasComments,
    duplicateIds,
    element: first === undefined ? Buffer.alloc(0) : canonicalSubtree(packet, first),
    signedInfo: signedInfo === undefined ? Buffer.alloc(0) : canonicalSubtree(packet, signedInfo),
    digest,
  }
}

/** One walk for both: a large packet is not walked twice. */
function survey(elements: readonly XmlElement[]): { signatures: XmlElement[]; duplicateIds: string[] } {
  const signatures: XmlElement[] = []
  const seen = new Set<string>()
  const duplicates = new Set<string>()
  for (const element of elements) {
    if (isNamed(element, xmldsig, 'Signature')) signatures.push(element)
    for (const { name, rawValue } of element.attributes) {
      if (!idNames.has(name)) continue
      if (seen.has(rawValue)) duplicates.add(rawValue)
      seen.add(rawValue)
    }
  }
  return { signatures, duplicateIds: [...duplicates] }
}

function findHeader(root: XmlElement): XmlElement | undefined {
  return root.children
    .find(child => isNamed(child, qcvn, 'edXMLEnvelope'))
    ?.children.find(child => isNamed(child, qcvn, 'edXMLHeader'))
}

function placeOf(signature: XmlElement | undefined, header: XmlElement | undefined): SignatureMaterial['place'] {
  if (signature === undefined) return 'none'
  return header !== undefined && signature === header.children.at(-1) ? 'header-last' : 'elsewhere'
}

/** The kits' Signature in the packet's own name space; an empty DigitalSignature says nothing (edXML 10.1, 10.3). */
function isLegacyBlock(packet: CanonicalPacket, element: XmlElement): boolean {
  if (element.namespace !== qcvn || (element.name !== 'Signature' && element.name !== 'DigitalSignature')) return false
  return !isEmpty(packet, element)
}
