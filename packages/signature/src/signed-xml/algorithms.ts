import { constants, verify } from 'node:crypto'
import type { Certificate } from '@docaxis/pki'
import type { CanonicalMethod } from '../c14n/canonical-method.ts'
import type { CanonicalElement } from '../canonical-xml.ts'
import { isFixedLengthSignature } from '../ecdsa.ts'
import { ds, exclusiveC14n } from '../names.ts'
import { Refusal } from '../refusal.ts'

export type HashName = 'sha256' | 'sha384' | 'sha512'

export interface SignatureMethod {
  /** As told to people: `rsa-sha256`. */
  readonly name: string
  /** Type of key that fits, as node:crypto names it. */
  readonly family: 'rsa' | 'ec' | 'ed25519'
  readonly verifies: (signed: Buffer, value: Buffer, by: Certificate) => boolean
}

const more2001 = 'http://www.w3.org/2001/04/xmldsig-more#'
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#'
const more2021 = 'http://www.w3.org/2021/04/xmldsig-more#'
const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'
const saltLengths: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48, sha512: 64 }
const hashNames: readonly HashName[] = ['sha256', 'sha384', 'sha512']

/** V13, RFC 9231. SHA-1, MD5, SHA-224, RIPEMD-160, DSA and HMAC are missing on purpose. */
const signatureMethods: ReadonlyMap<string, SignatureMethod> = new Map([
  ...hashNames.flatMap(hash => [
    [`${more2001}rsa-${hash}`, rsa(hash)] as const,
    [`${more2007}${hash}-rsa-MGF1`, pss(hash)] as const,
    [`${more2001}ecdsa-${hash}`, ecdsa(hash)] as const,
  ]),
  [`${more2021}eddsa-ed25519`, ed25519()],
])

/** V14. SHA-384 has two names in use (RFC 9231, 2.1.3; XML Encryption 1.1, 5.8). */
const digestMethods: ReadonlyMap<string, HashName> = new Map([
  [`${xmlenc}sha256`, 'sha256'],
  [`${more2001}sha384`, 'sha384'],
  [`${xmlenc}sha384`, 'sha384'],
  [`${xmlenc}sha512`, 'sha512'],
])

const inclusive10 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const inclusive11 = 'http://www.w3.org/2006/12/xml-c14n11'

function rsa(hash: HashName): SignatureMethod {
  return {
    name: `rsa-${hash}`,
    family: 'rsa',
    verifies: (signed, value, { publicKey }) => verify(hash, signed, publicKey, value),
  }
}

function pss(hash: HashName): SignatureMethod {
  const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltLengths[hash] }
  return {
    name: `rsa-pss-${hash}`,
    family: 'rsa',
    verifies: (signed, value, { publicKey: key }) => verify(hash, signed, { key, ...options }, value),
  }
}

function ecdsa(hash: HashName): SignatureMethod {
  return {
    name: `ecdsa-${hash}`,
    family: 'ec',
    verifies: (signed, value, { publicKey: key, namedCurve }) =>
      isFixedLengthSignature(value, namedCurve) && verify(hash, signed, { key, dsaEncoding: 'ieee-p1363' }, value),
  }
}

function ed25519(): SignatureMethod {
  return {
    name: 'ed25519',
    family: 'ed25519',
    verifies: (signed, value, { publicKey }) => verify(null, signed, publicKey, value),
  }
}

/** SignatureMethod (V13, V15, V20). @throws Refusal */
export function signatureMethodOf(element: CanonicalElement): SignatureMethod {
  const uri = algorithmOf(element)
  const method = uri === `${more2007}rsa-pss` ? pss(pssHashOf(element)) : signatureMethods.get(uri)
  if (!method) {
    throw new Refusal('ALGORITHM_NOT_ALLOWED', /hmac/i.test(uri) ? 'V15' : 'V13', `signature algorithm ${shown(uri)}`)
  }
  if (uri !== `${more2007}rsa-pss`) refuseParameters(element, 'V13')
  return method
}

/** DigestMethod (V14). @throws Refusal */
export function hashOf(element: CanonicalElement): HashName {
  const uri = algorithmOf(element)
  const hash = digestMethods.get(uri)
  if (!hash) throw new Refusal('ALGORITHM_NOT_ALLOWED', 'V14', `digest algorithm ${shown(uri)}`)
  refuseParameters(element, 'V14')
  return hash
}

/** The canonical form that a CanonicalizationMethod or a Transform names; undefined for anything else. */
export function canonicalMethodOf(element: CanonicalElement): CanonicalMethod | undefined {
  const uri = algorithmOf(element)
  if (uri === exclusiveC14n) {
    const prefixes = prefixListOf(element)
    return prefixes && { form: 'exclusive', prefixes }
  }
  if (element.children.length > 0) return undefined
  if (uri === inclusive10) return { form: 'inclusive-1.0' }
  return uri === inclusive11 ? { form: 'inclusive-1.1' } : undefined
}

/** Where no transform names a form, C14N 1.0 it is (XMLDSig-core1, 4.4.3.2). */
export const defaultCanonicalMethod: CanonicalMethod = { form: 'inclusive-1.0' }

export function algorithmOf(element: CanonicalElement): string {
  return element.attributes.get('Algorithm') ?? ''
}

function prefixListOf({ children }: CanonicalElement): readonly string[] | undefined {
  const [parameter, second] = children
  if (!parameter) return []
  const isPrefixList = parameter.name === 'InclusiveNamespaces' && parameter.namespace === exclusiveC14n
  if (second || !isPrefixList) return undefined
  const list = (parameter.attributes.get('PrefixList') ?? '').split(/\s+/).filter(prefix => prefix !== '')
  return list.map(prefix => (prefix === '#default' ? '' : prefix))
}

function refuseParameters({ children }: CanonicalElement, rule: string): void {
  const [parameter] = children
  if (parameter) throw new Refusal('ALGORITHM_NOT_ALLOWED', rule, `algorithm with ${parameter.name}`)
}

/** RSAPSSParams (RFC 9231, 2.3.9): SHA-256, MGF1 with the same hash, salt of its length where nothing else is said. */
function pssHashOf({ children }: CanonicalElement): HashName {
  const [params] = children
  if (!params) return 'sha256'
  const inside = (name: string, namespace = more2007) =>
    params.children.filter(child => child.name === name && child.namespace === namespace)
  const [digest] = inside('DigestMethod', ds)
  const [mask] = inside('MaskGenerationFunction')
  const [salt] = inside('SaltLength')
  const [trailer] = inside('TrailerField')
  const hash = digest ? hashOf(digest) : 'sha256'
  const known = [digest, mask, salt, trailer].filter(part => part !== undefined)
  const isConsistent =
    children.length === 1 &&
    params.name === 'RSAPSSParams' &&
    params.namespace === more2007 &&
    params.children.length === known.length &&
    (!mask || maskHashOf(mask) === hash) &&
    (!salt || salt.text.trim() === String(saltLengths[hash])) &&
    (!trailer || trailer.text.trim() === '1')
  if (isConsistent && (mask || hash === 'sha256')) return hash
  throw new Refusal('ALGORITHM_NOT_ALLOWED', 'V20', 'RSA-PSS whose hash, mask and salt do not belong together')
}

function maskHashOf(mask: CanonicalElement): HashName | undefined {
  const [digest, second] = mask.children
  if (algorithmOf(mask) !== `${more2007}MGF1` || second) return undefined
  return digest ? hashOf(digest) : 'sha256'
}

function shown(uri: string): string {
  return uri.slice(0, 80)
}
