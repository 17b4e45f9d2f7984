import type { HubEvent } from '@docaxis/events'
import { type HubConfig, periodic, type Service, type ServiceDeps } from '@docaxis/service'
import { resendUnrouted, type Tx } from '@docaxis/store'
import { routerMetrics } from './metrics.ts'
import { type RoutedDocument, routeDocuments } from './route-documents.ts'

export interface RouterSettings {
  /** An accepted packet that is not routed after so long is published again. */
  readonly stalledMs: number
  readonly sweepEveryMs: number
  /** Packets published again per sweep. */
  readonly sweepLimit: number
}

const defaults: RouterSettings = { stalledMs: 30_000, sweepEveryMs: 10_000, sweepLimit: 500 }

/** Accepted packet -> one delivery per receiver, on the topic of the receiver's level. */
export function createService(_config: HubConfig, deps: ServiceDeps, settings: RouterSettings = defaults): Service {
  const { bus, database, logger } = deps
  const metrics = routerMetrics(deps.metrics)

  async function handle(events: readonly HubEvent<'docaxis.document.accepted'>[], tx: Tx): Promise<void> {
    const routed = await routeDocuments(
      tx,
      events.map(event => event.data.document),
    )
    for (const one of routed) {
      metrics.count(one)
      logger.info(outcomeOf(one), 'document routed')
    }
  }

  const sweeper = periodic({
    everyMs: settings.sweepEveryMs,
    async work() {
      const options = { stalledMs: settings.stalledMs, limit: settings.sweepLimit }
      const ids = await database.transaction(tx => resendUnrouted(tx, options))
      for (const documentId of ids) logger.warn({ documentId }, 'document not routed in time, event published again')
      metrics.resent.inc(ids.length)
      if (ids.length > 0) bus.nudge()
      return ids.length === settings.sweepLimit
    },
    onError: error => logger.error({ err: error }, 'sweep of unrouted documents failed'),
  })

  return {
    name: 'router',
    async start() {
      bus.subscribe({ group: 'router', topics: ['docaxis.document.accepted'], handle })
      sweeper.start()
    },
    stop: () => sweeper.stop(),
  }
}

function outcomeOf({ document, deliveries, faulty }: RoutedDocument) {
  return {
    documentId: document.id,
    deliveries: deliveries.map(({ id }) => id),
    undeliverable: faulty.length,
    ...(document.traceparent && { traceparent: document.traceparent }),
  }
}
