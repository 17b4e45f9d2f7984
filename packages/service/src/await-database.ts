import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, isTransient } from '@docaxis/store'
import type { Logger } from 'pino'

const firstPauseMs = 250
const longestPauseMs = 5_000

/**
 * Waits while PostgreSQL is starting, recovering or being taken over: after a power cut nobody starts services by hand,
 * and they come up in any order. What waiting cannot mend (a wrong password, an unknown database) rises at once.
 *
 * @throws PostgreSQL's own error, at the latest after `patienceMs`
 */
export async function awaitDatabase(database: Database, logger: Logger, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await database.query('select 1')
      return
    } catch (error) {
      if (!isTransient(error) || performance.now() + pauseMs > deadline) throw error
      logger.warn({ reason: (error as Error).message, pauseMs }, 'PostgreSQL does not answer yet')
    }
    await sleep(pauseMs)
  }
}
