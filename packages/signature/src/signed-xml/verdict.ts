import type { VerdictWord, VerificationCode } from '@docaxis/errors'
import type { CertificateSummary, Check } from '../verdict.ts'
import type { CoverageWord, SignedPart } from './coverage.ts'

/** What nobody was asked: no text may call a document simply valid while any of these is open (V62). */
export type NotChecked = 'signer' | 'path' | 'revocation' | 'agency' | 'signing-time'

/** `integrity`: nothing was changed since a key signed; `full`: that key's certificate was judged as well. */
export type Scope = 'integrity' | 'full'

export interface Outcome {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  /** Every code found, the deciding one first; `OK` alone when VALID. */
  readonly codes: readonly VerificationCode[]
  /** The rule that decided; `-` when VALID. */
  readonly rule: string
  readonly detail?: string
  /** In the order of application; every rule that failed is among them, not the deciding one alone. */
  readonly checks: readonly Check[]
}

export interface SignatureVerdict extends Outcome {
  readonly covers: readonly SignedPart[]
  readonly certificate?: CertificateSummary
  /** SHA-256 of each certificate of the path used, leaf first, and of each CRL used. */
  readonly path?: readonly string[]
  readonly crls?: readonly string[]
  readonly signatureAlgorithm?: string
}

/** The verdict on one document with all its Signatures. Plain JSON. */
export interface DocumentVerdict extends Outcome {
  readonly scope: Scope
  readonly notChecked: readonly NotChecked[]
  /** `part`: there is content that no signature covers. Absent as long as that is not known. */
  readonly covers?: CoverageWord
  readonly signatures: readonly SignatureVerdict[]
  /** RFC 3339; the moment that dates are compared with. */
  readonly judgedAt: string
  readonly ruleSet: string
}
