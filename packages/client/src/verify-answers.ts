import type { Finding, VerdictWord } from '@docaxis/errors'

// What the hub says of certificates and files that are shown to it; nothing of them is kept.

export interface VerifyQuery {
  /** RFC 3339; now when absent. */
  readonly at?: string
}

export interface VerifyCertificateQuery extends VerifyQuery {
  /** What it is to be good for; signing documents when absent. */
  readonly purpose?: 'document' | 'seal' | 'official' | 'tsa' | 'ocsp' | 'any'
}

interface Judged {
  readonly verdict: VerdictWord
  /** `OK` when VALID. */
  readonly code: string
  readonly rule: string | null
  /** The verdict and what to do, for people. */
  readonly sentences: readonly { readonly vi: string; readonly en: string }[]
  readonly judgedAt: string
  readonly checks: readonly Readonly<Record<string, unknown>>[]
}

export interface CertificateFacts {
  readonly sha256: string
  readonly subject: string
  readonly issuer: string
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
}

export interface VerifiedCertificate extends Judged {
  readonly kind: 'certificate'
  readonly purpose: string
  readonly certificate: CertificateFacts
  /** The agency that may seal with it here. */
  readonly boundTo: { readonly agency: string; readonly since: string } | null
}

export interface VerifiedEnvelope extends Judged {
  readonly kind: 'envelope'
  readonly sha256: string
  readonly sizeBytes: number
  readonly documentId: string | null
  readonly sender: VerifiedParty | null
  readonly receivers: readonly VerifiedParty[]
  readonly signer: CertificateFacts | null
  readonly faults: readonly Finding[]
}

export interface VerifiedParty {
  readonly agency: string
  readonly name: string | null
}

export interface VerifiedPdf extends Judged {
  readonly kind: 'pdf'
  readonly sha256: string
  readonly sizeBytes: number
  /** One for each signature, in the order of the file. */
  readonly signatures: readonly (Readonly<Record<string, unknown>> & {
    readonly verdict: VerdictWord
    readonly code: string
    readonly coversDocument: boolean
  })[]
}
