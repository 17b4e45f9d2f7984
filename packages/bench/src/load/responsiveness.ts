import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { freePort, pause, startProgram, stopProgram, untilReady } from '../processes.ts'
import { percentile } from '../statistics.ts'
import { openApi } from './api.ts'
import { agencyOf, readCountry } from './country.ts'
import { sealedDocument } from './documents.ts'
import { measureCost } from './measure-cost.ts'

export interface ResponsivenessResult {
  readonly documents: number
  readonly megabytesPerSecond: number
  /** Time of a call of `/health/live`: with nothing to do, and while large envelopes are proved. */
  readonly idleMs: Times
  readonly busyMs: Times
  /** The hub alone, without its database. */
  readonly hubCpuSeconds: number
  readonly peakBytes: number
}

export interface Times {
  readonly calls: number
  readonly p50: number
  readonly p99: number
  readonly longest: number
}

const documentBytes = 10_000_000
const documents = 60
const senders = 3
const pingEveryMs = 5
const idleMs = 3_000

/** Whether the hub answers others while it proves envelopes of 10 MB. */
export async function measureResponsiveness(): Promise<ResponsivenessResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docaxis-bench-'))
  const env = { DOCAXIS_DATA_DIR: join(dataDir, 'data'), DOCAXIS_LOG_LEVEL: 'warn', DOCAXIS_DEMO: 'on' }
  const hub = startProgram({ program: 'hub', port: await freePort(), logFile: join(dataDir, 'hub.log'), env })
  try {
    await untilReady(() => hub)
    const country = await readCountry(join(dataDir, 'data'))
    const sender = agencyOf(country, 'G99')
    const api = openApi(hub.url, sender.token, senders)
    const envelopes = Array.from({ length: documents + senders }, (_, index) =>
      sealedDocument(sender, {
        documentId: `large-${index}`,
        receivers: [agencyOf(country, 'H99')],
        bytes: documentBytes,
      }),
    )
    const send = async (some: readonly Buffer[]) => {
      const queue = some.values()
      await Promise.all(
        Array.from({ length: senders }, async () => {
          for (const envelope of queue) {
            const { status, body } = await api.send(envelope)
            if (status !== 202) throw new Error(`the hub answered ${status}: ${body}`)
          }
        }),
      )
    }
    await send(envelopes.splice(0, senders))
    const idle = await pinging(hub.url, () => pause(idleMs))
    const cost = measureCost({ hubPid: hub.pid, otherPids: [] })
    const startedAt = performance.now()
    const busy = await pinging(hub.url, () => send(envelopes))
    const seconds = (performance.now() - startedAt) / 1000
    const { hubSeconds, peakBytes } = cost.stop()
    return {
      documents,
      megabytesPerSecond: (documents * documentBytes) / 1_000_000 / seconds,
      idleMs: idle,
      busyMs: busy,
      hubCpuSeconds: hubSeconds,
      peakBytes,
    }
  } finally {
    await stopProgram(hub)
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function pinging(url: string, during: () => Promise<void>): Promise<Times> {
  const worker = new Worker(new URL('./ping-worker.ts', import.meta.url), {
    workerData: { url: `${url}/health/live`, everyMs: pingEveryMs },
  })
  const ended = new Promise<number[]>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await during()
  worker.postMessage('stop')
  const took = await ended
  return {
    calls: took.length,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    longest: Math.max(...took),
  }
}
