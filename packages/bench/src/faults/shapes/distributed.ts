import { join } from 'node:path'
import { startEmbedded } from '@docaxis/store/embedded'
import { startKafka, stopKafka } from '../../../../../deploy/local/kafka.ts'
import { stopProcess } from '../../../../../deploy/local/processes.ts'
import {
  freePort,
  type Program,
  type RunningProgram,
  repositoryRoot,
  startProgram,
  stopProgram,
  untilReady,
} from '../../processes.ts'
import { quiet } from '../../quiet.ts'
import type { Victims } from '../kill-sweep.ts'

const programs: readonly Program[] = ['gateway', 'router', 'delivery', 'notary', 'trust']
const instances = 2

/** Two processes of every service, PostgreSQL and a Kafka broker: any of them may be killed. */
export async function distributedVictims(folder: string): Promise<Victims> {
  const dataDir = join(folder, 'data')
  const broker = await openBroker(folder)
  const postgres = await startEmbedded({ dataDir: join(folder, 'database'), log: quiet })
  const env = {
    DOCAXIS_DATA_DIR: dataDir,
    DOCAXIS_DATABASE_URL: postgres.connectionString,
    DOCAXIS_KAFKA_BROKERS: broker.address(),
    DOCAXIS_DEMO: 'on',
    DOCAXIS_LOG_LEVEL: 'info',
  }
  await makeDemo(folder, env)

  const running = new Map<string, RunningProgram>()
  const starters = new Map<string, () => RunningProgram>()
  for (const program of programs) {
    for (let instance = 1; instance <= instances; instance++) {
      const name = `${program}-${instance}`
      const port = await freePort()
      starters.set(name, () =>
        startProgram({ program, port, logFile: join(folder, `${name}.log`), env: { ...env, ...hubKey(dataDir) } }),
      )
    }
  }
  let stopping = false
  /** As systemd or Kubernetes would: what ends is started again. */
  function keepRunning(name: string, start: () => RunningProgram): void {
    const program = start()
    running.set(name, program)
    program.gone.then(() => {
      if (!stopping) keepRunning(name, start)
    })
  }
  for (const [name, start] of starters) keepRunning(name, start)
  await Promise.all([...starters.keys()].map(name => untilReady(() => running.get(name))))

  return {
    dataDir,
    gateways: [...running].filter(([name]) => name.startsWith('gateway')).map(([, program]) => program.url),
    names: [...starters.keys(), 'postgres', 'broker'],
    async kill(name) {
      if (name === 'postgres') killUnlessGone(postgres.pid)
      else if (name === 'broker') await broker.kill()
      else running.get(name)?.kill('SIGKILL')
    },
    async settle() {
      await Promise.all([...starters.keys()].map(name => untilReady(() => running.get(name), 90_000)))
    },
    async stop() {
      stopping = true
      await Promise.all([...running.values()].map(stopProgram))
      await postgres.stop()
      await broker.stop()
    },
  }
}

/** A server that was killed a moment ago is not started again yet. */
function killUnlessGone(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** The hub makes the demo country on this database, then leaves the work to the services. */
async function makeDemo(folder: string, env: Readonly<Record<string, string>>): Promise<void> {
  const hub = startProgram({ program: 'hub', port: await freePort(), logFile: join(folder, 'hub.log'), env })
  await untilReady(() => hub)
  await stopProgram(hub)
}

function hubKey(dataDir: string): Record<string, string> {
  return {
    DOCAXIS_HUB_KEY_FILE: join(dataDir, 'hub-key.pem'),
    DOCAXIS_HUB_CERT_FILE: join(dataDir, 'hub-cert.pem'),
  }
}

async function openBroker(
  folder: string,
): Promise<{ address(): string; kill(): Promise<void>; stop(): Promise<void> }> {
  const options = { folder: join(folder, 'kafka'), cacheFolder: join(repositoryRoot, '.local'), wantedPort: 0 }
  let kafka = await startKafka(options)
  return {
    address: () => kafka.brokers,
    async kill() {
      // Not before it is gone: else the dying one would be taken for a running one.
      await stopProcess(kafka.pid, 'SIGKILL', 10)
      kafka = await startKafka(options)
    },
    stop: () => stopKafka(options.folder),
  }
}
