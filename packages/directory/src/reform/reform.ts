import type { Agency } from '../agency.ts'

/** Words of `do` in a reform file. */
export const reformDeeds = ['merge', 'split', 'open', 'rename', 'move', 'close'] as const
export type ReformDeed = (typeof reformDeeds)[number]

/** An agency that takes over: one of the directory by its code, or one that the reform opens. */
export type ReformTarget = string | Agency

/** What a change that closes agencies may say beside. */
export interface ClosingTerms {
  /** Day up to which the closed codes may still send; the reform's own `graceUntil` unless given. */
  readonly graceUntil?: string
  /** Where agencies below the closed ones go. */
  readonly childrenTo?: string
  /** The center that serves from then on those whom a closed center has served; its single successor unless given. */
  readonly servedBy?: string
  /** Systems that act for the closed agencies act for the single successor too. Never by itself: it opens its mail to them. */
  readonly systemsFollow: boolean
}

/** Several agencies become one: one of them, another, or a new one. */
export interface Merge extends ClosingTerms {
  readonly do: 'merge'
  readonly codes: readonly string[]
  readonly into: ReformTarget
}

/** One agency becomes several. Without `successor` senders must choose. */
export interface Split extends ClosingTerms {
  readonly do: 'split'
  readonly code: string
  readonly into: readonly ReformTarget[]
  readonly successor?: string
}

/** A new agency that takes over from nobody. */
export interface Open {
  readonly do: 'open'
  readonly agency: Agency
}

export interface Rename {
  readonly do: 'rename'
  readonly code: string
  readonly name: string
  readonly shortName?: string
  readonly locality?: string
}

/** Another agency above. */
export interface Move {
  readonly do: 'move'
  readonly code: string
  readonly parent: string
}

export interface Close extends ClosingTerms {
  readonly do: 'close'
  readonly code: string
  readonly successor?: string
}

export type ReformChange = Merge | Split | Open | Rename | Move | Close

/** One reform of the directory: all of it on one day, or nothing. */
export interface Reform {
  /** Its own name, `2025-provinces`: the same reform is done once. */
  readonly name: string
  readonly title: string
  /** The decision behind it. */
  readonly basis?: string
  /** First day on which it is in force, in Asia/Ho_Chi_Minh. */
  readonly effectiveOn: string
  readonly graceUntil?: string
  /** Their places in the file are `changes[0]`, `changes[1]`, … */
  readonly changes: readonly ReformChange[]
}

/** One code that is closed, and who follows it. */
export interface ReformClosing {
  readonly code: string
  readonly name: string
  readonly successor?: string
  /** The codes among which senders choose where no single one follows. */
  readonly choices: readonly string[]
  /** First day on which its certificates and mandates seal nothing new: the end of its grace. */
  readonly endsOn: string
  readonly systemsFollow: boolean
}

/** What a reform makes of a directory. */
export interface ReformPlan {
  /** Every agency that differs afterwards, as it will be. */
  readonly agencies: readonly Agency[]
  readonly closings: readonly ReformClosing[]
  readonly opened: readonly string[]
  readonly renamed: readonly string[]
  /** Those with another agency above. */
  readonly moved: readonly string[]
  /** Those that another center serves. */
  readonly rehomed: readonly string[]
}
