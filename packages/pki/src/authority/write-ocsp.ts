import type { KeyObject } from 'node:crypto'
import { reasons } from '../crl-entries.ts'
import { type DerReader, enterWhole, readOid, readWhole, tag } from '../der.ts'
import {
  bits,
  boolean,
  encode,
  enumerated,
  generalizedTime,
  integer,
  objectId,
  octets,
  sequence,
} from '../der-writer.ts'
import { keyHash } from '../ocsp/cert-id.ts'
import { ocspOid } from '../ocsp/oids.ts'
import { readCertId, wrapBasicResponse } from '../ocsp/response.ts'
import type { CertId, CertStatus, OcspAnswer } from '../ocsp/types.ts'
import type { Certificate, Extension } from '../types.ts'
import { signatureAlgorithm, signDer } from './keys.ts'

export interface OcspWishAnswer {
  readonly certId: CertId
  readonly status: CertStatus
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly extensions?: readonly Extension[]
}

/** A response of a responder for tests and demo. */
export interface OcspWish {
  readonly answers: readonly OcspWishAnswer[]
  readonly producedAt: Date
  readonly signer: { readonly certificate: Certificate; readonly privateKey: KeyObject }
  readonly nonce?: Buffer
  readonly extensions?: readonly Extension[]
  /** How the responder is named; by the digest of its key when absent. */
  readonly namedBy?: 'name' | 'key'
  /** DER of the certificates sent along; the signer's when absent. */
  readonly certificates?: readonly Buffer[]
  /** Leave the signature empty. */
  readonly unsigned?: boolean
}

/** Which certificates an OCSP request asks for, and its nonce (RFC 6960 section 4.1.1). */
export function readOcspRequest(der: Uint8Array): { readonly certIds: readonly CertId[]; readonly nonce?: Buffer } {
  const request = enterWhole(Buffer.from(der), tag.sequence).enter(tag.sequence)
  const list = request.enter(tag.sequence)
  const certIds: CertId[] = []
  while (!list.atEnd) certIds.push(readCertId(list.enter(tag.sequence).enter(tag.sequence)))
  const extensions = request.optional(0xa2)
  const nonce = extensions && readNonce(enterWhole(extensions.content, tag.sequence))
  return { certIds, ...(nonce && { nonce }) }
}

function readNonce(reader: DerReader): Buffer | undefined {
  while (!reader.atEnd) {
    const extension = reader.enter(tag.sequence)
    const id = readOid(extension.next(tag.oid).content)
    extension.optional(tag.boolean)
    const { content } = extension.next(tag.octetString)
    if (id === ocspOid.nonce) return readWhole(content, tag.octetString).content
  }
  return undefined
}

/** A signed response, DER. */
export function writeOcspResponse(wish: OcspWish): Buffer {
  const { signer, certificates = [signer.certificate.der] } = wish
  const data = sequence(
    writeResponder(wish),
    generalizedTime(wish.producedAt),
    sequence(...wish.answers.map(writeAnswer)),
    ...writeExtensions(0xa1, [...nonceOf(wish), ...(wish.extensions ?? [])]),
  )
  const value = wish.unsigned ? Buffer.alloc(0) : signDer(data, signer.privateKey)
  const signature = [signatureAlgorithm(signer.privateKey), bits(value)]
  const sent = certificates.length > 0 ? [encode(0xa0, sequence(...certificates))] : []
  return wrapBasicResponse(sequence(data, ...signature, ...sent))
}

const refusals: Readonly<Record<Exclude<OcspAnswer, 'successful'>, number>> = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
}

/** The answer of a responder that gives none: unsigned, as RFC 6960 section 2.3 has it. */
export function writeOcspRefusal(answer: keyof typeof refusals): Buffer {
  return sequence(enumerated(refusals[answer]))
}

function writeResponder({ namedBy = 'key', signer: { certificate } }: OcspWish): Buffer {
  if (namedBy === 'name') return encode(0xa1, certificate.subject.der)
  return encode(0xa2, octets(keyHash(certificate, 'sha1')))
}

function writeAnswer({ certId, status, thisUpdate, nextUpdate, extensions = [] }: OcspWishAnswer): Buffer {
  return sequence(
    sequence(
      sequence(objectId(certId.hashAlgorithm)),
      octets(Buffer.from(certId.issuerNameHash, 'hex')),
      octets(Buffer.from(certId.issuerKeyHash, 'hex')),
      integer(certId.serial),
    ),
    writeStatus(status),
    generalizedTime(thisUpdate),
    ...(nextUpdate ? [encode(0xa0, generalizedTime(nextUpdate))] : []),
    ...writeExtensions(0xa1, extensions),
  )
}

function writeStatus(status: CertStatus): Buffer {
  switch (status.is) {
    case 'good':
      return encode(0x80)
    case 'unknown':
      return encode(0x82)
    case 'revoked': {
      const number = Number(Object.entries(reasons).find(([, reason]) => reason === status.reason)?.[0] ?? 0)
      return encode(0xa1, generalizedTime(status.at), encode(0xa0, enumerated(number)))
    }
  }
}

function nonceOf({ nonce }: OcspWish): Extension[] {
  return nonce ? [{ id: ocspOid.nonce, critical: false, value: octets(nonce) }] : []
}

function writeExtensions(kind: number, extensions: readonly Extension[]): Buffer[] {
  if (extensions.length === 0) return []
  const written = extensions.map(({ id, critical, value }) =>
    sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value)),
  )
  return [encode(kind, sequence(...written))]
}
