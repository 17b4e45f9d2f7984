import { createBus } from '@docaxis/bus'
import { migrate, openDatabase, openFileBlobs } from '@docaxis/store'
import type { Logger } from 'pino'
import { awaitDatabase } from './await-database.ts'
import type { SharedDeps } from './compose-services.ts'
import { blobFolder, type HubConfig } from './config.ts'
import { openSyslog } from './log/syslog.ts'

export interface ResourceOptions {
  /** Names this process in PostgreSQL and Kafka. */
  readonly name: string
  /** `config.databaseUrl`, or the embedded server. */
  readonly databaseUrl: string
  readonly logger: Logger
  readonly now?: () => Date
  /** How long a PostgreSQL that does not answer is waited for; not at all unless told. */
  readonly patienceMs?: number
}

export interface Resources extends SharedDeps {
  /** Call it last, after the services and the bus have stopped. */
  close(): Promise<void>
}

/**
 * Opens what services share: the database, brought to this program's schema, blobs, bus, syslog. The bus is not started.
 *
 * @throws MigrationError, HubError `STORAGE_UNAVAILABLE`, or PostgreSQL's error when it does not answer
 */
export async function openResources(config: HubConfig, options: ResourceOptions): Promise<Resources> {
  const { name, databaseUrl, logger, now = () => new Date(), patienceMs = 0 } = options
  const database = openDatabase({
    connectionString: databaseUrl,
    maxConnections: config.databaseConnections,
    applicationName: `docaxis-${name}`,
    // The error carries its whole connection; the sentence is what matters.
    onError: ({ message }) => logger.warn({ reason: message }, 'a connection to PostgreSQL broke'),
  })
  try {
    await awaitDatabase(database, logger, patienceMs)
    const applied = await migrate(database)
    if (applied.length > 0) logger.info({ applied }, 'the database has a new schema')
    const blobs = await openFileBlobs(blobFolder(config))
    const bus = createBus({
      kind: config.kafkaBrokers === undefined ? 'postgres' : 'kafka',
      database,
      brokers: config.kafkaBrokers,
      partitions: config.kafkaPartitions,
      replicationFactor: config.kafkaReplicas,
      logger: logger.child({ component: 'bus' }),
      clientId: `docaxis-${name}`,
    })
    const syslog = syslogOf(config, logger)
    return { database, bus, blobs, logger, now, syslog, close: () => closeAll(database, syslog) }
  } catch (error) {
    await database.close()
    throw error
  }
}

function syslogOf({ syslogUrl }: HubConfig, logger: Logger): SharedDeps['syslog'] {
  if (syslogUrl === undefined) return undefined
  return openSyslog(syslogUrl, { onError: error => logger.warn({ err: error }, 'the syslog host cannot be reached') })
}

async function closeAll(database: SharedDeps['database'], syslog: SharedDeps['syslog']): Promise<void> {
  await syslog?.close()
  await database.close()
}
