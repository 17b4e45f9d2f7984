import { randomBytes } from 'node:crypto'
import { type Claim, claimCursors, pauseCursor, renewLeases } from '@docaxis/store'
import { type BusOptions, defaultLeaseSeconds } from '../create-bus.ts'
import { Loop, type Turn } from '../loop.ts'
import { retryPauseMs, settleBatch } from '../settle-batch.ts'
import { type AnySubscription, wantedTopics } from '../subscription.ts'
import { messageOf } from '../trouble.ts'
import { claimWork } from './claim-work.ts'

/** Partitions in hand at once, each with a connection of its own. */
const concurrency = 4
const firstRetryMs = 100
/** The database is asked again so long after it failed to answer. */
const troublePauseMs = 500

/** Reads all subscriptions of one process: claims partitions that have something to read and handles their batches. */
export class Consumer {
  readonly #options: BusOptions
  readonly #subscriptions: readonly AnySubscription[]
  readonly #owner: string
  readonly #leaseSeconds: number
  readonly #claiming: Loop
  readonly #inHand = new Set<Promise<void>>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #renewal: NodeJS.Timeout | undefined
  #stopping = false

  constructor(options: BusOptions, subscriptions: readonly AnySubscription[]) {
    this.#options = options
    this.#subscriptions = subscriptions
    this.#leaseSeconds = options.leaseSeconds ?? defaultLeaseSeconds
    this.#owner = `${options.clientId}-${randomBytes(8).toString('hex')}`
    this.#claiming = new Loop({
      turn: () => this.#claim(),
      onError: error => options.logger.debug({ reason: messageOf(error) }, 'event log: nothing could be claimed'),
      idleMs: { first: 20, last: 1_000 },
    })
  }

  start(): void {
    if (this.#subscriptions.length === 0) return
    this.#claiming.start()
    this.#renewal = setInterval(() => this.#renew(), (this.#leaseSeconds * 1_000) / 3)
  }

  wake(): void {
    this.#claiming.wake()
  }

  /** Finishes the batches in hand; their leases are given back with them. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#claiming.stop()
    for (const timer of this.#timers) clearTimeout(timer)
    await Promise.all(this.#inHand)
    clearInterval(this.#renewal)
  }

  async #claim(): Promise<Turn> {
    const free = concurrency - this.#inHand.size
    if (free === 0) return 'worked'
    const { database } = this.#options
    const options = { owner: this.#owner, leaseSeconds: this.#leaseSeconds, limit: free }
    const claims = await claimCursors(database, wantedTopics(this.#subscriptions), options)
    for (const claim of claims) this.#take(claim)
    return claims.length > 0 ? 'worked' : 'nothing'
  }

  #take(claim: Claim): void {
    const task = this.#settle(claim)
      .catch(error => this.#options.logger.error({ reason: messageOf(error) }, 'event log: claim abandoned'))
      .finally(() => {
        this.#inHand.delete(task)
        this.wake()
      })
    this.#inHand.add(task)
  }

  async #settle(claim: Claim): Promise<void> {
    const subscription = this.#subscriptions.find(
      ({ group, topics }) => group === claim.group && topics.includes(claim.topic),
    )
    if (subscription === undefined) throw new Error(`no subscription of ${claim.group} reads ${claim.topic}`)

    const outcome = await settleBatch(claim.events, claim.attempts, claimWork(this.#options, subscription, claim))
    if (outcome.kind === 'done') return
    if (outcome.kind === 'trouble') return await this.#giveBack(claim, outcome.error)

    const pauseMs = retryPauseMs(this.#options.firstRetryMs ?? firstRetryMs, outcome.tries)
    const { group, topic } = claim
    const details = { group, topic, eventId: outcome.event.event.id, tries: outcome.tries, pauseMs }
    this.#options.logger.warn({ ...details, reason: messageOf(outcome.error) }, 'event failed; trying again')
    await pauseCursor(this.#options.database, claim, outcome.tries, pauseMs)
    this.#wakeIn(pauseMs)
  }

  /** The try did not count. When the database cannot be told even this, the lease runs out and half is taken next. */
  async #giveBack(claim: Claim, error: unknown): Promise<void> {
    const { group, topic, partition } = claim
    this.#options.logger.warn({ group, topic, partition, reason: messageOf(error) }, 'event log: batch given back')
    for (let tried = 1; tried <= this.#leaseSeconds && !this.#stopping; tried += 1) {
      await new Promise(resolve => setTimeout(resolve, troublePauseMs))
      const told = await pauseCursor(this.#options.database, claim, Math.max(0, claim.attempts - 1), 0).then(
        () => true,
        () => false,
      )
      if (told) return
    }
  }

  #wakeIn(ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.wake()
    }, ms)
    this.#timers.add(timer)
  }

  #renew(): void {
    if (this.#inHand.size === 0) return
    // A lease that could not be renewed is lost, and the fence refuses what was done under it.
    renewLeases(this.#options.database, this.#owner, this.#leaseSeconds).catch(() => {})
  }
}
