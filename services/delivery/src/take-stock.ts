import { countDeadLetters, countFailed, countWaiting, type Sql, type WaitingCount } from '@docaxis/store'

/** What waits and what was given up, at one moment. */
export interface Stock {
  readonly waiting: readonly WaitingCount[]
  /** Deliveries dead after their last attempt. */
  readonly failed: number
  /** Events given up and not replayed, by consumer group. */
  readonly deadLetters: readonly { readonly group: string; readonly count: number }[]
}

export async function takeStock(sql: Sql): Promise<Stock> {
  const [waiting, failed, deadLetters] = await Promise.all([countWaiting(sql), countFailed(sql), countDeadLetters(sql)])
  return { waiting, failed, deadLetters }
}
