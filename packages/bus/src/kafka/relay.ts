import { hasUnrelayed, markRelayed, readUnrelayed, type UnrelayedEvent } from '@docaxis/store'
import type { Kafka, Message, Producer, TopicMessages } from 'kafkajs'
import type { BusOptions } from '../create-bus.ts'
import type { Turn } from '../loop.ts'
import { placeRows } from '../sequencer.ts'
import { passStep } from '../steps.ts'

/** Rows published by one request: as many as are placed at once. */
const relayedAtOnce = 1_000
/** And no more bytes of events than this, unless one alone has: brokers take a megabyte of a partition at a time. */
const mostBytes = 512 * 1024
/** Wait of the broker for its replicas. */
const ackTimeoutMs = 5_000

/**
 * Publishes positioned outbox rows to Kafka, in order, one process at a time. A crash between the acknowledgement and
 * the mark publishes the same rows again: consumers absorb that.
 */
export class Relay {
  readonly #options: BusOptions
  readonly #kafka: Kafka
  #producer: Producer | undefined

  constructor(options: BusOptions, kafka: Kafka) {
    this.#options = options
    this.#kafka = kafka
  }

  /** @throws what Kafka or the database says; the next turn starts with a new producer */
  async turn(): Promise<Turn> {
    const { database } = this.#options
    const placed = await placeRows(database)
    if (placed === 'nothing' && !(await hasUnrelayed(database))) return 'nothing'

    const relayed = await database.transaction(async tx => {
      const read = (await readUnrelayed(tx, relayedAtOnce)) ?? []
      const rows = withinBytes(read)
      const last = rows.at(-1)
      if (last === undefined) return 'nothing'
      passStep('outbox-read')
      await this.#publish(rows)
      await markRelayed(tx, last.position)
      return rows.length < read.length || read.length === relayedAtOnce ? 'more' : 'worked'
    })
    // Another process relays: it sees the new rows, too.
    if (relayed === 'nothing') return placed
    passStep('outbox-marked')
    return placed === 'more' ? 'more' : relayed
  }

  async stop(): Promise<void> {
    await this.#dropProducer()
  }

  async #publish(rows: readonly UnrelayedEvent[]): Promise<void> {
    try {
      const producer = await this.#connectedProducer()
      const acknowledged = producer.sendBatch({ acks: -1, timeout: ackTimeoutMs, topicMessages: byTopic(rows) })
      passStep('produced-before-ack')
      await acknowledged
      passStep('produced-after-ack')
    } catch (error) {
      // Whether the rows arrived is unknown. Requests of this producer still under way must not land behind later ones.
      await this.#dropProducer()
      throw error
    }
  }

  async #connectedProducer(): Promise<Producer> {
    if (this.#producer !== undefined) return this.#producer
    const producer = this.#kafka.producer({
      allowAutoTopicCreation: false,
      maxInFlightRequests: 1,
      retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 500 },
    })
    await producer.connect()
    this.#producer = producer
    return producer
  }

  async #dropProducer(): Promise<void> {
    const producer = this.#producer
    this.#producer = undefined
    await producer?.disconnect().catch(() => {})
  }
}

/** The first rows, as many as one request may carry. */
function withinBytes(rows: readonly UnrelayedEvent[]): readonly UnrelayedEvent[] {
  let bytes = 0
  const over = rows.findIndex(({ json }) => {
    bytes += Buffer.byteLength(json)
    return bytes > mostBytes
  })
  return over === -1 ? rows : rows.slice(0, Math.max(1, over))
}

function byTopic(rows: readonly UnrelayedEvent[]): TopicMessages[] {
  const batches = new Map<string, Message[]>()
  for (const row of rows) {
    const messages = batches.get(row.topic) ?? []
    messages.push(toMessage(row))
    batches.set(row.topic, messages)
  }
  return [...batches].map(([topic, messages]) => ({ topic, messages }))
}

/** CloudEvents Kafka protocol binding 1.0.2, structured content mode. */
function toMessage({ key, partition, json: value }: UnrelayedEvent): Message {
  return {
    key,
    partition,
    value,
    headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
  }
}
