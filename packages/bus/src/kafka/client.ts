import { type Admin, Kafka, type LogEntry, logLevel } from 'kafkajs'
import type { BusLogger, BusOptions } from '../create-bus.ts'

/** Every broker call is over after this: a broker that does not answer must not hold a transaction open. */
const requestTimeoutMs = 10_000

/** The only place that knows how kafkajs is set up. Written for brokers 3.x and 4.x (README.md says what was tried). */
export function createKafka({ brokers, clientId, logger }: BusOptions): Kafka {
  if (brokers === undefined || brokers.length === 0)
    throw new Error('the event log on Kafka needs the address of a broker')
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    requestTimeout: requestTimeoutMs,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.WARN,
    logCreator: () => entry => tell(logger, entry),
  })
}

/** kafkajs calls "error" what it will try again by itself: for an operator that is at most a hint. */
function tell(logger: BusLogger, { namespace, log }: LogEntry): void {
  const { message, broker, groupId, error } = log
  logger.debug({ namespace, broker, groupId, reason: error }, `kafka: ${message}`)
}

/** Short work with an administrator's connection. */
export async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}
