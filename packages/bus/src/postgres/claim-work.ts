import { advanceCursor, type Claim, type ClaimedEvent, insertDeadLetter } from '@docaxis/store'
import type { BusOptions } from '../create-bus.ts'
import type { BatchWork } from '../settle-batch.ts'
import { passStep } from '../steps.ts'
import type { AnySubscription } from '../subscription.ts'
import { codeOf, messageOf } from '../trouble.ts'

/** Each transaction of a claim: the effect, or the dead letter, and the position behind it. */
export function claimWork(
  options: Pick<BusOptions, 'database' | 'logger'>,
  subscription: AnySubscription,
  claim: Claim,
): BatchWork<ClaimedEvent> {
  const { database, logger } = options
  const remainingAfter = (position: bigint) => claim.events.filter(event => event.position > position).length

  return {
    maxAttempts: subscription.maxAttempts,

    handle: async events => {
      passStep('consumed')
      const position = events.at(-1)?.position ?? 0n
      await database.transaction(async tx => {
        await subscription.handle(
          events.map(({ event }) => event),
          tx,
        )
        await advanceCursor(tx, claim, position, remainingAfter(position))
      })
      passStep('inbox-committed')
    },

    bury: async ({ position, key, event }, error, attempts) => {
      const { group, topic } = claim
      const code = codeOf(error)
      const reason = messageOf(error)
      await database.transaction(async tx => {
        await insertDeadLetter(tx, { group, topic, key, event, code, reason, attempts })
        await advanceCursor(tx, claim, position, remainingAfter(position))
      })
      logger.error({ group, topic, eventId: event.id, code, attempts, err: error }, 'event is a dead letter')
    },
  }
}
