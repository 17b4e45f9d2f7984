import { randomUUID } from 'node:crypto'
import type { Sql } from '@docaxis/store'
import { endHealth, reportHealth } from '@docaxis/store/console'
import type { Logger } from 'pino'
import { type HealthDeps, readinessOf } from './health.ts'
import { type Periodic, periodic } from './periodic.ts'

/** The console calls a process that has said nothing for three of these silent. */
const everyMs = 15_000

/** Writes down every 15 seconds how this process finds itself: the console shows all processes, and asks none. */
export function healthReport(deps: HealthDeps & { readonly database: Sql; readonly logger: Logger }): Periodic {
  const id = randomUUID()
  const services = deps.services.map(({ name }) => name)
  const report = periodic({
    everyMs,
    async work() {
      const { checks } = await readinessOf(deps)
      await reportHealth(deps.database, id, { services, checks })
      return false
    },
    // Without a database there is nowhere to write it, and others tell of that.
    onError: error => deps.logger.debug({ err: error }, 'the health of this process could not be written down'),
  })
  return {
    ...report,
    start() {
      report.start()
      report.nudge()
    },
    async stop() {
      await report.stop()
      await endHealth(deps.database, id).catch(() => undefined)
    },
  }
}
