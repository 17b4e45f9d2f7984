import { createBus } from '@docaxis/bus'
import { type Clock, createMetrics, type ServiceDeps } from '@docaxis/service'
import type { Database, FileBlobs } from '@docaxis/store'
import { pino } from 'pino'
import { noon } from './authority.ts'

export interface TestServiceDeps extends ServiceDeps {
  /** What was logged, parsed. */
  readonly lines: readonly Record<string, unknown>[]
}

/** What a service is given, over a real database and the bus inside it. Stop `bus` after the test. */
export function testServiceDeps(database: Database, blobs: FileBlobs): TestServiceDeps {
  const lines: Record<string, unknown>[] = []
  // Tests stand at noon, whatever the database says.
  const clock: Clock = { fault: () => undefined }
  const logger = pino({ level: 'info' }, { write: line => lines.push(JSON.parse(line)) })
  const bus = createBus({ kind: 'postgres', database, logger, clientId: 'test' })
  return { database, bus, blobs, logger, metrics: createMetrics('test'), now: () => noon, clock, lines }
}
