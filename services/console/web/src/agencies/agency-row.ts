import type { Level } from '../parts/level-words.ts'

// What the hub tells of the directory (`services/console/src/agencies/`).

export interface NamedCode {
  readonly code: string
  readonly name: string | null
}

export interface AgencyRow {
  readonly code: string
  readonly name: string
  readonly level: Level
  readonly kind: 'agency' | 'unit' | 'center'
  readonly locality: string | null
  readonly lifecycle: 'not-yet-open' | 'open' | 'closed'
  /** `2025-07-01`. */
  readonly closedFrom: string | null
  readonly successor: NamedCode | null
  readonly choices: number
  readonly connected: boolean
  readonly canReceive: boolean
  readonly parent: NamedCode | null
  readonly below: number
}

export interface AgencyPage {
  readonly items: readonly AgencyRow[]
  readonly next: string | null
}

export interface LevelCount {
  readonly level: Level
  readonly open: number
  readonly closed: number
  readonly connected: number
  readonly top: number
}

export interface Levels {
  readonly levels: readonly LevelCount[]
  readonly localities: readonly string[]
}

export const agencyPath = (code: string): string => `/agencies/${encodeURIComponent(code)}`
