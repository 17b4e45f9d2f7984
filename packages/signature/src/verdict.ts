import type { SignatureState, VerdictWord, VerificationCode } from '@docaxis/errors'
import type { ConfiguredEnds } from './algorithm-ends.ts'

/** One rule that was applied, in the order of application. */
export interface Check {
  /** `V03`, `V17`, … */
  readonly rule: string
  readonly passed: boolean
  /** Plain English fact with the two values that disagree. */
  readonly detail: string
}

export interface CertificateSummary {
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string
  readonly subject: string
  readonly issuer: string
  /** Lower-case hex. */
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
}

/** Who the seal speaks for: the sender itself, or a holder of a dated mandate from it. */
export interface SealBinding {
  /** Agency or center that holds the certificate. */
  readonly holderCode: string
  /** Present when the holder is not the sender. */
  readonly mandate?: { readonly id: string; readonly kind: 'seal' | 'transport' }
}

/** One signature's verdict. Plain JSON: stored with the document, shown, and signed into receipts. */
export interface SealVerdict {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  readonly state: SignatureState
  /** The rule that decided; `-` when VALID. */
  readonly rule: string
  readonly detail?: string
  readonly checks: readonly Check[]
  /** RFC 3339; judged time and where it comes from. */
  readonly judgedAt: string
  readonly timeSource: 'receipt-time'
  readonly certificate?: CertificateSummary
  readonly binding?: SealBinding
  /** SHA-256 of each certificate of the path used, leaf first, and of each CRL and OCSP response used. */
  readonly path?: readonly string[]
  readonly crls?: readonly string[]
  readonly ocsp?: readonly string[]
  readonly signatureAlgorithm?: string
  readonly digestAlgorithm?: string
  readonly algorithmEnds?: ConfiguredEnds
  readonly ruleSet: string
}
