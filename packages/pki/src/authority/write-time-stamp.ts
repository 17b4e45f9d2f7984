import type { KeyObject } from 'node:crypto'
import { cmsOid } from '../cms/oids.ts'
import { enterWhole, integerHex, readBoolean, readOid, tag } from '../der.ts'
import { generalizedTime, integer, objectId, octets, sequence, utf8 } from '../der-writer.ts'
import type { Certificate } from '../types.ts'
import {
  type CmsWish,
  contentTypeAttribute,
  digestAttribute,
  signingCertificateAttribute,
  writeCms,
} from './write-cms.ts'

/** TimeStampReq of RFC 3161 section 2.4.1. */
export interface TimeStampRequest {
  /** Dotted object identifier of the digest. */
  readonly hashAlgorithm: string
  readonly imprint: Buffer
  /** Dotted object identifier. */
  readonly policy?: string
  /** Lower-case hex without leading zeros. */
  readonly nonce?: string
  readonly wantsCertificate: boolean
}

export interface TimeStampWish {
  readonly request: TimeStampRequest
  readonly genTime: Date
  readonly signer: { readonly certificate: Certificate; readonly privateKey: KeyObject }
  /** Dotted object identifier. */
  readonly policy?: string
  /** DER of the Accuracy. */
  readonly accuracy?: Buffer
  /** Changes of the CMS around it. */
  readonly cms?: Partial<CmsWish>
}

export function readTimeStampRequest(der: Uint8Array): TimeStampRequest {
  const reader = enterWhole(Buffer.from(der), tag.sequence)
  reader.next(tag.integer)
  const imprint = reader.enter(tag.sequence)
  const hashAlgorithm = readOid(imprint.enter(tag.sequence).next(tag.oid).content)
  const policy = reader.optional(tag.oid)
  const nonce = reader.optional(tag.integer)
  const wantsCertificate = reader.optional(tag.boolean)
  return {
    hashAlgorithm,
    imprint: imprint.next(tag.octetString).content,
    ...(policy && { policy: readOid(policy.content) }),
    ...(nonce && { nonce: integerHex(nonce.content) }),
    wantsCertificate: wantsCertificate !== undefined && readBoolean(wantsCertificate.content),
  }
}

/** A granted TimeStampResp, DER. For tests and demo: it keeps no serial numbers. */
export function writeTimeStampResponse(wish: TimeStampWish): Buffer {
  const { certificate, privateKey } = wish.signer
  const content = writeInfo(wish)
  const type = cmsOid.timeStampInfo
  const token = writeCms({
    content,
    enclosed: true,
    contentType: type,
    certificate,
    privateKey,
    certificates: wish.request.wantsCertificate ? [certificate.der] : [],
    signedAttributes: [contentTypeAttribute(type), digestAttribute(content), signingCertificateAttribute(certificate)],
    ...wish.cms,
  })
  return sequence(sequence(integer('0')), token)
}

/** A response without a token (PKIStatus rejection). */
export function writeTimeStampRefusal(reason: string): Buffer {
  return sequence(sequence(integer('2'), sequence(utf8(reason))))
}

/** TSTInfo (RFC 3161 section 2.4.2). */
function writeInfo({ request, genTime, policy, accuracy }: TimeStampWish): Buffer {
  return sequence(
    integer('1'),
    objectId(policy ?? request.policy ?? '1.3.6.1.4.1.13762.3'),
    sequence(sequence(objectId(request.hashAlgorithm)), octets(request.imprint)),
    integer('1'),
    generalizedTime(genTime),
    ...(accuracy ? [accuracy] : []),
    ...(request.nonce === undefined ? [] : [integer(request.nonce)]),
  )
}
