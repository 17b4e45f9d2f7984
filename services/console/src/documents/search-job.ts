import { periodic } from '@docaxis/service'
import { takeSearchTurn } from '@docaxis/store/console'
import type { Console } from '../console.ts'

/** Between two turns: new documents are found so long after they were accepted. */
const everyMs = 5_000

/**
 * What lies further back is read without a pause. Up to here the hub is left alone: accepting documents goes before
 * finding them.
 */
const mostBehindSeconds = 60

/** Keeps what people search up to date, in whichever process runs the console; of several one works at a time. */
export function createSearchJob({ database, logger }: Pick<Console, 'database' | 'logger'>) {
  return periodic({
    everyMs,
    async work() {
      const { busy, behindSeconds } = await takeSearchTurn(database)
      return !busy && behindSeconds > mostBehindSeconds
    },
    onError: error => logger.warn({ err: error }, 'what the console searches could not be brought up to date'),
  })
}
