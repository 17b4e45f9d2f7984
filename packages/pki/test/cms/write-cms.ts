import { createHash, type KeyObject, sign } from 'node:crypto'
import { encode, integer, objectId, octets, sequence, set } from '../../src/der-writer.ts'
import { type Certificate, cmsOid } from '../../src/index.ts'

export const sha256Id = '2.16.840.1.101.3.4.2.1'
export const sha512Id = '2.16.840.1.101.3.4.2.3'

/** One signer's CMS over detached content, right in every way but the changes asked for. */
export interface CmsWish {
  readonly content: Uint8Array
  readonly certificate: Certificate
  readonly privateKey: KeyObject
  /** Dotted object identifier; RSA and EC sign with SHA-256. */
  readonly digestAlgorithm?: string
  readonly contentType?: string
  /** Instead of the usual ones. */
  readonly signedAttributes?: readonly Buffer[]
  readonly unsignedAttributes?: readonly Buffer[]
  /** DER of further members of the certificate set. */
  readonly certificates?: readonly Buffer[]
  /** DER of members of the crls field. */
  readonly crls?: readonly Buffer[]
}

const signatureAlgorithms: Readonly<Record<string, string>> = {
  rsa: '1.2.840.113549.1.1.11',
  ec: '1.2.840.10045.4.3.2',
  ed25519: '1.3.101.112',
}

export function attribute(type: string, ...values: readonly Buffer[]): Buffer {
  return sequence(objectId(type), set(...values))
}

export function contentTypeAttribute(type: string = cmsOid.data): Buffer {
  return attribute(cmsOid.contentType, objectId(type))
}

export function digestAttribute(content: Uint8Array, hash = 'sha256'): Buffer {
  return attribute(cmsOid.messageDigest, octets(createHash(hash).update(content).digest()))
}

export function writeCms(wish: CmsWish): Buffer {
  const { certificate, contentType = cmsOid.data, digestAlgorithm = sha256Id, crls = [] } = wish
  const certificates = encode(0xa0, certificate.der, ...(wish.certificates ?? []))
  const signedData = sequence(
    integer('1'),
    set(sequence(objectId(digestAlgorithm))),
    sequence(objectId(contentType)),
    certificates,
    ...(crls.length > 0 ? [encode(0xa1, ...crls)] : []),
    set(writeSigner(wish)),
  )
  return sequence(objectId(cmsOid.signedData), encode(0xa0, signedData))
}

function writeSigner(wish: CmsWish): Buffer {
  const { content, certificate, privateKey, digestAlgorithm = sha256Id, unsignedAttributes = [] } = wish
  const type = privateKey.asymmetricKeyType ?? ''
  const usual = [contentTypeAttribute(), digestAttribute(content, digestAlgorithm === sha512Id ? 'sha512' : 'sha256')]
  const attributes = wish.signedAttributes ?? usual
  const signature = sign(type === 'ed25519' ? undefined : 'sha256', set(...attributes), privateKey)
  return sequence(
    integer('1'),
    sequence(certificate.issuer.der, integer(certificate.serial)),
    sequence(objectId(digestAlgorithm)),
    encode(0xa0, ...attributes),
    sequence(objectId(signatureAlgorithms[type] ?? '')),
    octets(signature),
    ...(unsignedAttributes.length > 0 ? [encode(0xa1, ...unsignedAttributes)] : []),
  )
}
