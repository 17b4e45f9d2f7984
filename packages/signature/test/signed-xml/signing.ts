import { constants, type KeyObject, sign } from 'node:crypto'
import { readXmlTree, type XmlTree, type XmlTreeElement } from '@docaxis/edxml/xml'
import type { CanonicalMethod } from '../../src/c14n/canonical-method.ts'
import { canonicalBytes, canonicalDigest } from '../../src/c14n/canonicalize.ts'
import { ds, isDs } from '../../src/names.ts'
import { surveyDocument } from '../../src/signed-xml/survey.ts'
import { childrenOf } from '../../src/signed-xml/tree.ts'

const more2001 = 'http://www.w3.org/2001/04/xmldsig-more#'
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#'
export const exclusiveUri = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const enveloped = `${ds}enveloped-signature`
export const rsaSha256 = `${more2001}rsa-sha256`

export const forms = {
  [exclusiveUri]: { form: 'exclusive', prefixes: [] },
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': { form: 'inclusive-1.0' },
  'http://www.w3.org/2006/12/xml-c14n11': { form: 'inclusive-1.1' },
} as const satisfies Readonly<Record<string, CanonicalMethod>>

export interface ReferenceWish {
  /** Default: the whole document, enveloped, exclusive. */
  readonly uri?: string
  readonly transforms?: readonly string[]
  readonly digest?: { readonly uri: string; readonly hash: string }
}

export interface SignWish {
  readonly key: KeyObject
  readonly references?: readonly ReferenceWish[]
  readonly c14n?: keyof typeof forms
  /** SignatureMethod; default: rsa-sha256. */
  readonly method?: string
  /** Children of SignatureMethod. */
  readonly parameters?: string
  readonly hash?: string | null
  readonly pssSalt?: number
  readonly keyInfo?: string
  /** ds:Object elements, for a Signature that carries what it signs. */
  readonly objects?: string
}

const sha256 = { uri: 'http://www.w3.org/2001/04/xmlenc#sha256', hash: 'sha256' }

/** Puts a Signature where the document says `<!--sign-->`, or makes it the document; then computes it as it stands. */
export function signXml(document: string, wish: SignWish): Buffer {
  const text = document.replace('<!--sign-->', template(wish))
  const digested = fillDigests(text, wish)
  const tree = treeOf(digested)
  const signature = emptySignature(tree)
  const signedInfo = childrenOf(signature).find(child => isDs(child, 'SignedInfo')) as XmlTreeElement
  const value = signValue(canonicalBytes({ of: signedInfo }, forms[wish.c14n ?? exclusiveUri]), wish)
  return Buffer.from(digested.replace('>VALUE<', `>${value.toString('base64')}<`))
}

export function template({ references = [{}], c14n = exclusiveUri, method = rsaSha256, ...rest }: SignWish): string {
  return [
    `<ds:Signature xmlns:ds="${ds}"><ds:SignedInfo>`,
    `<ds:CanonicalizationMethod Algorithm="${c14n}"/>`,
    `<ds:SignatureMethod Algorithm="${method}">${rest.parameters ?? ''}</ds:SignatureMethod>`,
    ...references.map(referenceTemplate),
    `</ds:SignedInfo><ds:SignatureValue>VALUE</ds:SignatureValue>${rest.keyInfo ?? ''}${rest.objects ?? ''}</ds:Signature>`,
  ].join('')
}

function referenceTemplate({ uri = '', transforms = [enveloped, exclusiveUri], digest = sha256 }: ReferenceWish) {
  const list = transforms.map(algorithm => `<ds:Transform Algorithm="${algorithm}"/>`).join('')
  return [
    `<ds:Reference URI="${uri}">${list === '' ? '' : `<ds:Transforms>${list}</ds:Transforms>`}`,
    `<ds:DigestMethod Algorithm="${digest.uri}"/><ds:DigestValue>DIGEST</ds:DigestValue></ds:Reference>`,
  ].join('')
}

/** One Reference after the other: a digest may cover the Signature of an earlier call, never its own. */
function fillDigests(text: string, { references = [{}] }: SignWish): string {
  const tree = treeOf(text)
  const signature = emptySignature(tree)
  const { byId } = surveyDocument(tree)
  return references.reduce((filled, { uri = '', transforms = [enveloped, exclusiveUri], digest = sha256 }) => {
    const target = uri === '' ? tree : byId.get(uri.slice(1))
    if (!target) return filled.replace('>DIGEST<', '>AAAA<')
    const form = transforms.find(name => name in forms) as keyof typeof forms | undefined
    const without = transforms.includes(enveloped) ? signature : undefined
    const method = form ? forms[form] : ({ form: 'inclusive-1.0' } as const)
    const value = canonicalDigest({ of: target, without }, method, digest.hash)
    return filled.replace('>DIGEST<', `>${value.toString('base64')}<`)
  }, text)
}

function emptySignature(tree: XmlTree): XmlTreeElement {
  const isEmpty = (element: XmlTreeElement) => JSON.stringify(childrenOf(element)[1]?.children).includes('"VALUE"')
  const found = surveyDocument(tree).signatures.find(isEmpty)
  if (!found) throw new Error('no Signature to fill')
  return found
}

function signValue(signed: Buffer, { key, hash = 'sha256', pssSalt }: SignWish): Buffer {
  if (pssSalt === undefined) return sign(hash, signed, { key, dsaEncoding: 'ieee-p1363' })
  return sign(hash, signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pssSalt })
}

export function treeOf(text: string | Buffer): XmlTree {
  const tree = readXmlTree(Buffer.from(text))
  if ('root' in tree) return tree
  throw new Error(`${tree.code} ${JSON.stringify(tree.details)}`)
}

export function x509(...ders: readonly Buffer[]): string {
  const certificates = ders.map(der => `<ds:X509Certificate>${der.toString('base64')}</ds:X509Certificate>`)
  return `<ds:KeyInfo><ds:X509Data>${certificates.join('')}</ds:X509Data></ds:KeyInfo>`
}

export const pssMethods = {
  fixed: (hash: string) => `${more2007}${hash}-rsa-MGF1`,
  parameters: `${more2007}rsa-pss`,
} as const

/** RSAPSSParams as RFC 9231, 2.3.9 writes them. */
export function pssParams(digestUri: string, maskUri: string, salt: number): string {
  return [
    `<p:RSAPSSParams xmlns:p="${more2007}"><ds:DigestMethod Algorithm="${digestUri}"/>`,
    `<p:MaskGenerationFunction Algorithm="${more2007}MGF1"><ds:DigestMethod Algorithm="${maskUri}"/></p:MaskGenerationFunction>`,
    `<p:SaltLength>${salt}</p:SaltLength><p:TrailerField>1</p:TrailerField></p:RSAPSSParams>`,
  ].join('')
}
