import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries } from './binaries.ts'
import { createCluster } from './create-cluster.ts'
import { lockFolder } from './folder-lock.ts'
import { stopOrphan } from './orphan.ts'
import {
  type EmbeddedLog,
  PostmasterError,
  type PostmasterExit,
  type PostmasterOptions,
  startPostmaster,
} from './postmaster.ts'
import { serverAddress } from './server-address.ts'
import { serverSettings } from './server-settings.ts'
import { serverUser } from './server-user.ts'
import { Supervisor } from './supervisor.ts'

export interface EmbeddedOptions {
  /** The hub's data folder; PostgreSQL's own becomes `postgres` in it. */
  readonly dataDir: string
  readonly log: EmbeddedLog
  /** 60 unless told. */
  readonly maxConnections?: number
  /** Off only in tests. */
  readonly fsync?: boolean
}

export interface EmbeddedPostgres {
  /** Stays the same when the server is started again. */
  readonly connectionString: string
  /** The server process now running. */
  readonly pid: number
  /** Called whenever the server ended by itself; `restarting` is false when it is given up. */
  onExit(listener: (exit: PostmasterExit & { readonly restarting: boolean }) => void): void
  /** Stops the server, and gives the data folder free. Call it last. */
  stop(): Promise<void>
}

const databaseName = 'docaxis'

/**
 * Starts the PostgreSQL that npm installed, on a data folder of its own, and keeps it running until `stop`.
 *
 * @throws Error when another hub has the folder, no binaries fit this machine, or the server does not come up
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true })
  const dataDir = await realpath(options.dataDir)
  const lock = await lockFolder(dataDir)
  try {
    const supervisor = await start({ ...options, dataDir })
    return {
      connectionString: supervisor.connectionString,
      get pid() {
        return supervisor.pid
      },
      onExit: listener => supervisor.onExit(listener),
      async stop() {
        await supervisor.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function start({ dataDir, log, maxConnections = 60, fsync = true }: EmbeddedOptions): Promise<Supervisor> {
  const cluster = join(dataDir, 'postgres')
  const user = await serverUser(findBinaries(), { dataDir, cluster })
  const orphan = await stopOrphan(user, cluster)
  if (orphan !== undefined) log.warn({ pid: orphan }, 'stopped a PostgreSQL that had outlived its hub')

  const address = await serverAddress(dataDir, user)
  try {
    if (await createCluster(user, cluster, address)) log.info({ cluster }, 'made a new PostgreSQL data folder')
    const server: PostmasterOptions = {
      user,
      cluster,
      settings: { ...serverSettings({ maxConnections, fsync }), ...address.settings },
      connectionString: address.connectionString('postgres'),
      log,
    }
    const postmaster = await startAfterLast(server)
    await ensureDatabase(server.connectionString)
    return new Supervisor(server, postmaster, { ...address, connectionString: address.connectionString(databaseName) })
  } catch (error) {
    await address.close()
    throw error
  }
}

/** After `kill -9` of the server its last backends may still be going: they hold the shared memory for a moment. */
async function startAfterLast(server: PostmasterOptions): ReturnType<typeof startPostmaster> {
  const deadline = performance.now() + 20_000
  for (;;) {
    try {
      return await startPostmaster(server)
    } catch (error) {
      const lastStillGoing = error instanceof PostmasterError && /shared memory block|already exists/.test(error.output)
      if (!lastStillGoing || performance.now() > deadline) throw error
      await sleep(200)
    }
  }
}

async function ensureDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}
