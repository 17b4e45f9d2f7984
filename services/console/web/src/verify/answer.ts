import type { Bilingual } from '../language.tsx'

// What `POST /api/v1/verify/…` answers, as far as the page shows it.

export type Verdict = 'VALID' | 'INVALID' | 'INDETERMINATE'

export interface CertificateSummary {
  readonly sha256: string
  readonly subject: string
  readonly issuer: string
  readonly notBefore: string
  readonly notAfter: string
}

export interface CertificateFacts extends CertificateSummary {
  readonly holder: { readonly name: string; readonly title?: string; readonly organization?: string }
  readonly key: string
}

export interface Evidence {
  readonly kind: string
  readonly sha256: string
  readonly issuer: string
  readonly thisUpdate: string
  readonly nextUpdate?: string
}

export interface Check {
  readonly rule: string
  readonly name: Bilingual
  readonly passed: boolean
  readonly detail: string
}

interface Outcome {
  readonly verdict: Verdict
  readonly code: string
  readonly sentences: readonly Bilingual[]
  readonly judgedAt: string
  readonly path: readonly CertificateSummary[]
  readonly otherPaths: readonly {
    readonly path: readonly CertificateSummary[]
    readonly code: string
    readonly detail: string
  }[]
  readonly revocation: readonly Evidence[]
  readonly checks: readonly Check[]
}

export interface CertificateAnswer extends Outcome {
  readonly kind: 'certificate'
  readonly certificate: CertificateFacts
  readonly boundTo: { readonly agency: string } | null
}

interface Party {
  readonly agency: string
  readonly name: string | null
}

export interface EnvelopeAnswer extends Outcome {
  readonly kind: 'envelope'
  readonly sha256: string
  readonly documentId: string | null
  readonly sender: Party | null
  readonly receivers: readonly Party[]
  readonly signer: CertificateFacts | null
  readonly binding: { readonly holder: string; readonly mandate: { readonly id: string } | null } | null
  readonly faults: readonly (Bilingual & { readonly code: string; readonly path: string; readonly hint: Bilingual })[]
}

export type Answer = CertificateAnswer | EnvelopeAnswer
