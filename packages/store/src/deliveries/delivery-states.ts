/**
 * Transport states of one delivery. edXML words (9): queued = available, done = acknowledged, dead = failed. A try
 * that will be repeated stays `available` with `attempts`.
 */
export type DeliveryState =
  | 'routed'
  | 'held'
  | 'available'
  | 'fetched'
  | 'acknowledged'
  | 'failed'
  | 'withdrawn'
  | 'expired'

export type DeliveryMove =
  | 'release'
  | 'hold'
  | 'let-go'
  | 'refuse'
  | 'fetch'
  | 'acknowledge'
  | 'retry'
  | 'give-up'
  | 'hand-on'
  | 'join'
  | 'return'
  | 'withdraw'

interface MoveRow {
  readonly from: readonly DeliveryState[]
  readonly to: DeliveryState
}

/** Every legal move of the transport layer (edXML 9). What is not here does not happen. */
export const deliveryMoves: Readonly<Record<DeliveryMove, MoveRow>> = {
  /** The delivery service shows it in the mailbox. */
  release: { from: ['routed'], to: 'available' },
  /** A check is wanted before the receiver gets it; never once it was fetched. */
  hold: { from: ['routed', 'available'], to: 'held' },
  'let-go': { from: ['held'], to: 'available' },
  /** What was held is not to be delivered. */
  refuse: { from: ['held'], to: 'failed' },
  /** Again after the lease, and for the further parts of a ranged download. */
  fetch: { from: ['available', 'fetched'], to: 'fetched' },
  /** queued -> done is legal: a system may have got the bytes before it lost our answer. */
  acknowledge: { from: ['available', 'fetched'], to: 'acknowledged' },
  retry: { from: ['available', 'fetched'], to: 'available' },
  'give-up': { from: ['available', 'fetched'], to: 'failed' },
  /** Its receiver was closed: it waits for the successor. What is not in a mailbox yet keeps its state. */
  'hand-on': { from: ['available', 'fetched'], to: 'available' },
  /** Its successor gets the packet in another delivery: this one waits and ends as that one does. */
  join: { from: ['routed', 'held', 'available', 'fetched'], to: 'held' },
  /** Its receiver was closed and no single one follows. */
  return: { from: ['routed', 'held', 'available', 'fetched'], to: 'failed' },
  /** The sender takes it back or revokes it; never once it was fetched, even if it is offered again. */
  withdraw: { from: ['routed', 'held', 'available'], to: 'withdrawn' },
}

/** States that no move leaves: evidence was given, or will be, and stays true. */
export const closedStates: readonly DeliveryState[] = ['acknowledged', 'failed', 'withdrawn', 'expired']

export function canMove(move: DeliveryMove, from: DeliveryState): boolean {
  return deliveryMoves[move].from.includes(from)
}
