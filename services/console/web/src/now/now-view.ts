import type { Level } from '../parts/level-words.ts'

/** The first page as the hub tells it (`services/console/src/now/now-view.ts`). */
export interface NowView {
  readonly attention: readonly AttentionLine[]
  readonly levels: readonly Level[]
  /** Where the hour of `flows` begins. */
  readonly flowsSince: string
  readonly flows: readonly Flow[]
  readonly health: readonly HealthLine[]
  readonly minutes: readonly PulsePoint[]
}

export type AttentionKind =
  | 'authorities'
  | 'dead-letter'
  | 'stuck'
  | 'failed'
  | 'ending-soon'
  | 'held'
  | 'not-fetched'
  | 'late'
  | 'refused'
  | 'ending'

export interface AttentionLine {
  readonly kind: AttentionKind
  readonly count: number
  /** How many documents, where it is about documents: one may have many receivers. */
  readonly documents?: number
  readonly more: boolean
  readonly since: string
  readonly why?: string
  readonly worst?: { readonly code: string; readonly name: string | null; readonly count: number }
  readonly receivers?: number
}

export interface Flow {
  readonly from: Level
  readonly to: Level
  readonly accepted: number
  readonly fetched: number
  readonly acknowledged: number
  readonly fetchSeconds: number | null
  readonly late: number
}

export interface HealthLine {
  readonly name: string
  readonly kind: 'service' | 'part'
  readonly state: 'good' | 'warning' | 'bad' | 'silent'
  readonly checkedAt: string
  readonly detail?: string
}

/** Seconds since 1970, accepted, fetched, acknowledged. */
export type PulsePoint = readonly [at: number, accepted: number, fetched: number, acknowledged: number]
