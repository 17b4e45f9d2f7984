import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { kafkaJars } from './kafka-jars.ts'
import { findFreePort } from './ports.ts'
import { commandLineOf, isRunning, stopProcess, waitUntil } from './processes.ts'
import { LocalSetupError, runProgram } from './programs.ts'

const log4j = join(import.meta.dirname, '../kafka/log4j2.properties')
const startSeconds = 60

export interface KafkaOptions {
  /** Holds the log, the settings and the process id of one broker. */
  readonly folder: string
  /** Where the jars are kept between starts. */
  readonly cacheFolder: string
  /** Taken at the first start if it is free; kept from then on. */
  readonly wantedPort: number
}

export interface RunningKafka {
  /** `host:port`, as DOCAXIS_KAFKA_BROKERS takes it. */
  readonly brokers: string
  readonly pid: number
}

/**
 * Starts one Kafka broker (KRaft, combined with its controller) as a process of its own that outlives this one. Does
 * nothing when it runs already.
 *
 * @throws LocalSetupError when Java or Maven is missing, or the broker does not answer within a minute
 */
export async function startKafka(options: KafkaOptions): Promise<RunningKafka> {
  const jars = await kafkaJars(options.cacheFolder)
  const port = await prepare(options, jars)
  const pid = (await findKafka(options.folder)) ?? (await launch(options.folder, jars))
  const isUp = () => isRunning(pid) && answersApiVersions(port)
  const isOver = () => !isRunning(pid)
  if (!(await waitUntil(isUp, startSeconds, isOver))) {
    throw new LocalSetupError(`Kafka did not start; its last words stand in ${join(options.folder, 'broker.log')}`)
  }
  return { brokers: `127.0.0.1:${port}`, pid }
}

/** Asks the broker to stop and waits for it. */
export async function stopKafka(folder: string): Promise<void> {
  const pid = await findKafka(folder)
  if (pid !== undefined) await stopProcess(pid, 'SIGTERM', 30)
  await rm(pidFile(folder), { force: true })
}

/** The broker's process id while it runs. */
export async function findKafka(folder: string): Promise<number | undefined> {
  const pid = Number(await readFile(pidFile(folder), 'utf8').catch(() => ''))
  // After a reboot the number may belong to somebody else.
  return pid > 0 && isRunning(pid) && (await commandLineOf(pid))?.includes(settingsFile(folder)) ? pid : undefined
}

/** Writes the settings and formats the log folder when there is none. */
async function prepare({ folder, wantedPort }: KafkaOptions, jars: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const settings = settingsFile(folder)
  if (!existsSync(settings)) {
    const port = await findFreePort(wantedPort)
    await writeFile(settings, serverProperties(port, await findFreePort(port + 1), join(folder, 'log')))
  }
  if (!existsSync(join(folder, 'log', 'meta.properties'))) {
    // With "=": one id in 64 starts with a dash, and would be taken for an option.
    const clusterId = `--cluster-id=${randomBytes(16).toString('base64url')}`
    await runJava(jars, ['kafka.tools.StorageTool', 'format', clusterId, '--config', settings])
  }
  const written = /advertised\.listeners=PLAINTEXT:\/\/[^:]+:(\d+)/.exec(await readFile(settings, 'utf8'))?.[1]
  return Number(written)
}

async function runJava(jars: string, args: readonly string[]): Promise<void> {
  await runProgram('java', ['-cp', join(jars, '*'), `-Dlog4j2.configurationFile=${log4j}`, ...args])
}

async function launch(folder: string, jars: string): Promise<number> {
  const log = await open(join(folder, 'broker.log'), 'a')
  const java = spawn(
    'java',
    [
      '-Xms128M',
      '-Xmx512M',
      // One machine with few cores: less to compile, no collector threads.
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      `-Dlog4j2.configurationFile=${log4j}`,
      '-cp',
      join(jars, '*'),
      'kafka.Kafka',
      settingsFile(folder),
    ],
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  )
  java.unref()
  await log.close()
  const { pid } = java
  if (pid === undefined) throw new LocalSetupError('java could not be started')
  await writeFile(pidFile(folder), String(pid))
  return pid
}

/** One node that is broker and controller: enough for one machine, never for production. */
function serverProperties(port: number, controllerPort: number, logFolder: string): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': logFolder,
    // The hub creates its topics itself, with the partitions it counts on.
    'auto.create.topics.enable': 'false',
    'default.replication.factor': '1',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '8',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

/** ApiVersions version 0 (Kafka protocol guide): the first thing a broker answers, and only when it is up. */
function answersApiVersions(port: number): Promise<boolean> {
  const request = Buffer.from('0000000a00120000000000010000', 'hex')
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    const finish = (isUp: boolean) => {
      socket.destroy()
      resolve(isUp)
    }
    socket.setTimeout(2_000, () => finish(false))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
    socket.once('data', () => finish(true))
  })
}

function settingsFile(folder: string): string {
  return join(folder, 'server.properties')
}

function pidFile(folder: string): string {
  return join(folder, 'broker.pid')
}
