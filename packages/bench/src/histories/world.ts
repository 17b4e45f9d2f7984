/** What the model knows of one history: its agencies, every packet that the hub took, and how each stands where it went. */
export interface World {
  readonly agencies: readonly ModelAgency[]
  readonly systems: readonly ModelSystem[]
  readonly packets: ModelPacket[]
  /** Status messages, each at the agency that must find it in its mailbox. */
  readonly statuses: ModelStatus[]
}

export interface ModelAgency {
  readonly code: string
  open: boolean
  moved: boolean
  /** Who follows it once it is closed. */
  successor: string | null
}

export interface ModelSystem {
  readonly id: string
  readonly agencies: Set<string>
}

export interface ModelStatus {
  readonly id: string
  readonly sender: string
  /** Null: it came back, for its receiver was closed and nobody followed. */
  receiver: string | null
}

export type ChangeKind = 'take-back' | 'update' | 'revoke'
export type Act = ChangeKind | 'replace'

export interface ModelDelivery {
  /** As resolved when the packet was accepted. */
  readonly resolved: string
  /** Who gets it now. */
  receiver: string
  state: 'waiting' | 'fetched' | 'stored' | 'failed' | 'withdrawn'
  /** A revocation that has nothing to say to its receiver was never on its way there: nobody is owed evidence of that. */
  spared: boolean
  /** The same packet in another delivery to the successor: this one ends as that one does. */
  joinedTo: ModelDelivery | null
  /** Who answers for a closed receiver what that one had not finished. */
  heir: string | null
  /** Hand-overs that failed. */
  attempts: number
  /** A receiver has had the bytes, or has said that it has them. */
  had: boolean
  /** It was in the mailbox for certain before anything happened to it. */
  listed: boolean
  furthest: string | null
  change: { readonly kind: ChangeKind; readonly is: 'asked' | 'agreed' | 'refused'; readonly by: string } | null
  /** Ids of the packets that have asked for a change. */
  readonly wishes: string[]
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
  /** Codes of its receivers, as written. */
  readonly written: readonly string[]
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
    resolved: receiver,
    receiver,
    state: 'waiting',
    spared: false,
    joinedTo: null,
    heir: null,
    attempts: 0,
    had: false,
    listed: false,
    furthest: null,
    change: null,
    wishes: [],
    replacedBy: null,
    history: [],
    id: '',
  }
}

/** Who reports on it and answers what is asked of it. */
export function answererOf({ heir, receiver }: ModelDelivery): string {
  return heir ?? receiver
}

/** Its state; of one that waits for another, the state of that one, as which it ends. */
export function endOf({ state, joinedTo }: ModelDelivery): ModelDelivery['state'] {
  return joinedTo?.state ?? state
}

/** Documents proper: what can be acted on. */
export function documentsOf({ packets }: World): readonly ModelPacket[] {
  return packets.filter(({ action }) => action === 'new' || action === 'replace')
}

/** A document and the packets that sent it to further receivers: acts name them all. */
export function sharing({ sender, name }: ModelPacket, world: World): readonly ModelPacket[] {
  return documentsOf(world).filter(packet => packet.sender === sender && packet.name === name)
}

/** The code that lists show. */
export function shownCode({ change, furthest }: ModelDelivery): string | null {
  if (change?.is === 'asked' && change.kind === 'take-back') return '13'
  return change?.is === 'agreed' ? '15' : furthest
}

export function systemOf({ systems }: World, code: string): ModelSystem {
  const system = systems.find(({ agencies }) => agencies.has(code))
  if (!system) throw new Error(`nobody acts for ${code}`)
  return system
}

export function openAgencies({ agencies }: World): readonly string[] {
  return agencies.filter(({ open }) => open).map(({ code }) => code)
}
