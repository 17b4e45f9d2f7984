/** What the sender knows of one document. `unknown` may have happened: a repeat settles it. */
export interface SentDocument {
  readonly documentId: string
  readonly sha256: string
  readonly receivers: readonly string[]
  outcome: 'unknown' | 'accepted' | 'refused'
  /** Ids answered for it; more than one is a broken promise. */
  readonly hubIds: Set<string>
  answer?: string
}

/** What a receiver saw. */
export interface ReceivedDocument {
  readonly deliveryId: string
  readonly documentId: string
  readonly receiver: string
  readonly sha256: string
}

export interface Journal {
  readonly sent: Map<string, SentDocument>
  readonly received: ReceivedDocument[]
  readonly acknowledged: Set<string>
}

export function emptyJournal(): Journal {
  return { sent: new Map(), received: [], acknowledged: new Set() }
}
