import type { Sql } from '@docaxis/store'
import type { Logger } from 'pino'
import { Gauge, type Registry } from 'prom-client'
import { type Periodic, periodic } from './periodic.ts'
import type { HealthCheck } from './service.ts'

export interface ClockWatchDeps {
  readonly database: Sql
  /** The hub's own clock. */
  readonly now: () => Date
  readonly logger: Logger
  readonly metrics: Registry
}

export interface ClockWatch extends Pick<Periodic, 'start' | 'stop'> {
  /** Compares once. */
  look(): Promise<void>
  check(): HealthCheck
}

/** Beyond this, verdicts of the hub and times of the database contradict each other (verification rule V54). */
const toleratedMs = 60_000
const everyMs = 60_000

/**
 * Compares the hub's clock with a second source, the database's: leases, due times and acceptance go by the one, verdicts
 * by the other. A difference of more than a minute is an alarm: a warning in the log, the metric, a note on
 * `/health/ready`. It does not close the hub, since nobody knows which of the two is wrong.
 */
export function watchClock({ database, now, logger, metrics }: ClockWatchDeps): ClockWatch {
  let aheadMs = 0
  const gauge = new Gauge({
    name: 'docaxis_clock_ahead_seconds',
    help: "The hub's clock less the database's",
    registers: [metrics],
  })

  async function look(): Promise<void> {
    const before = now().getTime()
    const { rows } = await database.query<{ at: Date }>('select clock_timestamp() as at')
    const at = rows[0]?.at.getTime()
    if (at === undefined) return
    // The database read its clock somewhere between the two.
    const wasAlarm = differs()
    aheadMs = Math.round((before + now().getTime()) / 2 - at)
    gauge.set(aheadMs / 1000)
    if (differs() && !wasAlarm) logger.warn({ aheadMs }, 'the clocks of the hub and of the database differ')
    if (!differs() && wasAlarm) logger.info({ aheadMs }, 'the clocks of the hub and of the database agree again')
  }

  const differs = (): boolean => Math.abs(aheadMs) > toleratedMs
  const repeated = periodic({
    everyMs,
    work: () => look().then(() => false),
    // A database that does not answer is told by its own check.
    onError: error => logger.debug({ err: error }, 'the clocks could not be compared'),
  })

  return {
    look,
    start() {
      repeated.start()
      repeated.nudge()
    },
    stop: () => repeated.stop(),
    check: () => ({
      name: 'clock',
      ok: !differs(),
      advisory: true,
      detail: differs()
        ? `differs from the database's by ${Math.round(aheadMs / 1000)} s`
        : "agrees with the database's",
    }),
  }
}
