import type { SignatureMaterial } from '@docaxis/edxml'
import { readBase64 } from './base64.ts'
import { type CanonicalElement, readCanonicalXml } from './canonical-xml.ts'
import { ds, ds11, isDs } from './names.ts'
import { type Checklist, Refusal } from './refusal.ts'

const maxCertificates = 8

export interface SignatureElement {
  readonly value: Buffer
  /** DER as written, signer first. */
  readonly certificates: readonly Buffer[]
}

/** Structure: one Signature in its place, of the one shape the profile knows (V03, V04, V05, V11, V22). */
export function readSignatureElement(material: SignatureMaterial, checklist: Checklist): SignatureElement {
  const { pass } = checklist
  checkPlace(material, checklist)
  const parts = partsOf(readCanonicalXml(material.element))
  pass('V03', 'SignedInfo, SignatureValue and KeyInfo once each')
  checkIds(material, checklist)
  const value = readBase64(parts.value, 'SignatureValue')
  const certificates = readKeyInfo(parts.keyInfo)
  pass('V22', `${certificates.length} certificate(s) in KeyInfo`)
  return { value, certificates }
}

/** The rules of `readSignatureElement` one by one, for a report that names all that is wrong. */
export function signatureElementRules(material: SignatureMaterial, checklist: Checklist): readonly (() => unknown)[] {
  let read: CanonicalElement | undefined
  const signature = () => {
    read ??= readCanonicalXml(material.element)
    return read
  }
  return [
    () => checkPlace(material, checklist),
    () => partsOf(signature()),
    () => refuseObjects(signature()),
    () => checkIds(material, checklist),
    () => readKeyInfo(signature().children.find(child => isDs(child, 'KeyInfo'))),
  ]
}

function refuseObjects({ children }: CanonicalElement): void {
  const [object] = children.filter(child => isDs(child, 'Object'))
  if (object) throw new Refusal('SIGNATURE_STRUCTURE', 'V11', 'Object in the Signature')
}

function checkPlace({ count, legacyBlock, place, hasComments }: SignatureMaterial, { hold }: Checklist): void {
  hold(count > 0 || legacyBlock, 'V03', 'the packet is signed', 'NOT_SIGNED', 'there is no Signature')
  hold(
    !legacyBlock,
    'V03',
    'the Signature is an XML signature',
    'SIGNATURE_STRUCTURE',
    'the signature block is in the namespace of the packet, which makes it no XML signature',
  )
  hold(count === 1, 'V03', 'one Signature', 'SIGNATURE_STRUCTURE', `${count} Signature elements where one belongs`)
  hold(
    place === 'header-last',
    'V03',
    'the Signature stands in its place',
    'SIGNATURE_STRUCTURE',
    'the Signature is not the last element of its place',
  )
  hold(!hasComments, 'V04', 'text only', 'SIGNATURE_STRUCTURE', 'comment or processing instruction in the Signature')
}

function checkIds({ duplicateIds: [repeated] }: SignatureMaterial, { hold }: Checklist): void {
  hold(repeated === undefined, 'V05', 'ids are unique', 'ID_NOT_UNIQUE', `id ${repeated} stands more than once`)
}

interface Parts {
  readonly value: CanonicalElement
  readonly keyInfo: CanonicalElement
}

function partsOf(signature: CanonicalElement): Parts {
  elementsOnly(signature, ['Id'])
  const named = (name: string) => signature.children.filter(child => isDs(child, name))
  if (named('Object').some(object => contains(object, 'Manifest'))) {
    throw new Refusal('REFERENCE_FORBIDDEN', 'V11', 'Manifest in the Signature')
  }
  const [value] = named('SignatureValue')
  if (!value || (value.text.trim() === '' && value.children.length === 0)) {
    throw new Refusal('NOT_SIGNED', 'V03', 'the Signature has no SignatureValue')
  }
  const shape = signature.children.map(child =>
    child.namespace === ds ? child.name : `{${child.namespace}}${child.name}`,
  )
  const keyInfo = signature.children[2]
  if (!['SignedInfo,SignatureValue', 'SignedInfo,SignatureValue,KeyInfo'].includes(shape.join())) {
    const detail = `Signature holds ${shape.slice(0, 8).join(', ')} where SignedInfo, SignatureValue, KeyInfo belong`
    throw new Refusal('SIGNATURE_STRUCTURE', 'V03', detail)
  }
  onlyAttributes(value, ['Id'])
  if (!keyInfo) throw new Refusal('SIGNER_CERTIFICATE_MISSING', 'V22', 'there is no KeyInfo')
  return { value, keyInfo }
}

/** Parts of KeyInfo that say nothing to us. They are not signed, so they may hold what XML Signature lets them, no more. */
const ignoredInKeyInfo: readonly string[] = ['KeyName', 'KeyValue']
const ignoredInX509Data: readonly string[] = ['X509SubjectName', 'X509IssuerSerial', 'X509SKI']
const withElements: readonly string[] = ['KeyValue', 'X509IssuerSerial']

function readKeyInfo(keyInfo: CanonicalElement | undefined): Buffer[] {
  if (!keyInfo) throw new Refusal('SIGNER_CERTIFICATE_MISSING', 'V22', 'there is no KeyInfo')
  elementsOnly(keyInfo, ['Id'])
  const certificates: Buffer[] = []
  let containers = 0
  for (const child of keyInfo.children) {
    if (isDs(child, 'X509Data')) {
      containers += 1
      readX509Data(child, certificates)
    } else refuseKeyForm(child)
  }
  if (containers > 1) throw new Refusal('SIGNER_AMBIGUOUS', 'V22', `${containers} X509Data elements where one belongs`)
  if (certificates.length === 0) throw new Refusal('SIGNER_CERTIFICATE_MISSING', 'V22', 'there is no X509Certificate')
  if (certificates.length > maxCertificates) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V36', `${certificates.length} certificates, ${maxCertificates} allowed`)
  }
  return certificates
}

function readX509Data(data: CanonicalElement, certificates: Buffer[]): void {
  elementsOnly(data, [])
  for (const child of data.children) {
    if (isDs(child, 'X509Certificate')) certificates.push(readBase64(child, 'X509Certificate'))
    else if (!isIgnored(child, ignoredInX509Data)) {
      throw new Refusal('SIGNATURE_STRUCTURE', 'V03', `${child.name} in X509Data`)
    }
  }
}

function isIgnored(element: CanonicalElement, names: readonly string[]): boolean {
  if (element.namespace !== ds || !names.includes(element.name)) return false
  return withElements.includes(element.name) ? isOfSignatures(element) : element.children.length === 0
}

/** Whether it and all that it holds are elements of XML Signature (1.1 has keys on elliptic curves). */
function isOfSignatures({ namespace, children }: CanonicalElement): boolean {
  return (namespace === ds || namespace === ds11) && children.every(isOfSignatures)
}

function refuseKeyForm(element: CanonicalElement): void {
  if (isIgnored(element, ignoredInKeyInfo)) return
  const { name } = element
  if (name === 'RetrievalMethod' || name === 'KeyInfoReference') {
    throw new Refusal('REFERENCE_FORBIDDEN', 'V11', `${name} in KeyInfo`)
  }
  if (name === 'DEREncodedKeyValue') throw new Refusal('KEY_FORM_FORBIDDEN', 'V11', `${name} in KeyInfo`)
  throw new Refusal('SIGNATURE_STRUCTURE', 'V03', `${name} in KeyInfo`)
}

/** Refuses attributes of other names, and text between the element's children (V03). */
export function elementsOnly(element: CanonicalElement, attributes: readonly string[]): void {
  onlyAttributes(element, attributes)
  if (element.text.trim() !== '') throw new Refusal('SIGNATURE_STRUCTURE', 'V03', `text in ${element.name}`)
}

function onlyAttributes(element: CanonicalElement, allowed: readonly string[]): void {
  for (const name of element.attributes.keys()) {
    if (!allowed.includes(name)) throw new Refusal('SIGNATURE_STRUCTURE', 'V03', `attribute ${name} on ${element.name}`)
  }
}

function contains(element: CanonicalElement, name: string): boolean {
  return element.children.some(child => isDs(child, name) || contains(child, name))
}
