import type { Topic } from '@docaxis/events'
import { countUnread, createCursors, settlePartitions } from '@docaxis/store'
import type { Bus, BusHealth, Subscription } from '../bus.ts'
import { type BusOptions, defaultIdleMs } from '../create-bus.ts'
import { Loop, type Turn } from '../loop.ts'
import { createPurge, placeRows, placingGapMs } from '../sequencer.ts'
import { type AnySubscription, toAnySubscription, wantedTopics } from '../subscription.ts'
import { messageOf } from '../trouble.ts'
import { Consumer } from './consumer.ts'
import { Listener } from './listener.ts'

/** A backlog beyond this is told as this number. */
const countedBacklog = 100_000

/** The event log inside PostgreSQL: the numbered outbox read by leased cursors. */
export class PostgresBus implements Bus {
  readonly #options: BusOptions
  readonly #subscriptions: AnySubscription[] = []
  readonly #purge: () => Promise<void>
  readonly #placing: Loop
  readonly #consumer: Consumer
  readonly #listener: Listener
  #started = false
  #troubleSince: Date | undefined

  constructor(options: BusOptions) {
    this.#options = options
    this.#purge = createPurge(options.database, 'groups')
    this.#consumer = new Consumer({ ...options, committed: () => this.nudge() }, this.#subscriptions)
    this.#listener = new Listener(options.database, options.logger, () => this.#consumer.wake())
    this.#placing = new Loop({
      turn: () => this.#place(),
      onError: error => this.#failed(error),
      idleMs: options.idleMs ?? defaultIdleMs,
      gapMs: placingGapMs,
    })
  }

  subscribe<T extends Topic>(subscription: Subscription<T>): void {
    if (this.#started) throw new Error(`group ${subscription.group} subscribed after the bus was started`)
    this.#subscriptions.push(toAnySubscription(subscription))
  }

  async start(): Promise<void> {
    const { database, partitions } = this.#options
    this.#started = true
    await database.transaction(async tx => {
      const settled = await settlePartitions(tx, partitions)
      await createCursors(tx, wantedTopics(this.#subscriptions), settled)
    })
    this.#listener.start()
    this.#placing.start()
    this.#consumer.start()
  }

  nudge(): void {
    this.#placing.wake()
  }

  async health(): Promise<BusHealth> {
    try {
      const backlog = await countUnread(this.#options.database, wantedTopics(this.#subscriptions), countedBacklog)
      return { ok: true, detail: `event log in PostgreSQL, ${backlog} events to read`, backlog }
    } catch {
      // The reason stays in the log: anybody may ask for health.
      const since = this.#troubleSince?.toISOString() ?? 'now'
      return { ok: false, detail: `event log in PostgreSQL not readable since ${since}`, backlog: 0 }
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#placing.stop(), this.#consumer.stop(), this.#listener.stop()])
  }

  async #place(): Promise<Turn> {
    const turn = await placeRows(this.#options.database)
    if (turn !== 'nothing') this.#consumer.wake()
    await this.#purge()
    this.#troubleSince = undefined
    return turn
  }

  #failed(error: unknown): void {
    if (this.#troubleSince !== undefined) return
    this.#troubleSince = new Date()
    this.#options.logger.warn({ reason: messageOf(error) }, 'event log: the database does not answer; trying again')
  }
}
