import type { VerdictWord, VerificationCode } from '@docaxis/errors'
import type { HashName } from '../algorithms.ts'
import type { OcspResponse } from '../ocsp/types.ts'
import type { Certificate, Crl, Name, PathCheck } from '../types.ts'

/** A CMS SignedData (RFC 5652 section 5), as PDF signatures and time stamps carry it. Immutable. */
export interface SignedData {
  /** The object itself, with the definite lengths it was read with. */
  readonly der: Buffer
  /** How many of the bytes given it took; the zero bytes that fill up a PDF's Contents come behind. */
  readonly length: number
  readonly digestAlgorithms: readonly string[]
  /** Dotted object identifier of the type of what is signed. */
  readonly contentType: string
  /** What is signed, when the object holds it; absent when it is detached. */
  readonly content?: Buffer
  /** In the order written, which means nothing (V52). Only what can be read as a certificate. */
  readonly certificates: readonly Certificate[]
  /** Certificates of other kinds or that cannot be read: they prove nothing and are left out. */
  readonly unreadCertificates: number
  /** Lists of the `crls` field and of the revocation attributes of every signer. */
  readonly crls: readonly Crl[]
  /** OCSP responses from the same places. */
  readonly ocsp: readonly OcspResponse[]
  readonly signers: readonly Signer[]
}

/** What a SignerInfo says of its signer's certificate (RFC 5652 section 5.3). */
export type SignerId =
  | { readonly by: 'issuerAndSerialNumber'; readonly issuer: Name; readonly serial: string }
  /** `keyId` in lower-case hex. */
  | { readonly by: 'subjectKeyIdentifier'; readonly keyId: string }

export interface Attribute {
  /** Dotted object identifier. */
  readonly type: string
  /** DER of each value. */
  readonly values: readonly Buffer[]
}

/** One SignerInfo. */
export interface Signer {
  readonly id: SignerId
  /** Dotted object identifier. */
  readonly digestAlgorithm: string
  /** The digest to make of the content; absent when the algorithm named is not allowed (V14). */
  readonly hash?: HashName
  /** DER of the AlgorithmIdentifier of the signature. */
  readonly signatureAlgorithm: Buffer
  readonly signature: Buffer
  /** Absent when the signature covers the content directly. */
  readonly signedAttributes?: {
    /** The very bytes, under the tag of the SET that is signed. */
    readonly der: Buffer
    readonly list: readonly Attribute[]
  }
  readonly unsignedAttributes: readonly Attribute[]
  /** The signer's own word (V49); absent when it gives none or none that can be read. */
  readonly signingTime?: Date
  /** DER of the time-stamp tokens over `signature`. */
  readonly timeStampTokens: readonly Buffer[]
}

export interface SignerQuestion {
  readonly signed: SignedData
  readonly signer: Signer
  /** Certificates from elsewhere, such as a PDF's DSS, in which the signer is looked for as well. */
  readonly certificates?: readonly Certificate[]
  /** Digest of detached content. Without it the object must hold the content. */
  readonly digest?: (hash: HashName) => Buffer
  /** Detached content itself, which a signature without signed attributes needs instead of `digest`. */
  readonly content?: Buffer
  /** Refuse a signature that does not name its certificate by digest (V58, ETSI.CAdES.detached). */
  readonly requireSigningCertificate?: boolean
}

/** Whether one signature computes and who made it. Says nothing of the certificate's path or of time (V62). */
export interface CmsSignerResult {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  /** The rule that decided; `-` when VALID. */
  readonly rule: string
  readonly detail?: string
  readonly checks: readonly PathCheck[]
  /** The signer's certificate, as soon as it was found. */
  readonly certificate?: Certificate
}
