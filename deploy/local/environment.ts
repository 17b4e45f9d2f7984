import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { dockerSettings, hasDocker, listContainers, startContainers, stopContainers } from './docker.ts'
import { findKafka, startKafka, stopKafka } from './kafka.ts'
import { findPostgres, startPostgres, stopPostgres } from './postgres.ts'
import { messageOf } from './programs.ts'

/** Everything that `pnpm local` keeps. */
export const localFolder = resolve(import.meta.dirname, '../../.local')
export const envFile = join(localFolder, 'env')
const postgresFolder = join(localFolder, 'postgres')
const kafkaFolder = join(localFolder, 'kafka')
const modeFile = join(localFolder, 'mode')

const wantedPostgresPort = 15_432
const wantedKafkaPort = 19_092

/** How the two run. Settled by the first `up`: the data stays where it began. */
type Mode = 'docker' | 'processes'

export interface LocalSettings {
  readonly databaseUrl: string
  readonly kafkaBrokers: string
}

/** Starts what does not run yet, and writes `.local/env` when both answer. */
export async function up(say: (line: string) => void): Promise<LocalSettings> {
  await mkdir(localFolder, { recursive: true })
  const mode = await settleMode(say)
  const settings = mode === 'docker' ? await upInDocker() : await upAsProcesses(say)
  await writeFile(modeFile, mode)
  await writeFile(envFile, envLines(settings), { mode: 0o600 })
  return settings
}

/** Stops both; the data stays. */
export async function down(): Promise<void> {
  if ((await readMode()) === 'docker') return await stopContainers()
  await stopKafka(kafkaFolder)
  await stopPostgres(postgresFolder)
}

/** One line for each part. */
export async function status(): Promise<string[]> {
  if ((await readMode()) === 'docker') return [await listContainers()]
  const line = (name: string, pid: number | undefined) =>
    pid === undefined ? `${name}: not running` : `${name}: running, process ${pid}`
  return [line('PostgreSQL', await findPostgres(postgresFolder)), line('Kafka', await findKafka(kafkaFolder))]
}

async function readMode(): Promise<Mode | undefined> {
  const text = await readFile(modeFile, 'utf8').catch(() => '')
  return text === 'docker' || text === 'processes' ? text : undefined
}

async function settleMode(say: (line: string) => void): Promise<Mode> {
  const known = await readMode()
  if (known !== undefined) return known
  if (!(await hasDocker())) return 'processes'
  try {
    await startContainers()
    return 'docker'
  } catch (error) {
    say(`Docker answers but could not start the containers, so they run as processes: ${messageOf(error)}`)
    return 'processes'
  }
}

async function upInDocker(): Promise<LocalSettings> {
  await startContainers()
  return dockerSettings
}

async function upAsProcesses(say: (line: string) => void): Promise<LocalSettings> {
  say('Starting PostgreSQL …')
  const postgres = await startPostgres(postgresFolder, wantedPostgresPort)
  say('Starting Kafka (the first time Maven fetches it, some 60 MB) …')
  const kafka = await startKafka({ folder: kafkaFolder, cacheFolder: localFolder, wantedPort: wantedKafkaPort })
  return { databaseUrl: postgres.url, kafkaBrokers: kafka.brokers }
}

function envLines({ databaseUrl, kafkaBrokers }: LocalSettings): string {
  return `DOCAXIS_DATABASE_URL=${databaseUrl}\nDOCAXIS_KAFKA_BROKERS=${kafkaBrokers}\nDOCAXIS_DEMO=on\n`
}
