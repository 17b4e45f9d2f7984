import type { XmlTreeElement } from '@docaxis/edxml/xml'
import { type Certificate, parseCertificate } from '@docaxis/pki'
import { readBase64 } from '../base64.ts'
import type { CanonicalElement } from '../canonical-xml.ts'
import { ds, ds11, isDs } from '../names.ts'
import { Refusal } from '../refusal.ts'
import { plainElement } from './tree.ts'

const maxCertificates = 8
const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'
/** Of what may stand in KeyInfo. It is signed by nobody, so it must not carry what a reader of the document looks for. */
const ownNamespaces: ReadonlySet<string> = new Set([
  ds,
  ds11,
  'http://www.w3.org/2001/04/xmldsig-more#',
  `${wss}-wssecurity-secext-1.0.xsd`,
])

/** KeyInfo of one Signature as far as it may say anything. */
export interface KeyInfo {
  /** Certificates as written, the signer's first. */
  readonly ders: readonly Buffer[]
}

/** Forms of a key that the rules do not allow refuse, whoever's key is asked in the end (V11, V17, V22). */
export function readKeyInfo(element: XmlTreeElement | undefined): KeyInfo {
  if (!element) return { ders: [] }
  const keyInfo = plainElement(element)
  refuseForeign(keyInfo)
  keyInfo.children.forEach(refuseForm)
  const ders = keyInfo.children
    .filter(child => isDs(child, 'X509Data'))
    .flatMap(data => data.children.filter(child => isDs(child, 'X509Certificate')))
    .map(certificate => readBase64(certificate, 'X509Certificate'))
  if (ders.length <= maxCertificates) return { ders }
  throw new Refusal('SIGNATURE_STRUCTURE', 'V36', `${ders.length} certificates, ${maxCertificates} allowed`)
}

/** @throws Refusal */
export function parseSigner(der: Buffer, index: number): Certificate {
  try {
    return parseCertificate(der)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable'
    throw new Refusal('SIGNER_CERTIFICATE_MISSING', 'V38', `certificate ${index + 1} cannot be read: ${why}`)
  }
}

function refuseForeign({ namespace, name, children }: CanonicalElement): void {
  if (!ownNamespaces.has(namespace)) throw new Refusal('SIGNATURE_STRUCTURE', 'V03', `${name} in KeyInfo`)
  children.forEach(refuseForeign)
}

function refuseForm(child: CanonicalElement): void {
  const { name } = child
  if (name === 'RetrievalMethod' || name === 'KeyInfoReference') {
    throw new Refusal('REFERENCE_FORBIDDEN', 'V11', `${name} in KeyInfo`)
  }
  if (name === 'DEREncodedKeyValue') throw new Refusal('KEY_FORM_FORBIDDEN', 'V11', `${name} in KeyInfo`)
  if (isDs(child, 'KeyValue')) child.children.forEach(refuseKeyValue)
}

/** RSA by its numbers, EC by a curve's name; DSA, curves spelled out (CVE-2020-0601) and the form of RFC 4050 refuse. */
function refuseKeyValue(value: CanonicalElement): void {
  if (isDs(value, 'RSAKeyValue')) return
  const isEc = value.namespace === ds11 && value.name === 'ECKeyValue'
  if (isEc && value.children[0]?.name === 'NamedCurve') return
  throw new Refusal(
    'KEY_FORM_FORBIDDEN',
    isEc || isDs(value, 'DSAKeyValue') ? 'V17' : 'V22',
    `${value.name} in KeyValue`,
  )
}
