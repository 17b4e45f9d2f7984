import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { watchClock } from './clock-watch.ts'
import type { HubConfig } from './config.ts'
import { healthRoutes } from './health.ts'
import type { RequestsInHand } from './http/requests-in-hand.ts'
import { buildServer } from './http/server.ts'
import { createMetrics, createProcessMetrics, metricsContentType, renderMetrics } from './metrics.ts'
import { healthReport } from './report-health.ts'
import type { CreateService, Service, ServiceDeps } from './service.ts'

/** What services share; each gets its own logger and registry on top. */
export type SharedDeps = Omit<ServiceDeps, 'metrics' | 'clock'>

/** Services on one server: all of them in the hub, one when it runs on its own. */
export interface Composition {
  /** Routes may be added until `start`. */
  readonly app: FastifyInstance
  readonly services: readonly Service[]
  /** Subscribes, starts the bus, listens. @returns the address, such as `http://127.0.0.1:8080` */
  start(): Promise<string>
  /** Takes nothing new, finishes what is in hand, gives leases back. The database stays open. */
  stop(): Promise<void>
}

/** @param factories `createService` by the service's name, which stands in log lines and metrics */
export async function composeServices(
  config: HubConfig,
  deps: SharedDeps,
  factories: Readonly<Record<string, CreateService>>,
): Promise<Composition> {
  const http = createMetrics('http')
  const registries = [createProcessMetrics(), http]
  const { app, requests } = buildServer({ config, logger: deps.logger, metrics: http })

  const clock = watchClock({ ...deps, metrics: http })
  const services = Object.entries(factories).map(([name, createService]) => {
    const metrics = createMetrics(name)
    registries.push(metrics)
    return createService(config, { ...deps, clock, logger: deps.logger.child({ service: name }), metrics })
  })

  const health = { ...deps, services, clock, draining: () => requests.draining }
  healthRoutes(app, health)
  const report = healthReport(health)
  app.get('/metrics', { config: { duringShutdown: true } }, async (_request, reply) =>
    reply.header('content-type', metricsContentType).send(await renderMetrics(registries)),
  )
  for (const { routes } of services) if (routes !== undefined) await app.register(routes)

  return {
    app,
    services,
    start: async () => {
      await clock.start()
      const address = await start(config, deps, app, services)
      report.start()
      return address
    },
    stop: async () => {
      await clock.stop()
      await report.stop()
      await stop(deps, app, services, requests)
    },
  }
}

async function start(
  config: HubConfig,
  deps: SharedDeps,
  app: FastifyInstance,
  services: readonly Service[],
): Promise<string> {
  for (const service of services) await service.start()
  await deps.bus.start()
  return await app.listen({ host: config.httpHost, port: config.httpPort })
}

/** Requests in hand get this long; then their connections are cut, and the senders ask again. */
const drainMs = 15_000

async function stop(
  deps: SharedDeps,
  app: FastifyInstance,
  services: readonly Service[],
  requests: RequestsInHand,
): Promise<void> {
  const patience = new AbortController()
  const tooLate = sleep(drainMs, undefined, { signal: patience.signal }).catch(() => undefined)
  await Promise.race([requests.drain(), tooLate])
  patience.abort()
  for (const service of services.toReversed()) await service.stop()
  await deps.bus.stop()
  app.server.closeAllConnections()
  await app.close()
}
