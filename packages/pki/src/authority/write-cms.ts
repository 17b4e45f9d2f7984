import { createHash, type KeyObject, sign } from 'node:crypto'
import { cmsOid } from '../cms/oids.ts'
import { encode, integer, objectId, octets, sequence, set } from '../der-writer.ts'
import type { Certificate } from '../types.ts'

const digests: Readonly<Record<string, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}

const signatureAlgorithms: Readonly<Record<string, string>> = {
  rsa: '1.2.840.113549.1.1.11',
  ec: '1.2.840.10045.4.3.2',
  ed25519: '1.3.101.112',
}

/** CMS with one signer, right in every way but the changes asked for. The signature is made with SHA-256 or Ed25519. */
export interface CmsWish {
  readonly content: Uint8Array
  /** Put the content inside; it is detached else. */
  readonly enclosed?: boolean
  readonly certificate: Certificate
  readonly privateKey: KeyObject
  /** As node:crypto names it; SHA-256 when absent. */
  readonly digest?: string
  /** Dotted object identifier; data when absent. */
  readonly contentType?: string
  /** Instead of content type and digest. */
  readonly signedAttributes?: readonly Buffer[]
  /** In what order they travel; as they are signed when absent. */
  readonly sentAttributes?: readonly Buffer[]
  readonly unsignedAttributes?: readonly Buffer[]
  /** DER of the set of certificates; the signer's alone when absent. */
  readonly certificates?: readonly Buffer[]
  /** DER of members of the `crls` field. */
  readonly crls?: readonly Buffer[]
  /** How often the one signer stands there. */
  readonly signers?: number
}

/** One attribute of these values, each DER. */
export function attribute(type: string, ...values: readonly Buffer[]): Buffer {
  return sequence(objectId(type), set(...values))
}

export function contentTypeAttribute(type: string = cmsOid.data): Buffer {
  return attribute(cmsOid.contentType, objectId(type))
}

export function digestAttribute(content: Uint8Array, digest = 'sha256'): Buffer {
  return attribute(cmsOid.messageDigest, octets(createHash(digest).update(content).digest()))
}

/** ESS signing-certificate-v2 with SHA-256, its default (RFC 5035). */
export function signingCertificateAttribute({ der }: Certificate): Buffer {
  const digest = createHash('sha256').update(der).digest()
  return attribute(cmsOid.signingCertificateV2, sequence(sequence(sequence(octets(digest)))))
}

/** AlgorithmIdentifier of a digest named as node:crypto does. */
export function digestAlgorithm(digest: string): Buffer {
  return sequence(objectId(digests[digest] ?? digest))
}

export function writeCms(wish: CmsWish): Buffer {
  const { certificate, content, contentType = cmsOid.data, digest = 'sha256', crls = [], signers = 1 } = wish
  const signer = writeSigner(wish)
  const signedData = sequence(
    integer('1'),
    set(digestAlgorithm(digest)),
    sequence(objectId(contentType), ...(wish.enclosed ? [encode(0xa0, octets(content))] : [])),
    encode(0xa0, ...(wish.certificates ?? [certificate.der])),
    ...(crls.length > 0 ? [encode(0xa1, ...crls)] : []),
    set(...Array.from({ length: signers }, () => signer)),
  )
  return sequence(objectId(cmsOid.signedData), encode(0xa0, signedData))
}

function writeSigner(wish: CmsWish): Buffer {
  const { content, contentType, certificate, privateKey, digest = 'sha256', unsignedAttributes = [] } = wish
  const type = privateKey.asymmetricKeyType ?? ''
  const attributes = wish.signedAttributes ?? [contentTypeAttribute(contentType), digestAttribute(content, digest)]
  const signature = sign(type === 'ed25519' ? undefined : 'sha256', set(...attributes), privateKey)
  return sequence(
    integer('1'),
    sequence(certificate.issuer.der, integer(certificate.serial)),
    digestAlgorithm(digest),
    encode(0xa0, ...(wish.sentAttributes ?? attributes)),
    sequence(objectId(signatureAlgorithms[type] ?? '')),
    octets(signature),
    ...(unsignedAttributes.length > 0 ? [encode(0xa1, ...unsignedAttributes)] : []),
  )
}
