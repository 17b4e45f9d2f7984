import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createSystem, type Database, issueToken, openDatabase, openSecretBox, type SecretBox } from '@docaxis/store'
import { startEmbedded } from '@docaxis/store/embedded'
import { Agent } from 'undici'
import { agencyOf, type DemoAgency, readCountry } from '../load/country.ts'
import { freePort, startProgram, stopProgram, untilReady } from '../processes.ts'
import { quiet } from '../quiet.ts'

/** Hand-overs that a receiver may fail at the hub of the histories. */
export const mostAttempts = 3

/** The hub that histories run against: one process as a user starts it, its database open to the driver as well. */
export interface HistoriesHub {
  readonly url: string
  /** Through which offices are made and late arrivals are hurried on. What is compared never comes from here. */
  readonly database: Database
  readonly secrets: SecretBox
  readonly connections: Agent
  /** Seals for every agency of every history, by mandate, as a center does for its communes. */
  readonly center: DemoAgency
  /** Of a system that may reform the directory. */
  readonly operatorToken: string
  /** A number that nothing at this hub was named by. */
  unused(): number
  stop(): Promise<void>
}

/** The machine may be busy with other things: histories are compared, not timed. */
const readyPatienceMs = 300_000

/** A demo hub and a PostgreSQL of its own, in `folder`; made where it is not there. */
export async function startHistoriesHub(folder: string): Promise<HistoriesHub> {
  await using opened = new AsyncDisposableStack()
  const dataDir = join(folder, 'data')
  await mkdir(dataDir, { recursive: true })
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  const postgres = await startEmbedded({ dataDir: join(folder, 'database'), log: quiet })
  opened.defer(() => postgres.stop())
  const hub = startProgram({
    program: 'hub',
    port: await freePort(),
    logFile: join(folder, 'hub.log'),
    env: {
      DOCAXIS_DATA_DIR: dataDir,
      DOCAXIS_DATABASE_URL: postgres.connectionString,
      DOCAXIS_DEMO: 'on',
      DOCAXIS_LOG_LEVEL: 'warn',
      DOCAXIS_REQUESTS_PER_MINUTE: '10000000',
      DOCAXIS_MAX_ATTEMPTS: String(mostAttempts),
      DOCAXIS_BACK_OFF_MS: '0',
    },
  })
  opened.defer(() => stopProgram(hub))
  await untilReady(() => hub, readyPatienceMs)

  // New circles wait for whatever reform of others is under way, however slow the machine.
  const database = openDatabase({
    connectionString: postgres.connectionString,
    maxConnections: 4,
    lockTimeoutMs: 120_000,
    statementTimeoutMs: 120_000,
  })
  opened.defer(() => database.close())
  const connections = new Agent({ connections: 64, headersTimeout: 120_000, bodyTimeout: 120_000 })
  opened.defer(() => connections.close())
  const secrets = await openSecretBox(join(dataDir, 'secrets-key'))
  const center = agencyOf(await readCountry(dataDir), 'G99')
  const operatorToken = await addOperator(database)
  const running = opened.move()
  let used = 0
  return {
    url: hub.url,
    database,
    secrets,
    connections,
    center,
    operatorToken,
    unused: () => ++used,
    stop: () => running.disposeAsync(),
  }
}

async function addOperator(database: Database): Promise<string> {
  await createSystem(database, { id: 'histories', name: 'histories', roles: ['operator'] })
  return (await issueToken(database, 'histories')).token
}
