import type { DeadlineKind } from '@docaxis/calendar'
import { countDeadLetters, countFailed, countMissed, countWaiting, type Sql, type WaitingCount } from '@docaxis/store'

/** What waits and what was given up, at one moment. */
export interface Stock {
  readonly waiting: readonly WaitingCount[]
  /** Deliveries dead after their last attempt. */
  readonly failed: number
  /** Events given up and not replayed, by consumer group. */
  readonly deadLetters: readonly { readonly group: string; readonly count: number }[]
  /** Deadlines that have passed and are still owed. */
  readonly missed: readonly { readonly kind: DeadlineKind; readonly count: number }[]
}

export async function takeStock(sql: Sql): Promise<Stock> {
  const [waiting, failed, deadLetters, missed] = await Promise.all([
    countWaiting(sql),
    countFailed(sql),
    countDeadLetters(sql),
    countMissed(sql),
  ])
  return { waiting, failed, deadLetters, missed }
}
