import { type KeyObject, sign } from 'node:crypto'
import type { Certificate } from '@docaxis/pki'
import { ds, envelopedSignature, exclusiveC14n } from './names.ts'

const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const methods: Readonly<Record<string, string>> = {
  rsa: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  ec: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
}

/**
 * A Signature element of the strict profile (edXML 10.2) over a document whose exclusive canonical form has this
 * SHA-256. SignedInfo is written in canonical form to begin with, so nothing has to be canonicalized again.
 *
 * @throws TypeError when the key is neither RSA nor EC, or is not the one of the first certificate
 */
export function writeSignature(digest: Buffer, privateKey: KeyObject, certificates: readonly Certificate[]): string {
  const method = methods[privateKey.asymmetricKeyType ?? '']
  if (method === undefined) throw new TypeError(`no signature with a key of type ${privateKey.asymmetricKeyType}`)
  const content = signedInfoContent(method, digest)
  const signed = Buffer.from(`<SignedInfo xmlns="${ds}">${content}</SignedInfo>`)
  const value = sign('sha256', signed, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64')
  const x509 = certificates.map(({ der }) => `<X509Certificate>${der.toString('base64')}</X509Certificate>`).join('')
  return [
    `<Signature xmlns="${ds}">`,
    `<SignedInfo>${content}</SignedInfo>`,
    `<SignatureValue>${value}</SignatureValue>`,
    `<KeyInfo><X509Data>${x509}</X509Data></KeyInfo>`,
    '</Signature>',
  ].join('')
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
