import { periodic } from '@docaxis/service'
import { takeReportTurn } from '@docaxis/store/console'
import type { Console } from '../console.ts'

/** Between two turns: reports are behind by no more than so long, and what a delivery goes through meanwhile is counted once. */
const everyMs = 30_000

/** Keeps the counters of reports, in whichever process runs the console; of several one works at a time. */
export function createReportJob({ database, logger }: Pick<Console, 'database' | 'logger'>) {
  return periodic({
    everyMs,
    async work() {
      const { busy, more } = await takeReportTurn(database)
      return !busy && more
    },
    onError: error => logger.warn({ err: error }, 'the counters of reports could not be brought up to date'),
  })
}
