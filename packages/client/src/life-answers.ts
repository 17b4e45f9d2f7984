import type { Staff } from '@docaxis/edxml'

// What the HTTP API answers on the life of a document after it was sent.

/**
 * What an act came to at one receiver. `withdrawn`: it never had the document and never will. `asked`: it has it, and must
 * answer. `not-told`: it has it, but the packet is not addressed to it. `not-held`: it was withdrawn before, or never came.
 */
export type EffectWord = 'withdrawn' | 'asked' | 'replaced' | 'not-told' | 'not-held'

export interface EffectOutcome {
  readonly action: 'revoke' | 'update' | 'replace' | 'take-back'
  /** The hub's id of the document acted on. */
  readonly document: string
  readonly documentId: string
  readonly receiver: string
  readonly outcome: EffectWord
  /** Does not fit the state that the receiver had reached: changes nothing. */
  readonly flagged: boolean
}

/** The latest wish to take back, update or revoke, and its answer. */
export interface Change {
  readonly kind: 'take-back' | 'update' | 'revoke' | null
  readonly state: 'asked' | 'agreed' | 'refused'
  /** The hub's id of the packet that brought it. */
  readonly by: string | null
}

export interface LinkedDocument {
  /** Null: not sent through this hub, or not yours to see. */
  readonly id: string | null
  readonly sender: string | null
  readonly documentId: string | null
}

export interface DocumentLinks {
  readonly repliesTo: readonly (LinkedDocument & { readonly code: string | null; readonly issuedOn: string | null })[]
  readonly replies: readonly LinkedDocument[]
  /** What it did to earlier documents. */
  readonly effects: readonly EffectOutcome[]
  readonly actedOnBy: readonly (LinkedDocument & { readonly action: string; readonly acceptedAt: string })[]
}

export interface ThreadEntry {
  readonly id: string
  readonly sender: string
  readonly documentId: string
  readonly action: string
  readonly subject: string | null
  readonly acceptedAt: string
  /** Ids of documents of the thread. */
  readonly answers: readonly string[]
  readonly replaces: readonly string[]
}

/** What is left of a document that its sender withdrew before it was fetched. */
export interface WithdrawnItem {
  readonly deliveryId: string
  readonly kind: 'document' | 'status'
  readonly documentId: string
  readonly sender: string
  readonly receiver: string
  readonly availableAt: string
  readonly withdrawnAt: string
  readonly note: { readonly vi: string; readonly en: string }
}

/** A wish that waits for 15 or 16. */
export interface OpenChange {
  readonly deliveryId: string
  readonly id: string
  readonly documentId: string
  readonly sender: string
  readonly receiver: string
  readonly kind: 'take-back' | 'update' | 'revoke'
  readonly askedBy: string | null
  readonly askedAt: string | null
}

export interface TakeBack {
  readonly reason: string
  /** Absent: everybody it went to. */
  readonly receivers?: readonly string[]
  readonly staff?: Pick<Staff, 'name' | 'department' | 'email' | 'mobile'>
  /** The same key is one take-back, however often it is sent. Made up when absent. */
  readonly idempotencyKey?: string
}

export interface TakenBack {
  /** The hub's id of the status message 13. */
  readonly id: string
  readonly receiver: string
  readonly outcome: EffectWord
  readonly flagged: boolean
}

/** One thing that happened to a document. */
export interface TimelineEntry {
  readonly at: string
  readonly what: string
  readonly deliveryId: string | null
  readonly receiver: string | null
  readonly systemId: string | null
  readonly details: Readonly<Record<string, unknown>>
}
