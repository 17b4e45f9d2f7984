import { type KeyObject, sign } from 'node:crypto'
import type { Certificate } from '@docaxis/pki'
import { ds, envelopedSignature, exclusiveC14n } from './names.ts'

const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const methods: Readonly<Record<string, string>> = {
  rsa: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  ec: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
}

/** SignedInfo of the strict profile: what stands in the element, and its canonical form, which is what gets signed. */
export interface SignedInfo {
  readonly content: string
  readonly bytes: Buffer
}

/**
 * SignedInfo (edXML 10.2) over a document whose exclusive canonical form has this SHA-256. It is written in canonical
 * form to begin with, so nothing has to be canonicalized again.
 *
 * @param keyType of the key that will sign, `rsa` or `ec`
 * @throws TypeError for a key of another type
 */
export function signedInfoOf(digest: Buffer, keyType: string | undefined): SignedInfo {
  const method = methods[keyType ?? '']
  if (method === undefined) throw new TypeError(`no signature with a key of type ${keyType}`)
  const content = signedInfoContent(method, digest)
  return { content, bytes: Buffer.from(`<SignedInfo xmlns="${ds}">${content}</SignedInfo>`) }
}

/** The Signature element around a SignedInfo and the value of its signature (RSA, or ECDSA as r‖s). */
export function signatureElement({ content }: SignedInfo, value: Buffer, certificates: readonly Certificate[]): string {
  const x509 = certificates.map(({ der }) => `<X509Certificate>${der.toString('base64')}</X509Certificate>`).join('')
  return [
    `<Signature xmlns="${ds}">`,
    `<SignedInfo>${content}</SignedInfo>`,
    `<SignatureValue>${value.toString('base64')}</SignatureValue>`,
    `<KeyInfo><X509Data>${x509}</X509Data></KeyInfo>`,
    '</Signature>',
  ].join('')
}

/** A Signature element with a key at hand, for the certificate that comes first. */
export function writeSignature(digest: Buffer, privateKey: KeyObject, certificates: readonly Certificate[]): string {
  const signedInfo = signedInfoOf(digest, privateKey.asymmetricKeyType)
  const value = sign('sha256', signedInfo.bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return signatureElement(signedInfo, value, certificates)
}

function signedInfoContent(method: string, digest: Buffer): string {
  return [
    `<CanonicalizationMethod Algorithm="${exclusiveC14n}"></CanonicalizationMethod>`,
    `<SignatureMethod Algorithm="${method}"></SignatureMethod>`,
    '<Reference URI="">',
    `<Transforms><Transform Algorithm="${envelopedSignature}"></Transform>`,
    `<Transform Algorithm="${exclusiveC14n}"></Transform></Transforms>`,
    `<DigestMethod Algorithm="${sha256}"></DigestMethod>`,
    `<DigestValue>${digest.toString('base64')}</DigestValue>`,
    '</Reference>',
  ].join('')
}
