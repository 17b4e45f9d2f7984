// What the hub tells of trust (`services/console/src/trust/`).

export interface EndingCertificate {
  readonly sha256: string
  readonly kind: 'seal' | 'official' | 'authority' | 'anchor' | 'hub'
  readonly subject: string
  readonly agency?: { readonly code: string; readonly name: string | null }
  readonly notAfter: string
  /** Whole days left; negative: it has ended. */
  readonly days: number
  /** Thresholds of which somebody was told. */
  readonly reminded: readonly number[]
}

export interface AuthorityView {
  readonly sha256: string
  readonly subject: string
  readonly notAfter: string
  readonly role: 'anchor' | 'intermediate'
  readonly state: 'fresh' | 'failing' | 'stale' | 'unknown'
  readonly goodAt: string | null
  readonly dueAt: string | null
  readonly failures: number
  readonly fault: string | null
  readonly listUntil: string | null
}

export interface WhatIf {
  readonly authority: { readonly sha256: string; readonly subject: string }
  readonly agencies: readonly WhatIfAgency[]
}

export interface WhatIfAgency {
  readonly code: string
  readonly name: string
  readonly stops: boolean
  readonly sealsFor: readonly string[]
  readonly documents: number
}

export interface TrustRequest {
  readonly id: string
  readonly action: 'anchor.add' | 'anchor.retire'
  readonly object: string
  readonly subject: string | null
  readonly askedBy: string
  readonly askedAt: string
}

export interface HubKey {
  readonly sha256: string
  readonly subject: string
  readonly notAfter: string
  readonly state: 'coming' | 'signing' | 'past'
  readonly from: string
  readonly until: string | null
}

/** The common name of a subject, which people know it by; the whole of it where there is none. */
export function commonName(subject: string): string {
  return /(?:^|,\s*)CN=((?:\\.|[^,\\])+)/.exec(subject)?.[1] ?? subject
}
