import type { VerdictWord, VerificationCode } from '@docaxis/errors'
import type { HashName } from '../algorithms.ts'
import type { SignedData } from '../cms/types.ts'
import type { Certificate, Extension, PathCheck, PathResult, RevocationMode, Trust } from '../types.ts'

/** A time-stamp token (RFC 3161 section 2.4.2): the CMS and what it states. Immutable. */
export interface TimeStampToken {
  readonly signed: SignedData
  /** Dotted object identifier. */
  readonly policy: string
  /** Dotted object identifier of the digest; `hash` is there only when it is allowed (V14). */
  readonly hashAlgorithm: string
  readonly hash?: HashName
  readonly imprint: Buffer
  /** Lower-case hex without leading zeros. */
  readonly serial: string
  /** To the millisecond; finer fractions are cut off. */
  readonly genTime: Date
  /** The time may be this much earlier or later; 0 when the token states none. */
  readonly accuracyMs: number
  /** Lower-case hex without leading zeros. */
  readonly nonce?: string
  readonly extensions: readonly Extension[]
}

/** Answer of a time-stamping authority (RFC 3161 section 2.4.2). Not granted is for its caller TIMESTAMP_UNAVAILABLE. */
export interface TimeStampResponse {
  readonly granted: boolean
  /** PKIStatus: 0 and 1 are grants, 2 a rejection, 3 waiting. */
  readonly status: number
  /** What the authority says about it, free text. */
  readonly text?: string
  /** DER of the token; always there when granted. */
  readonly token?: Buffer
}

export interface TimeStampQuestion {
  readonly token: TimeStampToken
  /** Own digest of what the stamp is over: never the one of the token. */
  readonly imprintOf: (hash: HashName) => Buffer
  /** With anchors for `tsa`. */
  readonly trust: Trust
  /** Now: no token may come from later. */
  readonly at: Date
  /**
   * Moment at which a later time stamp proves that this one was there already: its algorithms are judged then, else at
   * `at` (V21).
   */
  readonly provenAt?: Date
  /** Hex of the nonce that was sent; absent when the token was not asked for by us. */
  readonly nonce?: string
  /** Dotted object identifiers; absent: any. */
  readonly policies?: readonly string[]
  /** Certificates from elsewhere, such as a PDF's DSS. */
  readonly certificates?: readonly Certificate[]
  /** Default: `required`. */
  readonly revocation?: RevocationMode
}

export interface TimeStampResult {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  /** The rule that decided; `-` when VALID. */
  readonly rule: string
  readonly detail?: string
  readonly checks: readonly PathCheck[]
  /** The unit that stamped, as soon as it was found. */
  readonly certificate?: Certificate
  /** Its path at genTime, as soon as the token itself holds. */
  readonly path?: PathResult
}
