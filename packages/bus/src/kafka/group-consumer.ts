import type { Topic } from '@docaxis/events'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { type ConsumerOptions, defaultLeaseSeconds } from '../create-bus.ts'
import type { AnySubscription } from '../subscription.ts'
import { messageOf } from '../trouble.ts'
import { consumeBatch } from './consume-batch.ts'

const restartMs = 1_000

/** One consumer group of this process. Builds its consumer anew when kafkajs gives up. */
export class GroupConsumer {
  readonly #options: ConsumerOptions
  readonly #kafka: Kafka
  readonly #group: string
  readonly #byTopic: ReadonlyMap<Topic, AnySubscription>
  #consumer: Consumer | undefined
  #restart: NodeJS.Timeout | undefined
  #starting: Promise<void> = Promise.resolve()
  #stopping = false

  /** @param subscriptions all of the same group */
  constructor(options: ConsumerOptions, kafka: Kafka, group: string, subscriptions: readonly AnySubscription[]) {
    this.#options = options
    this.#kafka = kafka
    this.#group = group
    this.#byTopic = new Map(subscriptions.flatMap(one => one.topics.map(topic => [topic, one] as const)))
  }

  start(): void {
    this.#starting = this.#start().catch(error => this.#startAgain(error))
  }

  /** Finishes the batches in hand, commits their offsets and leaves the group. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#restart)
    await this.#starting
    await this.#consumer?.disconnect().catch(() => {})
  }

  async #start(): Promise<void> {
    const sessionMs = (this.#options.leaseSeconds ?? defaultLeaseSeconds) * 1_000
    const consumer = this.#kafka.consumer({
      groupId: `docaxis.${this.#group}`,
      allowAutoTopicCreation: false,
      sessionTimeout: sessionMs,
      // A process that is killed while it joins is waited for so long by all others; one that lives needs a batch's time.
      rebalanceTimeout: 2 * sessionMs,
      heartbeatInterval: 1_000,
      // The broker answers a waiting fetch with the first event; otherwise after this time.
      maxWaitTimeInMs: 1_000,
      // A topic that was lost and created again must be seen soon.
      metadataMaxAge: 30_000,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 2_000, restartOnFailure: async () => !this.#stopping },
    })
    this.#consumer = consumer
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) this.#startAgain(payload.error)
    })
    await consumer.connect()
    // Offsets that point nowhere, as after a lost topic, read from the beginning.
    await consumer.subscribe({ topics: [...this.#byTopic.keys()], fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: payload => this.#consume(payload),
    })
  }

  async #consume(payload: EachBatchPayload): Promise<void> {
    const subscription = this.#byTopic.get(payload.batch.topic as Topic)
    if (subscription !== undefined) await consumeBatch(this.#options, subscription, payload)
  }

  #startAgain(error: unknown): void {
    if (this.#stopping) return
    this.#options.logger.warn({ group: this.#group, reason: messageOf(error) }, 'consumer stopped; starting it again')
    const given = this.#consumer
    this.#consumer = undefined
    clearTimeout(this.#restart)
    this.#restart = setTimeout(() => {
      given?.disconnect().catch(() => {})
      this.start()
    }, restartMs)
  }
}
