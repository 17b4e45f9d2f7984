import type { Certificate, Extension, Name, RevocationReason, SignatureParts } from '../types.ts'

/** OCSPResponseStatus of RFC 6960 section 4.2.1. */
export type OcspAnswer =
  | 'successful'
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized'

/** An OCSP response (RFC 6960 section 4.2), read strictly. Immutable. */
export interface OcspResponse {
  readonly der: Buffer
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly answer: OcspAnswer
  /** There only when the answer is `successful`. */
  readonly basic?: BasicOcspResponse
}

export interface BasicOcspResponse {
  readonly responder: ResponderId
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  readonly nonce?: Buffer
  readonly extensions: readonly Extension[]
  /** In the order written; those that cannot be read are left out. */
  readonly certificates: readonly Certificate[]
  readonly signature: SignatureParts
}

export type ResponderId =
  | { readonly by: 'name'; readonly name: Name }
  /** SHA-1 of the responder's key bits, lower-case hex. */
  | { readonly by: 'key'; readonly keyHash: string }

/** Names a certificate by digests of its issuer and by its serial (RFC 6960 section 4.1.1). */
export interface CertId {
  /** Dotted object identifier. */
  readonly hashAlgorithm: string
  /** Lower-case hex. */
  readonly issuerNameHash: string
  /** Lower-case hex. */
  readonly issuerKeyHash: string
  /** Lower-case hex without leading zeros. */
  readonly serial: string
}

export type CertStatus =
  | { readonly is: 'good' }
  | { readonly is: 'revoked'; readonly at: Date; readonly reason: RevocationReason }
  | { readonly is: 'unknown' }

/** What a response says of one certificate. */
export interface SingleResponse {
  readonly certId: CertId
  readonly status: CertStatus
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  /** How far back the responder keeps the status of expired certificates. */
  readonly archiveCutoff?: Date
  readonly extensions: readonly Extension[]
}
