import type { Topic } from '@docaxis/events'
import { countUnrelayed, settlePartitions } from '@docaxis/store'
import type { Kafka } from 'kafkajs'
import type { Bus, BusHealth, Subscription } from '../bus.ts'
import type { BusOptions } from '../create-bus.ts'
import { Loop, type Turn } from '../loop.ts'
import { createPurge } from '../sequencer.ts'
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
  #trouble: { readonly since: Date; readonly reason: string } | undefined

  constructor(options: BusOptions) {
    this.#options = options
    this.#kafka = createKafka(options)
    this.#relay = new Relay(options, this.#kafka)
    this.#purge = createPurge(options.database, 'relay')
    this.#relaying = new Loop({
      turn: () => this.#turn(),
      onError: error => this.#failed(error),
      idleMs: { first: 5, last: 200 },
      gapMs: 3,
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
    if (this.#trouble === undefined)
      return { ok: true, detail: `event log on Kafka, ${backlog} events to relay`, backlog }
    const { since, reason } = this.#trouble
    return { ok: false, detail: `event log on Kafka not usable since ${since.toISOString()}: ${reason}`, backlog }
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
    this.#consumers = [...groups].map(
      ([group, subscriptions]) => new GroupConsumer(this.#options, this.#kafka, group, subscriptions),
    )
    for (const consumer of this.#consumers) consumer.start()
  }

  #failed(error: unknown): void {
    this.#topicsKnown = false
    const reason = messageOf(error)
    if (this.#trouble === undefined) this.#options.logger.warn({ reason }, 'event log: relay stopped; trying again')
    this.#trouble = { since: this.#trouble?.since ?? new Date(), reason }
  }

  #recovered(): void {
    if (this.#trouble === undefined) return
    this.#options.logger.info({ since: this.#trouble.since }, 'event log: relay works again')
    this.#trouble = undefined
  }
}
