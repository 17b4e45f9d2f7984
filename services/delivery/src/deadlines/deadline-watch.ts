import { shippedYears } from '@docaxis/calendar'
import type { HubEvent } from '@docaxis/events'
import { type Periodic, periodic, type ServiceDeps } from '@docaxis/service'
import { databaseTime, seedCalendar, settleDeadlines, type Tx } from '@docaxis/store'
import type { DeadlineMetrics } from './deadline-metrics.ts'
import type { DeadlineRules } from './deadline-rules.ts'
import { reckonDeadlines } from './reckon.ts'
import { type Looked, watchDeadlines } from './watch.ts'

export interface DeadlineWatchSettings {
  readonly reckonEveryMs: number
  readonly watchEveryMs: number
  /** Deadlines reckoned, or looked at, in one transaction. */
  readonly deadlineLimit: number
  /** How far behind the clock the watcher looks: whatever met a deadline in time has committed by then. */
  readonly watchLagMs: number
}

/** Topics after which deadlines of a delivery may be over. */
export const endingTopics = [
  'docaxis.status.reported',
  'docaxis.delivery.failed',
  'docaxis.delivery.withdrawn',
] as const
export type EndingTopic = (typeof endingTopics)[number]

export interface DeadlineWatch {
  readonly tasks: readonly Periodic[]
  /** Ends at once what a report or a closed delivery has ended; what is lost on the way the watcher finds in time. */
  settle(events: readonly HubEvent<EndingTopic>[], tx: Tx): Promise<void>
}

/** The turns of deadlines: reckoning, without a pause while there is work; looking, at a steady pace. */
export function createDeadlineWatch(
  { bus, database, logger }: ServiceDeps,
  rules: DeadlineRules,
  metrics: DeadlineMetrics,
  settings: DeadlineWatchSettings,
): DeadlineWatch {
  const { deadlineLimit: limit, watchLagMs } = settings
  let seeded = false

  const reckoner = periodic({
    everyMs: settings.reckonEveryMs,
    async work() {
      if (!seeded) await database.transaction(tx => seedCalendar(tx, shippedYears))
      seeded = true
      return (await database.transaction(tx => reckonDeadlines(tx, rules, limit))) === limit
    },
    onError: error => logger.error({ err: error }, 'reckoning of deadlines failed'),
  })

  const watcher = periodic({
    everyMs: settings.watchEveryMs,
    async work() {
      const looked = await database.transaction(async tx =>
        watchDeadlines(tx, rules, new Date((await databaseTime(tx)).getTime() - watchLagMs), limit),
      )
      for (const one of looked) report(one)
      if (looked.some(({ told }) => told)) bus.nudge()
      // Never at once again, however much waits: whoever is told gets it at a pace that can be read.
      return false
    },
    onError: error => logger.error({ err: error }, 'watch over deadlines failed'),
  })

  function report({ due, look, told }: Looked): void {
    const { deliveryId, documentId, receiver, kind, dueAt, traceparent } = due
    if (look.state === 'void') metrics.ended(kind, 'void')
    if (look.state === 'met') metrics.ended(kind, look.endedAt && look.endedAt > dueAt ? 'late' : 'in-time')
    if (!told) return
    metrics.told(kind, told.name)
    const facts = { deliveryId, documentId, receiver, kind, step: told.name, dueAt }
    logger.info({ ...facts, ...(traceparent && { traceparent }) }, 'deadline reached')
  }

  return {
    tasks: [reckoner, watcher],
    async settle(events, tx) {
      const ids = events.map(event => event.data.deliveryId).filter(id => id !== null)
      for (const { kind, state, late } of await settleDeadlines(tx, ids)) {
        metrics.ended(kind, state === 'void' ? 'void' : late ? 'late' : 'in-time')
      }
    },
  }
}
