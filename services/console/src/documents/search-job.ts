import { periodic } from '@docaxis/service'
import { takeSearchTurn } from '@docaxis/store/console'
import type { Console } from '../console.ts'

/** Between two turns: new documents are found so long after they were accepted. */
const everyMs = 5_000

/** Keeps what people search up to date, in whichever process runs the console; of several one works at a time. */
export function createSearchJob({ database, logger }: Pick<Console, 'database' | 'logger'>) {
  return periodic({
    everyMs,
    async work() {
      const { busy, more } = await takeSearchTurn(database)
      return !busy && more
    },
    onError: error => logger.warn({ err: error }, 'what the console searches could not be brought up to date'),
  })
}
