import { randomBytes } from 'node:crypto'
import { type Claim, claimCursors, countTry, pauseCursor, renewLeases } from '@docaxis/store'
import { type ConsumerOptions, defaultLeaseSeconds } from '../create-bus.ts'
import { Loop, type Turn } from '../loop.ts'
import { retryPauseMs, settleBatch } from '../settle-batch.ts'
import { type AnySubscription, wantedTopics } from '../subscription.ts'
import { messageOf } from '../trouble.ts'
import { claimWork, handleTogether } from './claim-work.ts'

/** Partitions leased by one look; what else waits is there for other processes. */
const claimedAtOnce = 16
/** Events that are worth a transaction of their own: beyond, one waits for the database's other cores instead. */
const sharedAtMost = 256
/**
 * Between two looks: what is placed meanwhile is handled in one transaction. Our own sequencer and the notification of
 * the same rows wake us twice. Whoever comes after a pause does not wait.
 */
const claimingGapMs = 30
const firstRetryMs = 100
/** The database is asked again so long after it failed to answer. */
const troublePauseMs = 500

/**
 * Reads all subscriptions of one process: claims partitions that have something to read and handles their batches.
 *
 * A subscription has one piece of work in hand. What comes meanwhile, in whatever partition, is taken together
 * afterwards: under load the price of a transaction is shared by many events, and nobody waits for a timer.
 */
export class Consumer {
  readonly #options: ConsumerOptions
  readonly #subscriptions: readonly AnySubscription[]
  readonly #owner: string
  readonly #leaseSeconds: number
  readonly #claiming: Loop
  readonly #inHand = new Map<AnySubscription, Promise<void>>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #renewal: NodeJS.Timeout | undefined
  #stopping = false

  constructor(options: ConsumerOptions, subscriptions: readonly AnySubscription[]) {
    this.#options = options
    this.#subscriptions = subscriptions
    this.#leaseSeconds = options.leaseSeconds ?? defaultLeaseSeconds
    this.#owner = `${options.clientId}-${randomBytes(8).toString('hex')}`
    this.#claiming = new Loop({
      turn: () => this.#claim(),
      onError: error => options.logger.debug({ reason: messageOf(error) }, 'event log: nothing could be claimed'),
      idleMs: { first: 20, last: 1_000 },
      gapMs: claimingGapMs,
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
    await Promise.all(this.#inHand.values())
    clearInterval(this.#renewal)
  }

  async #claim(): Promise<Turn> {
    const free = this.#subscriptions.filter(subscription => !this.#inHand.has(subscription))
    if (free.length === 0) return 'worked'
    const { database } = this.#options
    const options = { owner: this.#owner, leaseSeconds: this.#leaseSeconds, limit: claimedAtOnce }
    const claims = await claimCursors(database, wantedTopics(free), options)
    for (const subscription of free) {
      const own = claims.filter(
        ({ group, topic }) => group === subscription.group && subscription.topics.includes(topic),
      )
      if (own.length > 0) this.#take(subscription, own)
    }
    return claims.length > 0 ? 'worked' : 'nothing'
  }

  #take(subscription: AnySubscription, claims: readonly Claim[]): void {
    const task = this.#settle(subscription, claims)
      .catch(error => this.#options.logger.error({ reason: messageOf(error) }, 'event log: claim abandoned'))
      .finally(() => {
        this.#inHand.delete(subscription)
        this.wake()
      })
    this.#inHand.set(subscription, task)
  }

  /**
   * What is suspected of ending its readers stands alone from the start, one after the other: in company it would spend
   * the tries of innocent events.
   */
  async #settle(subscription: AnySubscription, claims: readonly Claim[]): Promise<void> {
    const { trusted = [], suspects = [] } = Object.groupBy(claims, claim => (claim.suspect ? 'suspects' : 'trusted'))
    await Promise.all(shares(trusted).map(share => this.#settleShare(subscription, share)))
    for (const claim of suspects) {
      const tries = claim.events.length === 1 ? await countTry(this.#options.database, claim) : 0
      await this.#settleOne(subscription, claim, tries)
    }
  }

  /** All in one transaction; where that fails, each on its own. */
  async #settleShare(subscription: AnySubscription, claims: readonly Claim[]): Promise<void> {
    const handled = claims.length > 1 && (await handleTogether(this.#options, subscription, claims))
    if (!handled) await Promise.all(claims.map(claim => this.#settleOne(subscription, claim, 0)))
  }

  async #settleOne(subscription: AnySubscription, claim: Claim, tries: number): Promise<void> {
    const outcome = await settleBatch(claim.events, tries, claimWork(this.#options, subscription, claim))
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
      const told = await pauseCursor(this.#options.database, claim, claim.attempts, 0).then(
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

/** Claims that share a transaction: all of them, unless they carry more than is worth one. */
function shares(claims: readonly Claim[]): Claim[][] {
  const shares: Claim[][] = []
  let room = 0
  for (const claim of claims) {
    if (claim.events.length > room) {
      shares.push([])
      room = sharedAtMost
    }
    shares.at(-1)?.push(claim)
    room -= claim.events.length
  }
  return shares
}
