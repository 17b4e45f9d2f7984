import type { Level } from './answers.ts'

export interface InboxQuery {
  readonly agency?: string
  readonly kind?: 'document' | 'status'
  readonly after?: string
  /** Items a page. */
  readonly limit?: number
}

export interface DeadlineQuery {
  /** What the caller's agencies owe (receiver, unless said), or what is owed to them. */
  readonly role?: 'receiver' | 'sender'
  /** Passed and still owed (late, unless said), or due within `hours`. */
  readonly standing?: 'late' | 'due'
  readonly hours?: number
  readonly kind?: 'fetch' | 'acknowledge' | 'finish'
  readonly agency?: string
}

export interface AgencyQuery {
  readonly search?: string
  readonly level?: Level
  readonly parent?: string
  readonly group?: string
  /** Only what changed after this version of the directory, in that order, removed agencies too. */
  readonly since?: number
}

export interface DocumentQuery {
  readonly sender?: string
  /** What this agency has acknowledged, instead of what the caller's agencies sent. */
  readonly receiver?: string
  readonly documentId?: string
  readonly kind?: 'document' | 'status'
}
