import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCluster } from '../../packages/store/src/embedded/create-cluster.ts'
import { serverSettings } from '../../packages/store/src/embedded/server-settings.ts'
import { commandAs, type ServerUser, serverUser } from '../../packages/store/src/embedded/server-user.ts'
import { stopPostmaster } from '../../packages/store/src/embedded/stop-postmaster.ts'
import { type Database, openDatabase } from '../../packages/store/src/index.ts'
import { findFreePort } from './ports.ts'
import { choosePostgres } from './postgres-binaries.ts'
import { commandLineOf, isRunning, waitUntil } from './processes.ts'
import { LocalSetupError } from './programs.ts'

const startSeconds = 120
/** Several processes, each with a pool of its own. */
const maxConnections = 200

export interface RunningPostgres {
  /** As DOCAXIS_DATABASE_URL takes it; listens on the loopback address only. */
  readonly url: string
  readonly pid: number
}

interface Place {
  readonly folder: string
  readonly cluster: string
  readonly user: ServerUser
}

/** What is settled at the first start and kept. */
interface Access {
  readonly port: number
  readonly password: string
}

/**
 * Starts a PostgreSQL as a process of its own that outlives this one; makes its data folder the first time. Does
 * nothing when it runs already.
 *
 * @throws LocalSetupError when it does not answer within two minutes
 */
export async function startPostgres(folder: string, wantedPort: number): Promise<RunningPostgres> {
  await mkdir(folder, { recursive: true })
  const place = await placeOf(folder)
  const access = await accessOf(place, wantedPort)
  const pid = (await findPostgres(folder)) ?? (await launch(place, access))

  const answers = () =>
    ensureDatabase(access).then(
      () => true,
      () => false,
    )
  if (!(await waitUntil(answers, startSeconds, () => !isRunning(pid)))) {
    throw new LocalSetupError(`PostgreSQL did not start; its last words stand in ${logFile(folder)}`)
  }
  return { url: urlOf(access, 'docaxis'), pid }
}

export async function stopPostgres(folder: string): Promise<void> {
  const pid = await findPostgres(folder)
  if (pid === undefined) return
  const { user, cluster } = await placeOf(folder)
  await stopPostmaster(user, cluster, pid)
}

/** The server's process id while it runs. */
export async function findPostgres(folder: string): Promise<number | undefined> {
  const cluster = clusterIn(folder)
  const noted = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(noted.split('\n', 1)[0])
  // After a reboot the number may belong to somebody else.
  return pid > 0 && isRunning(pid) && (await commandLineOf(pid))?.includes(cluster) ? pid : undefined
}

async function placeOf(folder: string): Promise<Place> {
  const cluster = clusterIn(folder)
  const user = await serverUser(await choosePostgres(cluster), { dataDir: folder, cluster })
  return { folder, cluster, user }
}

async function accessOf({ folder, cluster, user }: Place, wantedPort: number): Promise<Access> {
  const kept = join(folder, 'access.json')
  const known = await readFile(kept, 'utf8').catch(() => undefined)
  if (known !== undefined) return JSON.parse(known) as Access

  const access: Access = { port: await findFreePort(wantedPort), password: randomBytes(18).toString('hex') }
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, access.password, { mode: 0o600 })
  if (user.account !== undefined) await chown(passwordFile, user.account.uid, user.account.gid)
  await createCluster(user, cluster, {
    settings: {},
    initdbArguments: ['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    connectionString: database => urlOf(access, database),
    close: async () => undefined,
  })
  // Last: its presence says that the data folder is complete.
  await writeFile(kept, JSON.stringify(access), { mode: 0o600 })
  return access
}

async function launch({ folder, cluster, user }: Place, { port }: Access): Promise<number> {
  const settings = {
    ...serverSettings({ maxConnections, fsync: true }),
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
  }
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { file, args, options } = commandAs(user, user.binaries.postgres, ['-D', cluster, ...words])
  const log = await open(logFile(folder), 'a')
  const server = spawn(file, args, { ...options, detached: true, stdio: ['ignore', log.fd, log.fd] })
  server.unref()
  await log.close()
  if (server.pid === undefined) throw new LocalSetupError(`${file} could not be started`)
  return server.pid
}

async function ensureDatabase(access: Access): Promise<void> {
  await withDatabase(urlOf(access, 'postgres'), async server => {
    const { rowCount } = await server.query(`select from pg_database where datname = 'docaxis'`)
    if (rowCount === 0) await server.query('create database docaxis')
  })
}

async function withDatabase(connectionString: string, work: (server: Database) => Promise<void>): Promise<void> {
  const server = openDatabase({ connectionString, maxConnections: 1 })
  await work(server).finally(() => server.close())
}

function urlOf({ port, password }: Access, database: string): string {
  return `postgresql://docaxis:${password}@127.0.0.1:${port}/${database}`
}

function clusterIn(folder: string): string {
  return join(folder, 'data')
}

function logFile(folder: string): string {
  return join(folder, 'server.log')
}
