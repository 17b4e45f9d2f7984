import { type DeliveryTopic, deliveryTopics, type HubEvent, urgentDeliveryTopics } from '@docaxis/events'
import { type HubConfig, periodic, type Service, type ServiceDeps } from '@docaxis/service'
import { releaseDeliveries, resendUnreleased, type Tx } from '@docaxis/store'
import { deliveryMetrics } from './metrics.ts'
import { takeStock } from './take-stock.ts'

export interface DeliverySettings {
  /** A routed delivery that is not in the mailbox after so long is published again. */
  readonly stalledMs: number
  readonly sweepEveryMs: number
  /** Deliveries published again per sweep. */
  readonly sweepLimit: number
  /** How often the gauges of waiting and dead deliveries are counted. */
  readonly stockEveryMs: number
}

const defaults: DeliverySettings = { stalledMs: 30_000, sweepEveryMs: 10_000, sweepLimit: 500, stockEveryMs: 15_000 }

/** Routed delivery -> the receiver's mailbox; counts what waits there. */
export function createService(_config: HubConfig, deps: ServiceDeps, settings: DeliverySettings = defaults): Service {
  const { bus, database, logger } = deps
  const metrics = deliveryMetrics(deps.metrics)

  async function handle(events: readonly HubEvent<DeliveryTopic>[], tx: Tx): Promise<void> {
    const released = await releaseDeliveries(
      tx,
      events.map(event => event.data.deliveryId),
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
      metrics.show(await takeStock(database))
      return false
    },
    onError: error => logger.error({ err: error }, 'counting of deliveries failed'),
  })

  return {
    name: 'delivery',
    async start() {
      // One group per lane: a backlog of ordinary deliveries never stands before an urgent one.
      bus.subscribe({ group: 'delivery', topics: deliveryTopics, handle })
      bus.subscribe({ group: 'delivery-urgent', topics: urgentDeliveryTopics, handle })
      sweeper.start()
      stock.start()
      stock.nudge()
    },
    async stop() {
      await Promise.all([sweeper.stop(), stock.stop()])
    },
  }
}
