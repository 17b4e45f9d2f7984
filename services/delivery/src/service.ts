import { type DeliveryTopic, deliveryTopics, type HubEvent, urgentDeliveryTopics } from '@docaxis/events'
import { type HubConfig, periodic, type Service, type ServiceDeps } from '@docaxis/service'
import { releaseDeliveries, resendUnreleased, type Tx } from '@docaxis/store'
import { deadlineMetrics } from './deadlines/deadline-metrics.ts'
import { deadlineRules } from './deadlines/deadline-rules.ts'
import {
  createDeadlineWatch,
  type DeadlineWatchSettings,
  type EndingTopic,
  endingTopics,
} from './deadlines/deadline-watch.ts'
import { openReckonedBy } from './deadlines/reckon.ts'
import { directoryMetrics } from './directory-metrics.ts'
import { type FollowDirectorySettings, followDirectory } from './follow-directory.ts'
import { deliveryMetrics } from './metrics.ts'
import { takeStock } from './take-stock.ts'

export interface DeliverySettings extends DeadlineWatchSettings, FollowDirectorySettings {
  /** A routed delivery that is not in the mailbox after so long is published again. */
  readonly stalledMs: number
  readonly sweepEveryMs: number
  /** Deliveries published again per sweep. */
  readonly sweepLimit: number
  /** How often the gauges of waiting and dead deliveries are counted. */
  readonly stockEveryMs: number
}

const defaults: DeliverySettings = {
  stalledMs: 30_000,
  sweepEveryMs: 10_000,
  sweepLimit: 500,
  stockEveryMs: 15_000,
  reckonEveryMs: 2_000,
  watchEveryMs: 2_000,
  deadlineLimit: 500,
  watchLagMs: 30_000,
  reformEveryMs: 15_000,
  strandedEveryMs: 30_000,
  directoryLimit: 500,
}

/**
 * One document may go to ten thousand receivers: four times the usual batch halves what a transaction costs each, and
 * holds its locks for some ten milliseconds.
 */
const releasedAtOnce = 256

/** Routed delivery -> the receiver's mailbox; watches what is owed for it; counts what waits there. */
export function createService(config: HubConfig, deps: ServiceDeps, changes: Partial<DeliverySettings> = {}): Service {
  const settings = { ...defaults, ...changes }
  const { bus, database, logger } = deps
  const metrics = deliveryMetrics(deps.metrics)
  const lateness = deadlineMetrics(deps.metrics)
  const rules = deadlineRules(config)
  const deadlines = createDeadlineWatch(deps, rules, lateness, settings)
  const open = openReckonedBy(rules)

  async function handle(events: readonly HubEvent<DeliveryTopic>[], tx: Tx): Promise<void> {
    const released = await releaseDeliveries(
      tx,
      events.map(event => event.data.deliveryId),
      open,
    )
    for (const { id: deliveryId, documentId, receiver, traceparent } of released) {
      metrics.available.inc()
      logger.info({ deliveryId, documentId, receiver, ...(traceparent && { traceparent }) }, 'delivery available')
    }
  }

  const sweeper = periodic({
    everyMs: settings.sweepEveryMs,
    async work() {
      const options = { stalledMs: settings.stalledMs, limit: settings.sweepLimit }
      const ids = await database.transaction(tx => resendUnreleased(tx, options))
      for (const deliveryId of ids) logger.warn({ deliveryId }, 'delivery not released in time, event published again')
      metrics.resent.inc(ids.length)
      if (ids.length > 0) bus.nudge()
      return ids.length === settings.sweepLimit
    },
    onError: error => logger.error({ err: error }, 'sweep of routed deliveries failed'),
  })

  const stock = periodic({
    everyMs: settings.stockEveryMs,
    async work() {
      const found = await takeStock(database)
      metrics.show(found)
      lateness.show(found.missed)
      return false
    },
    onError: error => logger.error({ err: error }, 'counting of deliveries failed'),
  })

  const directory = followDirectory(deps, directoryMetrics(deps.metrics), settings)
  const tasks = [sweeper, stock, ...deadlines.tasks, ...directory]

  return {
    name: 'delivery',
    async start() {
      // One group per lane: a backlog of ordinary deliveries never stands before an urgent one.
      bus.subscribe({ group: 'delivery', topics: deliveryTopics, handle, maxBatch: releasedAtOnce })
      bus.subscribe({ group: 'delivery-urgent', topics: urgentDeliveryTopics, handle })
      bus.subscribe<EndingTopic>({ group: 'deadlines', topics: endingTopics, handle: deadlines.settle })
      for (const task of tasks) task.start()
      stock.nudge()
    },
    async stop() {
      await Promise.all(tasks.map(task => task.stop()))
    },
  }
}
