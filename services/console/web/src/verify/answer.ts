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
  readonly checks: readonly Check[]
}

/** Who vouches for the signer, and what says that nothing is revoked. */
interface Trusted {
  readonly path: readonly CertificateSummary[]
  readonly otherPaths: readonly {
    readonly path: readonly CertificateSummary[]
    readonly code: string
    readonly detail: string
  }[]
  readonly revocation: readonly Evidence[]
}

export interface CertificateAnswer extends Outcome, Trusted {
  readonly kind: 'certificate'
  readonly certificate: CertificateFacts
  readonly boundTo: { readonly agency: string } | null
}

export interface Party {
  readonly agency: string
  readonly name: string | null
}

export interface EnvelopeAnswer extends Outcome, Trusted {
  readonly kind: 'envelope'
  readonly sha256: string
  readonly documentId: string | null
  readonly sender: Party | null
  readonly receivers: readonly Party[]
  readonly signer: CertificateFacts | null
  readonly binding: { readonly holder: string; readonly mandate: { readonly id: string } | null } | null
  readonly faults: readonly (Bilingual & { readonly code: string; readonly path: string; readonly hint: Bilingual })[]
}

interface Role {
  readonly name: Bilingual
}

export interface PdfSignature {
  readonly role: Role
  readonly verdict: Verdict
  readonly code: string
  readonly coversDocument: boolean
  readonly signer: {
    readonly name: string | null
    readonly position: string | null
    readonly organization: string | null
  } | null
  readonly certificate: CertificateSummary | null
  readonly times: { readonly claimed: string | null; readonly proven: string | null }
  readonly changesAfter: readonly { readonly name: Bilingual; readonly allowed: boolean; readonly detail: string }[]
  readonly path: readonly CertificateSummary[]
  readonly revocation: readonly Evidence[]
  readonly checks: readonly Check[]
}

export interface PdfAnswer extends Outcome {
  readonly kind: 'pdf'
  readonly role: Role | null
  readonly signatures: readonly PdfSignature[]
  readonly activeContent: readonly string[]
  /** A printed receipt: the verdict on the one that lies inside. */
  readonly receipt: ReceiptAnswer | null
}

export interface ReceiptAnswer extends Outcome {
  readonly kind: 'receipt'
  readonly sha256: string
  readonly receipt: {
    readonly id: string
    readonly title: Bilingual
    readonly hub: string
    readonly environment: string
    readonly issuedAt: string
    readonly documentId: string | null
    readonly sha256: string
    readonly sender: Party | null
    readonly receivers: readonly Party[]
    readonly reasons: readonly Bilingual[]
  } | null
  readonly signer: CertificateSummary | null
  readonly stamp: { readonly tsa: string; readonly genTime: string } | null
}

export type Answer = CertificateAnswer | EnvelopeAnswer | PdfAnswer | ReceiptAnswer
