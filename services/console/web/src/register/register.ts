import type { Bilingual } from '../language.tsx'

// What the interface says of the totals of registers: `services/console/src/reports/register-routes.ts`.

export interface RegisterEntry {
  readonly agency: string
  readonly month: string
  readonly outgoing: number | null
  readonly incoming: number | null
  readonly source: 'form' | 'csv' | 'api'
  readonly enteredBy: string
  readonly enteredByName: string | null
  readonly enteredAt: string
}

export interface RegisterRow extends RegisterEntry {
  readonly name: string
  readonly sent: number
  readonly received: number
  /** Entries that it has replaced. */
  readonly corrections: number
}

export interface RegisterPageAnswer {
  readonly month: string
  readonly items: readonly RegisterRow[]
  readonly next: string | null
}

export interface LineFault extends Bilingual {
  readonly line: number
}

export interface UploadAnswer {
  readonly written: number
  readonly unchanged: number
  readonly faults: readonly LineFault[]
  readonly faultCount: number
}
