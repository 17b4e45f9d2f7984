import { advanceCursors, type Claim, type ClaimedEvent, insertDeadLetter } from '@docaxis/store'
import type { ConsumerOptions } from '../create-bus.ts'
import type { BatchWork } from '../settle-batch.ts'
import { passStep } from '../steps.ts'
import type { AnySubscription } from '../subscription.ts'
import { codeOf, messageOf } from '../trouble.ts'

type WorkOptions = Pick<ConsumerOptions, 'database' | 'logger' | 'committed'>

interface Portion {
  readonly claim: Claim
  readonly events: readonly ClaimedEvent[]
  /** Events of the claim still to be handled afterwards. */
  readonly remaining: number
}

/** The effect of all portions and the positions behind them, in one transaction. */
async function handleAll(
  { database, committed }: WorkOptions,
  subscription: AnySubscription,
  portions: readonly Portion[],
): Promise<void> {
  passStep('consumed')
  await database.transaction(async tx => {
    const events = portions.flatMap(portion => portion.events.map(({ event }) => event))
    await subscription.handle(events, tx)
    await advanceCursors(
      tx,
      portions.map(({ claim, events, remaining }) => ({ lease: claim, position: lastOf(events), remaining })),
    )
  })
  passStep('inbox-committed')
  committed()
}

/**
 * Tries all events of several claims in one transaction.
 *
 * @returns false when that failed and nothing was done: each claim is then settled on its own
 */
export async function handleTogether(
  options: WorkOptions,
  subscription: AnySubscription,
  claims: readonly Claim[],
): Promise<boolean> {
  const portions = claims.map(claim => ({ claim, events: claim.events, remaining: 0 }))
  try {
    await handleAll(options, subscription, portions)
    return true
  } catch (error) {
    options.logger.debug(
      { group: subscription.group, reason: messageOf(error) },
      'event log: claims are settled one by one',
    )
    return false
  }
}

/** Each transaction of a claim: the effect, or the dead letter, and the position behind it. */
export function claimWork(options: WorkOptions, subscription: AnySubscription, claim: Claim): BatchWork<ClaimedEvent> {
  const { database, logger } = options
  const remainingAfter = (position: bigint) => claim.events.filter(event => event.position > position).length

  return {
    maxAttempts: subscription.maxAttempts,

    handle: events => handleAll(options, subscription, [{ claim, events, remaining: remainingAfter(lastOf(events)) }]),

    bury: async ({ position, key, event }, error, attempts) => {
      const { group, topic } = claim
      const code = codeOf(error)
      const reason = messageOf(error)
      await database.transaction(async tx => {
        await insertDeadLetter(tx, { group, topic, key, event, code, reason, attempts })
        await advanceCursors(tx, [{ lease: claim, position, remaining: remainingAfter(position) }])
      })
      logger.error({ group, topic, eventId: event.id, code, attempts, err: error }, 'event is a dead letter')
    },
  }
}

function lastOf(events: readonly ClaimedEvent[]): bigint {
  return events.at(-1)?.position ?? 0n
}
