import type { HubEvent, Topic } from '@docaxis/events'
import type { Tx } from '@docaxis/store'

/**
 * Handles a batch in one transaction: events of one partition, in their order, or of several. May run more than once for an event: effects are idempotent by
 * natural key and state. Takes milliseconds and never calls outside. Throwing a HubError that is not retryable sends
 * the event to the dead letters; anything else is tried again a bounded number of times. A failing batch is halved
 * until the bad event stands alone.
 */
export type Handler<T extends Topic> = (events: readonly HubEvent<T>[], tx: Tx) => Promise<void>

export interface Subscription<T extends Topic> {
  /** Consumers of one group share the partitions. */
  readonly group: string
  readonly topics: readonly T[]
  readonly handle: Handler<T>
  /** Events of one partition per transaction; 64 unless told. */
  readonly maxBatch?: number
  /** Tries of a single event before it is a dead letter; 5 unless told. */
  readonly maxAttempts?: number
}

export interface BusHealth {
  readonly ok: boolean
  /** Fact in plain English: lag, broker not reachable since when. */
  readonly detail: string
  /** Outbox rows not yet read by the transport. */
  readonly backlog: number
}

/** Transport of committed outbox rows to consumer groups. It may lose everything: PostgreSQL is the book of record. */
export interface Bus {
  /** Joins the candidates for sequencer and relay, and starts every subscription made so far. */
  start(): Promise<void>
  subscribe<T extends Topic>(subscription: Subscription<T>): void
  /**
   * A hint that this process has just committed outbox rows; never needed for correctness, nor for what handlers write:
   * the bus looks after each of their transactions.
   */
  nudge(): void
  health(): Promise<BusHealth>
  /** Finishes the batches in hand, gives leases back. */
  stop(): Promise<void>
}
