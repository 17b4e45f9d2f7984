import { databaseTime, type Sql } from '@docaxis/store'
import type { Logger } from 'pino'
import { Gauge, type Registry } from 'prom-client'
import { type Periodic, periodic } from './periodic.ts'
import type { Clock, HealthCheck } from './service.ts'

export interface ClockWatchDeps {
  readonly database: Sql
  /** The hub's own clock. */
  readonly now: () => Date
  readonly logger: Logger
  readonly metrics: Registry
  /** Counts on whatever happens to the clock; milliseconds. */
  readonly elapsedMs?: () => number
}

export interface ClockWatch extends Clock, Pick<Periodic, 'stop'> {
  /** Compares once, then again and again. */
  start(): Promise<void>
  /** Compares once. */
  look(): Promise<void>
  check(): HealthCheck
}

/** Beyond this, verdicts of the hub and times of the database contradict each other (verification rule V54). */
const toleratedMs = 60_000
const everyMs = 60_000

/** The database's time, and when that was by the count that never jumps. */
interface Comparison {
  readonly databaseMs: number
  readonly elapsedMs: number
}

/**
 * Compares the hub's clock with a second source, the database's: leases, due times and acceptance go by the one, verdicts
 * by the other. Between two comparisons the time that has gone by tells at once when the clock jumps.
 *
 * A difference of more than a minute is an alarm (a warning in the log, the metric, a note on `/health/ready`), and nothing
 * is judged until it is over: `fault` says so to whoever makes verdicts. The hub stays open, since nobody knows which of
 * the two is wrong, and whatever rests on no verdict goes on.
 */
export function watchClock(deps: ClockWatchDeps): ClockWatch {
  const { database, now, logger, metrics, elapsedMs = () => performance.now() } = deps
  let compared: Comparison | undefined
  let wasAlarm = false
  new Gauge({
    name: 'docaxis_clock_ahead_seconds',
    help: "The hub's clock less the database's",
    registers: [metrics],
    collect() {
      this.set((aheadMs() ?? 0) / 1000)
    },
  })

  async function look(): Promise<void> {
    const before = elapsedMs()
    const databaseMs = (await databaseTime(database)).getTime()
    // The database read its clock somewhere between the two.
    compared = { databaseMs, elapsedMs: (before + elapsedMs()) / 2 }
    fault()
  }

  function aheadMs(): number | undefined {
    return compared && Math.round(now().getTime() - compared.databaseMs - (elapsedMs() - compared.elapsedMs))
  }

  function fault(): string | undefined {
    const ahead = aheadMs()
    if (ahead === undefined) return "the hub's clock was not compared with the database's yet"
    const isAlarm = Math.abs(ahead) > toleratedMs
    if (isAlarm && !wasAlarm) {
      logger.warn({ aheadMs: ahead }, 'the clocks of the hub and of the database differ: verdicts wait')
    }
    if (!isAlarm && wasAlarm) logger.info({ aheadMs: ahead }, 'the clocks of the hub and of the database agree again')
    wasAlarm = isAlarm
    return isAlarm ? `the hub's clock differs from the database's by ${Math.round(ahead / 1000)} s` : undefined
  }

  // A database that does not answer is told by its own check.
  const onError = (error: unknown) => logger.debug({ err: error }, 'the clocks could not be compared')
  const repeated = periodic({ everyMs, work: () => look().then(() => false), onError })

  return {
    look,
    fault,
    async start() {
      await look().catch(onError)
      repeated.start()
    },
    stop: () => repeated.stop(),
    check: () => {
      const wrong = fault()
      return { name: 'clock', ok: wrong === undefined, advisory: true, detail: wrong ?? "agrees with the database's" }
    },
  }
}
