import type { Database } from '@docaxis/store'
import type { Bus } from './bus.ts'
import { KafkaBus } from './kafka/kafka-bus.ts'
import { PostgresBus } from './postgres/postgres-bus.ts'

/** What the bus says; pino's logger fits. */
export interface BusLogger {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface BusOptions {
  readonly kind: 'postgres' | 'kafka'
  readonly database: Database
  /** `host:port` of some of the brokers; needed for kind `kafka`. */
  readonly brokers?: readonly string[]
  /** Partitions of every topic; fixed at the first start, 4 unless told. */
  readonly partitions?: number
  /** Copies of each topic that the hub creates on Kafka; 1 unless told, 3 in production. */
  readonly replicationFactor?: number
  readonly logger: BusLogger
  /** Names this process in the books of Kafka and of the leases; need not be unique. */
  readonly clientId: string
  /** Pause before the second try of a failed event; grows fourfold. 100 unless told. */
  readonly firstRetryMs?: number
  /** So long after a process died or froze others take its partitions; 10 unless told, on Kafka at least 6. */
  readonly leaseSeconds?: number
  /** Pauses between looks at an outbox that nobody nudges: doubling from the first, 5, to the last, 250 unless told. */
  readonly idleMs?: { readonly first: number; readonly last: number }
}

/** What a consumer is given by its bus. */
export interface ConsumerOptions extends BusOptions {
  /** A handler's transaction has committed: it may have written outbox rows. */
  readonly committed: () => void
}

export const defaultIdleMs = { first: 5, last: 250 }

export const defaultLeaseSeconds = 10

/**
 * The event log over Kafka or inside PostgreSQL; services cannot tell which.
 *
 * @throws Error when Kafka is asked for without brokers
 */
export function createBus(options: BusOptions): Bus {
  return options.kind === 'kafka' ? new KafkaBus(options) : new PostgresBus(options)
}
