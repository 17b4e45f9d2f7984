import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, type SuiteAPI } from 'vitest'
import { startKafka, stopKafka } from '../../../deploy/local/kafka.ts'
import { whyNoKafka } from '../../../deploy/local/kafka-jars.ts'
import { stopProcess } from '../../../deploy/local/processes.ts'

const cacheFolder = resolve(import.meta.dirname, '../../../.local')

/** A Kafka broker for one test file. */
export interface TestBroker {
  /** `host:port`; several with DOCAXIS_TEST_KAFKA_BROKERS. */
  readonly brokers: readonly string[]
  /** Kills the process as a power cut would, and starts it again on the same data. Undefined for a given broker. */
  readonly restart: (() => Promise<void>) | undefined
  stop(): Promise<void>
}

/** The broker of DOCAXIS_TEST_KAFKA_BROKERS, or one of our own from its jars. Stop it in `afterAll`. */
export async function testBroker(): Promise<TestBroker> {
  const given = process.env.DOCAXIS_TEST_KAFKA_BROKERS
  if (given !== undefined) return { brokers: given.split(','), restart: undefined, stop: async () => undefined }

  const folder = await mkdtemp(join(tmpdir(), 'docaxis-kafka-'))
  const options = { folder, cacheFolder, wantedPort: 0 }
  let running = await startKafka(options)
  const guard = guardAgainstKill(folder)
  return {
    brokers: [running.brokers],
    restart: async () => {
      // Not before it is gone: else the dying one would be taken for a running one.
      await stopProcess(running.pid, 'SIGKILL', 10)
      running = await startKafka(options)
    },
    async stop() {
      await stopKafka(folder)
      await rm(folder, { recursive: true, force: true })
      guard()
    },
  }
}

/** `describe` for suites that need a broker: skipped with a message where none can be had, failing in CI. */
export async function describeWithKafka(): Promise<SuiteAPI | SuiteAPI['skip']> {
  if (process.env.DOCAXIS_TEST_KAFKA_BROKERS !== undefined) return describe
  const missing = await whyNoKafka()
  if (missing === undefined) return describe
  if (process.env.CI) throw new Error(missing)
  process.stderr.write(`SKIPPED: ${missing}\n`)
  return describe.skip
}

/**
 * A shell that waits for the end of its input, which comes when the test process ends in whatever way, and kills a
 * broker that was left behind.
 *
 * @returns ends the wait
 */
function guardAgainstKill(folder: string): () => void {
  const script = 'cat > /dev/null; [ -f "$1/broker.pid" ] && kill -KILL "$(cat "$1/broker.pid")"; rm -rf "$1"'
  const shell = spawn('sh', ['-c', script, 'sh', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.unref()
  return () => shell.stdin.end()
}
