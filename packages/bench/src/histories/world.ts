/** What the model knows of one history: every packet that the hub took, and how it stands at each receiver. */
export interface World {
  readonly packets: ModelPacket[]
  /** Status messages, each with the agency that must find it in its mailbox. */
  readonly statuses: { readonly id: string; readonly receiver: string }[]
}

export type ChangeKind = 'take-back' | 'update' | 'revoke'
export type Act = ChangeKind | 'replace'

export interface ModelDelivery {
  readonly receiver: string
  state: 'waiting' | 'fetched' | 'stored' | 'withdrawn'
  /** The receiver has had the bytes, or has said that it has them. */
  had: boolean
  /** It was in the mailbox for certain before anything happened to it. */
  listed: boolean
  furthest: string | null
  change: { readonly kind: ChangeKind; readonly is: 'asked' | 'agreed' | 'refused' } | null
  replacedBy: string | null
  readonly history: { readonly code: string; readonly flagged: boolean }[]
  /** The hub's id; empty until the packet has settled. */
  id: string
}

export interface ModelPacket {
  /** The hub's id. */
  readonly id: string
  readonly name: string
  readonly sender: string
  readonly action: 'new' | 'replace' | 'update' | 'revoke'
  readonly bytes: Buffer
  /** Body of the hub's answer: a repeat gets the same. */
  readonly answer: string
  readonly target: ModelPacket | undefined
  readonly repliesTo: ModelPacket | undefined
  readonly outcomes: readonly Outcome[]
  /** Those to whom it goes. */
  readonly deliveries: readonly ModelDelivery[]
  /** Ids of what acted on it. */
  readonly actedOnBy: Set<string>
}

export type OutcomeWord = 'withdrawn' | 'asked' | 'replaced' | 'not-told' | 'not-held'

/** What an act came to at one receiver of one packet. */
export interface Outcome {
  readonly document: string
  readonly receiver: string
  readonly outcome: OutcomeWord
  readonly flagged: boolean
}

export function newDelivery(receiver: string): ModelDelivery {
  return {
    receiver,
    state: 'waiting',
    had: false,
    listed: false,
    furthest: null,
    change: null,
    replacedBy: null,
    history: [],
    id: '',
  }
}

/** Documents proper: what can be acted on. */
export function documentsOf({ packets }: World): readonly ModelPacket[] {
  return packets.filter(({ action }) => action === 'new' || action === 'replace')
}

/** The code that lists show. */
export function shownCode({ change, furthest }: ModelDelivery): string | null {
  if (change?.is === 'asked' && change.kind === 'take-back') return '13'
  return change?.is === 'agreed' ? '15' : furthest
}
