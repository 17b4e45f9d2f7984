import type { AttentionKind } from '../attention-sources.ts'

/** What a rule can watch for. */
export type AlertKind = DocumentAlert | 'queue' | 'certificates' | 'revocation-lists' | 'health'

/** What concerns documents: what needs attention, and what deadlines have reminded of or passed on. */
export type DocumentAlert = AttentionKind | 'due-soon' | 'escalated'

export const alertKinds = [
  'stuck',
  'held',
  'not-fetched',
  'late',
  'due-soon',
  'escalated',
  'refused',
  'failed',
  'dead-letter',
  'queue',
  'certificates',
  'revocation-lists',
  'health',
] as const satisfies readonly AlertKind[]

/** Facts of the hub itself: found for those whose scope is the whole of it. */
export const hubAlerts: ReadonlySet<AlertKind> = new Set(['dead-letter', 'revocation-lists', 'health'])

/** Something that a rule is about at present. */
export interface Finding {
  /** The agency, certificate or process that it concerns; empty: the whole of what is watched. */
  readonly key: string
  /** For people: the agency's name, the certificate's subject. */
  readonly name: string | null
  readonly count: number
  readonly since: Date
  /** It is told again when this grows. */
  readonly level: number
  /** A hỏa tốc document is among them. */
  readonly urgent: boolean
  /** The most urgent and oldest of them. */
  readonly documents: readonly FoundDocument[]
}

export interface FoundDocument {
  readonly id: string
  /** `7816/VPCP-TTĐT`; null: it has none. */
  readonly number: string | null
  /** Null where it is for the agencies concerned alone. */
  readonly subject: string | null
}

export interface Findings {
  readonly found: readonly Finding[]
  /** There may be more than was looked at: what is missing has not ended by that. */
  readonly partial: boolean
}
