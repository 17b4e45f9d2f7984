import { type HubConfig, type Logger, openResources, type Resources, StartRefused } from '@docaxis/service'
import { MigrationError } from '@docaxis/store'
import { lockFolder, startEmbedded } from '@docaxis/store/embedded'

export interface StoreOptions {
  readonly config: HubConfig
  readonly logger: Logger
  readonly now: () => Date
}

/**
 * The database, embedded or given, brought to the schema of this release, with blobs and bus on it. Takes the data
 * folder for this hub alone.
 *
 * @throws StartRefused when another hub has the folder, or the database cannot be had
 */
export async function openStore(options: StoreOptions, opened: AsyncDisposableStack): Promise<Resources> {
  const { config, logger, now } = options
  const databaseUrl = config.databaseUrl ?? (await startPostgres(options, opened))
  if (config.databaseUrl !== undefined) await lockData(config, opened)
  try {
    const resources = await openResources(config, { name: 'hub', databaseUrl, logger, now })
    opened.defer(() => resources.close())
    return resources
  } catch (error) {
    if (config.databaseUrl === undefined || error instanceof MigrationError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartRefused(`the database of DOCAXIS_DATABASE_URL cannot be used: ${reason}`, error)
  }
}

async function startPostgres({ config, logger }: StoreOptions, opened: AsyncDisposableStack): Promise<string> {
  const server = await startEmbedded({
    dataDir: config.dataDir,
    log: logger,
    // The hub's own, and a few for the operator.
    maxConnections: config.databaseConnections + 20,
  }).catch(refuse)
  opened.defer(() => server.stop())
  server.onExit(({ restarting }) => {
    if (restarting) return
    // Nobody is there to catch it: the process ends, and whoever runs the hub starts it again.
    setImmediate(() => {
      throw new Error('the embedded PostgreSQL cannot be kept running')
    })
  })
  return server.connectionString
}

async function lockData({ dataDir }: HubConfig, opened: AsyncDisposableStack): Promise<void> {
  const lock = await lockFolder(dataDir).catch(refuse)
  opened.defer(() => lock.release())
}

function refuse(error: unknown): never {
  throw new StartRefused(error instanceof Error ? error.message : String(error), error)
}
