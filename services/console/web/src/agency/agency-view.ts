import type { AgencyRow, NamedCode } from '../agencies/agency-row.ts'
import type { Bilingual } from '../language.tsx'

// What the hub tells of one agency (`services/console/src/agencies/`).

export interface AgencyView extends Omit<AgencyRow, 'choices'> {
  readonly code2016: string | null
  readonly oldCodes: readonly string[]
  readonly shortName: string | null
  readonly groups: readonly string[]
  readonly mail: string | null
  readonly validFrom: string | null
  readonly graceUntil: string | null
  readonly path: readonly NamedCode[]
  readonly center: NamedCode | null
  readonly choices: readonly NamedCode[]
  readonly predecessors: readonly NamedCode[]
  readonly receiving: {
    readonly by: NamedCode | null
    readonly forwarded: 'successor' | 'parent' | null
    readonly fault: 'closed' | 'locked' | 'not-connected' | 'unknown' | null
    readonly silent: boolean
  }
  readonly lastCalledAt: string | null
  readonly limits: LimitsView
}

export interface LimitsView {
  readonly maxEnvelopeBytes: number | null
  readonly fileTypes: readonly string[]
  readonly effectiveBytes: number
  readonly effectiveTypes: readonly string[] | null
  readonly hubBytes: number
}

export interface SystemView {
  readonly id: string
  readonly name: string
  readonly profile: 'legacy' | 'strict'
  readonly createdAt: string
  readonly disabledAt: string | null
  readonly lastCalledAt: string | null
  readonly serves: number
  readonly whole: boolean
  readonly mayChange: boolean
  readonly credentials: readonly CredentialView[]
}

export interface CredentialView {
  readonly id: string
  readonly kind: 'token' | 'vxp'
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly state: 'valid' | 'expired' | 'revoked'
}

export interface CallView {
  readonly at: string
  readonly operation: string
  readonly address: string
  readonly code: string
  readonly reason: string | null
  readonly text: Bilingual | null
}

export interface CertificateView {
  readonly sha256: string
  readonly kind: 'seal' | 'official'
  readonly subject: string
  readonly issuer: string
  readonly person: string | null
  readonly position: string | null
  readonly notAfter: string
  readonly endsAt: string | null
  readonly unboundAt: string | null
  readonly suspended: string | null
  readonly revoked: string | null
  readonly days: number
}

export interface MandateView {
  readonly id: string
  readonly principal: NamedCode
  readonly holder: NamedCode
  readonly kind: 'seal' | 'transport'
  readonly validFrom: string
  readonly validTo: string | null
  readonly state: 'coming' | 'valid' | 'ended'
}

export interface TrafficDay {
  readonly day: string
  readonly sent: number
  readonly received: number
}

export interface LatenessMonth {
  readonly month: string
  readonly received: number
  readonly refused: number
  readonly ackDue: number
  readonly ackInTime: number
  readonly finishDue: number
  readonly finishInTime: number
  readonly fetchDue: number
  readonly fetchInTime: number
}
