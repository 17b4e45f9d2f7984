import { type Periodic, periodic, type ServiceDeps } from '@docaxis/service'
import { applyDueReform, type RedirectCounts, type ReformRecord, redirectStranded, settleJoined } from '@docaxis/store'
import type { DirectoryMetrics } from './directory-metrics.ts'

export interface FollowDirectorySettings {
  /** How often waiting reforms are asked whether their day has come, by the database's clock. */
  readonly reformEveryMs: number
  /** How often what is under way to closed agencies is looked for, whatever closed them. */
  readonly strandedEveryMs: number
  /** Closed agencies, and joined deliveries, per turn. */
  readonly directoryLimit: number
}

/** The actor of what this service does by itself. */
const actor = 'service:delivery'

/**
 * Deliveries follow the directory: reforms are done on their day, what is under way to closed agencies moves to their
 * successors or comes back, and deliveries that were joined end together. Any number of instances may run: rows are
 * claimed in the database.
 */
export function followDirectory(
  { database, logger, bus }: Pick<ServiceDeps, 'database' | 'logger' | 'bus'>,
  metrics: DirectoryMetrics,
  settings: FollowDirectorySettings,
): readonly Periodic[] {
  const { directoryLimit: limit } = settings

  const reforms = periodic({
    everyMs: settings.reformEveryMs,
    async work() {
      const reform = await database.transaction(tx => applyDueReform(tx, actor))
      if (reform === undefined) return false
      tellReform(reform)
      bus.nudge()
      return true
    },
    onError: error => logger.error({ err: error }, 'a reform whose day has come could not be done'),
  })

  function tellReform({ id, name, state, outcome, faults }: ReformRecord): void {
    metrics.reforms.inc({ state })
    if (outcome) metrics.redirected(outcome.deliveries)
    if (state === 'blocked')
      logger.error({ reform: id, name, faults }, 'a reform is blocked: its file has faults by now')
    else logger.info({ reform: id, name, outcome }, 'a reform is in force')
  }

  const stranded = periodic({
    everyMs: settings.strandedEveryMs,
    async work() {
      const counts = await database.transaction(tx => redirectStranded(tx, { actor, limit }))
      const joined = await database.transaction(tx => settleJoined(tx, limit))
      if (touched(counts) + joined === 0) return false
      metrics.redirected(counts)
      logger.info({ ...counts, ended: joined }, 'deliveries to closed agencies were sent on')
      bus.nudge()
      return true
    },
    onError: error => logger.error({ err: error }, 'deliveries to closed agencies could not be sent on'),
  })

  return [reforms, stranded]
}

const touched = ({ moved, joined, returned }: RedirectCounts): number => moved + joined + returned
