import { createHash } from 'node:crypto'
import type { DigestAlgorithm, SignatureMaterial } from '../reading.ts'
import { qcvn, xmldsig } from '../wire.ts'
import { canonicalSubtree } from './canonical-subtree.ts'
import { type CanonicalPacket, isNamed, ownText, type XmlElement } from './element.ts'

const idNames = new Set(['Id', 'ID', 'id'])

/**
 * Cuts out what the signature check needs.
 *
 * @param withComments the packet's canonical form with comments, where the packet has any
 */
export function signatureMaterial(packet: CanonicalPacket, withComments: Buffer | undefined): SignatureMaterial {
  const { signatures, duplicateIds } = survey(packet.elements)
  const header = findHeader(packet.root)
  const [first] = signatures
  const signedInfo = first?.children.find(child => isNamed(child, xmldsig, 'SignedInfo'))
  return {
    count: signatures.length,
    legacyBlock: header?.children.some(child => isLegacyBlock(packet, child)) ?? false,
    place: placeOf(first, header),
    hasComments: first !== undefined && withComments !== undefined && hasCommentInside(withComments, first),
    duplicateIds,
    element: first === undefined ? Buffer.alloc(0) : canonicalSubtree(packet.latin1, first),
    signedInfo: signedInfo === undefined ? Buffer.alloc(0) : canonicalSubtree(packet.latin1, signedInfo),
    digest: algorithm => digestWithout(packet, first, algorithm),
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
  return element.children.length > 0 || ownText(packet, element).trim() !== ''
}

/**
 * Whether a comment lies inside the element. Canonical text and values escape `<`, so `<!--` can only be a comment;
 * taking the comments out one by one turns offsets of one form into offsets of the other.
 */
function hasCommentInside(withComments: Buffer, element: XmlElement): boolean {
  const text = withComments.toString('latin1')
  const rootStart = text.search(/<(?!!--)/)
  let removed = rootStart
  for (let at = text.indexOf('<!--', rootStart); at !== -1; ) {
    const plainOffset = at - removed
    if (plainOffset >= element.contentStart && plainOffset <= element.contentEnd) return true
    const end = text.indexOf('-->', at) + 3
    removed += end - at
    at = text.indexOf('<!--', end)
  }
  return false
}

/** SHA over the packet without its Signature: removing a subtree changes nothing else in an exclusive canonical form. */
function digestWithout(packet: CanonicalPacket, cut: XmlElement | undefined, algorithm: DigestAlgorithm): Buffer {
  const { bytes, root } = packet
  const hash = createHash(algorithm)
  if (cut === undefined) return hash.update(bytes.subarray(root.start, root.end)).digest()
  return hash.update(bytes.subarray(root.start, cut.start)).update(bytes.subarray(cut.end, root.end)).digest()
}
