import { Piscina } from 'piscina'
import type { PrintedReport } from './print-report.ts'

/** Prints in a thread: laying out pages takes seconds of work, for which nobody else is to wait. */
export interface ReportPrinter {
  print(report: PrintedReport): Promise<Buffer>
  /** Finishes what is in hand. */
  close(): Promise<void>
}

const threadIdleMs = 30_000
const mostWaiting = 20

/** The thread starts with the first report, and ends when there is nothing to print. */
export function createReportPrinter(): ReportPrinter {
  let pool: Piscina | undefined

  function open(): Piscina {
    pool ??= new Piscina({
      filename: new URL('./print-report.ts', import.meta.url).href,
      name: 'printReport',
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: threadIdleMs,
      maxQueue: mostWaiting,
    })
    return pool
  }

  return {
    print: async report => Buffer.from(await open().run(report)),
    close: async () => {
      await pool?.close()
    },
  }
}
