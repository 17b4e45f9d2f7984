import type { Bilingual } from '../language.tsx'
import type { Level } from '../parts/level-words.ts'

// What the interface says of a report: `services/console/src/reports`.

export type Group = 'month' | 'level' | 'agency'

export interface Share {
  readonly part: number
  readonly of: number
}

export interface Line {
  /** `2026-11`, a level, or an agency's code. */
  readonly key?: string | null
  readonly name?: string | null
  readonly sent: number
  readonly received: number
  readonly refused: number
  readonly hubRefused: number
  readonly paperUnsaid: number
  readonly entered: number
  readonly shares: Readonly<Record<string, Share>>
}

export interface Definition {
  readonly id: string
  readonly name: Bilingual
  readonly definition: Bilingual
}

export interface Refusal {
  readonly origin: 'receiver' | 'hub'
  readonly reason: string
  readonly refused: number
  readonly meaning: Bilingual | null
}

export interface Report {
  readonly asked: {
    readonly from: string
    readonly to: string
    readonly by: Group
    readonly level?: Level
    readonly agency?: string
  }
  readonly countedUntil: string | null
  readonly total: Line
  readonly lines: readonly Line[]
  readonly more: boolean
  readonly months: readonly Line[]
  readonly refusals: readonly Refusal[]
  readonly definitions: readonly Definition[]
  readonly rules: Bilingual
}

/** What can be asked, as it stands in the address. */
export const questionNames = ['from', 'to', 'level', 'agency', 'by'] as const
