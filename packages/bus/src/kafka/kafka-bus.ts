import type { Topic } from '@docaxis/events'
import { countUnrelayed, settlePartitions } from '@docaxis/store'
import type { Kafka } from 'kafkajs'
import type { Bus, BusHealth, Subscription } from '../bus.ts'
import { type BusOptions, defaultIdleMs } from '../create-bus.ts'
import { Loop, type Turn } from '../loop.ts'
import { createPurge, placingGapMs } from '../sequencer.ts'
import { type AnySubscription, toAnySubscription } from '../subscription.ts'
import { messageOf } from '../trouble.ts'
import { createKafka } from './client.ts'
import { GroupConsumer } from './group-consumer.ts'
import { Relay } from './relay.ts'
import { ensureTopics } from './topics.ts'

/** The event log on Kafka: the numbered outbox is relayed to topics, groups consume from there. */
export class KafkaBus implements Bus {
  readonly #options: BusOptions
  readonly #kafka: Kafka
  readonly #relay: Relay
  readonly #relaying: Loop
  readonly #purge: () => Promise<void>
  readonly #subscriptions: AnySubscription[] = []
  #consumers: GroupConsumer[] = []
  #partitions = 0
  /** Topics are looked at again after every failure: the broker may have lost them. */
  #topicsKnown = false
  #troubleSince: Date | undefined

  constructor(options: BusOptions) {
    this.#options = options
    this.#kafka = createKafka(options)
    this.#relay = new Relay(options, this.#kafka)
    this.#purge = createPurge(options.database, 'relay')
    this.#relaying = new Loop({
      turn: () => this.#turn(),
      onError: error => this.#failed(error),
      idleMs: options.idleMs ?? defaultIdleMs,
      gapMs: placingGapMs,
    })
  }

  subscribe<T extends Topic>(subscription: Subscription<T>): void {
    if (this.#partitions > 0) throw new Error(`group ${subscription.group} subscribed after the bus was started`)
    this.#subscriptions.push(toAnySubscription(subscription))
  }

  /** Does not wait for the broker: intake goes on without it, and `health` says that it is away. */
  async start(): Promise<void> {
    const { database, partitions } = this.#options
    this.#partitions = await database.transaction(tx => settlePartitions(tx, partitions))
    this.#relaying.start()
  }

  nudge(): void {
    this.#relaying.wake()
  }

  async health(): Promise<BusHealth> {
    const backlog = await countUnrelayed(this.#options.database).catch(() => undefined)
    if (backlog === undefined)
      return { ok: false, detail: 'outbox not readable: the database does not answer', backlog: 0 }
    if (this.#troubleSince === undefined)
      return { ok: true, detail: `event log on Kafka, ${backlog} events to relay`, backlog }
    // The reason stays in the log: anybody may ask for health.
    const since = this.#troubleSince.toISOString()
    return { ok: false, detail: `event log on Kafka not usable since ${since}`, backlog }
  }

  async stop(): Promise<void> {
    await this.#relaying.stop()
    await Promise.all([this.#relay.stop(), ...this.#consumers.map(consumer => consumer.stop())])
  }

  async #turn(): Promise<Turn> {
    await this.#prepare()
    const turn = await this.#relay.turn()
    await this.#purge()
    this.#recovered()
    return turn
  }

  async #prepare(): Promise<void> {
    if (this.#topicsKnown) return
    await ensureTopics(this.#kafka, this.#partitions, this.#options.replicationFactor ?? 1)
    this.#topicsKnown = true
    if (this.#consumers.length === 0) this.#startConsumers()
  }

  #startConsumers(): void {
    const groups = Map.groupBy(this.#subscriptions, subscription => subscription.group)
    const options = { ...this.#options, committed: () => this.#relaying.wake() }
    this.#consumers = [...groups].map(
      ([group, subscriptions]) => new GroupConsumer(options, this.#kafka, group, subscriptions),
    )
    for (const consumer of this.#consumers) consumer.start()
  }

  #failed(error: unknown): void {
    this.#topicsKnown = false
    if (this.#troubleSince !== undefined) return
    this.#troubleSince = new Date()
    this.#options.logger.warn({ reason: messageOf(error) }, 'event log: relay stopped; trying again')
  }

  #recovered(): void {
    if (this.#troubleSince === undefined) return
    this.#options.logger.info({ since: this.#troubleSince }, 'event log: relay works again')
    this.#troubleSince = undefined
  }
}
