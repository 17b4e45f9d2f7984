import type { Bus } from '@docaxis/bus'
import type { Database, FileBlobs } from '@docaxis/store'
import type { FastifyPluginAsync } from 'fastify'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { HubConfig } from './config.ts'
import type { Syslog } from './log/syslog.ts'

/** What a service is given. It never opens a connection, reads a variable or touches `process` itself. */
export interface ServiceDeps {
  readonly database: Database
  readonly bus: Bus
  readonly blobs: FileBlobs
  readonly logger: Logger
  /** One registry per service. */
  readonly metrics: Registry
  readonly now: () => Date
  readonly clock: Clock
  /** Where audit entries go beside the database; absent when none is configured. */
  readonly syslog?: Syslog
}

/** How far the hub's own clock can be trusted (V54). */
export interface Clock {
  /** Why nothing can be judged by it now; undefined: it can. */
  fault(): string | undefined
}

export interface HealthCheck {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  /** A warning only: the hub stays ready. */
  readonly advisory?: boolean
}

/** One deployable part. `createService(config, deps)` of each service gives one; the hub composes them all. */
export interface Service {
  readonly name: string
  /** Routes of its own; health and metrics are mounted by the runner. */
  readonly routes?: FastifyPluginAsync
  /** Subscribes to the bus and starts timers; the bus is started afterwards by the runner. */
  start(): Promise<void>
  /** Finishes what is in hand; takes nothing new. */
  stop(): Promise<void>
  /** What `/health/ready` asks beside database, bus and blobs. */
  ready?(): Promise<readonly HealthCheck[]>
}

export type CreateService = (config: HubConfig, deps: ServiceDeps) => Service
