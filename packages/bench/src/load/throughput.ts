import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Usage, usageOf } from '../process-usage.ts'
import { freePort, startProgram, stopProgram, untilReady } from '../processes.ts'
import { percentile } from '../statistics.ts'
import { type Api, openApi } from './api.ts'
import { agencyOf, readCountry } from './country.ts'
import { sealedDocument } from './documents.ts'
import { watchMailbox } from './mailbox-watch.ts'

export interface ThroughputOptions {
  readonly documents: number
  /** Requests under way at once. */
  readonly concurrency: number
  readonly documentBytes: number
  /** DOCAXIS_DATABASE_URL and DOCAXIS_KAFKA_BROKERS for the distributed shape; none for the embedded one. */
  readonly env: Readonly<Record<string, string>>
  /** Processes beside the hub whose time counts, such as the database and the broker. */
  readonly otherPids?: () => readonly number[]
}

export interface ThroughputResult {
  readonly documents: number
  readonly acceptedPerSecond: number
  readonly deliveredPerSecond: number
  readonly acceptMs: { readonly p50: number; readonly p99: number }
  /** From the request's first byte to the document's first appearance in the receiver's mailbox. */
  readonly deliverMs: { readonly p50: number; readonly p99: number }
  readonly hubCpuSeconds: number
  readonly otherCpuSeconds: number
  readonly peakBytes: number
}

const sender = 'G99'
const receivers = ['H99', 'H99.32', 'H99.32.05']

/** Sends documents as fast as `concurrency` allows and waits until the receivers' mailboxes show every one. */
export async function measureThroughput(options: ThroughputOptions): Promise<ThroughputResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docaxis-bench-'))
  const hub = startProgram({
    program: 'hub',
    port: await freePort(),
    logFile: join(dataDir, 'hub.log'),
    env: { DOCAXIS_DATA_DIR: join(dataDir, 'data'), DOCAXIS_LOG_LEVEL: 'warn', DOCAXIS_DEMO: 'on', ...options.env },
  })
  try {
    await untilReady(() => hub)
    const country = await readCountry(join(dataDir, 'data'))
    const mailboxes = receivers.map(code => ({ code, api: openApi(hub.url, agencyOf(country, code).token, 2) }))
    const envelopes = Array.from({ length: options.documents }, (_, index) =>
      sealedDocument(agencyOf(country, sender), {
        documentId: `bench-${index}`,
        receivers: [agencyOf(country, receivers[index % receivers.length] ?? 'H99')],
        bytes: options.documentBytes,
      }),
    )
    const api = openApi(hub.url, agencyOf(country, sender).token, options.concurrency)
    return await run(options, hub.pid, api, mailboxes, envelopes)
  } finally {
    await stopProgram(hub)
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function run(
  options: ThroughputOptions,
  hubPid: number,
  api: Api,
  mailboxes: readonly { readonly code: string; readonly api: Api }[],
  envelopes: readonly Buffer[],
): Promise<ThroughputResult> {
  await Promise.all(envelopes.slice(0, 32).map(envelope => api.send(envelope)))
  const measured = envelopes.slice(32)
  const expected = new Set(measured.map(envelope => sha256Of(envelope)))
  const sentAt = new Map<string, number>()
  const acceptMs: number[] = []
  const before = usages(hubPid, options)
  const memory = sampleMemory(hubPid, options)
  const startedAt = performance.now()
  const watch = watchMailbox(mailboxes, expected)

  const queue = measured.values()
  await Promise.all(
    Array.from({ length: options.concurrency }, async () => {
      for (const envelope of queue) acceptMs.push(await sendOne(api, envelope, sentAt))
    }),
  )
  const acceptedAt = performance.now()
  const seenAt = await watch.finished
  const deliveredAt = performance.now()
  const after = usages(hubPid, options)
  const deliverMs = [...seenAt].map(([sha256, at]) => at - (sentAt.get(sha256) ?? startedAt))

  return {
    documents: measured.length,
    acceptedPerSecond: (measured.length / (acceptedAt - startedAt)) * 1000,
    deliveredPerSecond: (measured.length / (deliveredAt - startedAt)) * 1000,
    acceptMs: { p50: percentile(acceptMs, 0.5), p99: percentile(acceptMs, 0.99) },
    deliverMs: { p50: percentile(deliverMs, 0.5), p99: percentile(deliverMs, 0.99) },
    hubCpuSeconds: after.hub.cpuSeconds - before.hub.cpuSeconds,
    otherCpuSeconds: after.others.cpuSeconds - before.others.cpuSeconds,
    peakBytes: memory.stop(),
  }
}

async function sendOne(api: Api, envelope: Buffer, sentAt: Map<string, number>): Promise<number> {
  const at = performance.now()
  sentAt.set(sha256Of(envelope), at)
  const answer = await api.send(envelope)
  if (answer.status !== 202) throw new Error(`the hub answered ${answer.status}: ${answer.body}`)
  return performance.now() - at
}

function usages(hubPid: number, options: ThroughputOptions): { hub: Usage; others: Usage } {
  const others = (options.otherPids?.() ?? []).map(usageOf)
  return {
    hub: usageOf(hubPid),
    others: {
      cpuSeconds: others.reduce((sum, usage) => sum + usage.cpuSeconds, 0),
      residentBytes: others.reduce((sum, usage) => sum + usage.residentBytes, 0),
    },
  }
}

function sampleMemory(hubPid: number, options: ThroughputOptions): { stop: () => number } {
  let peak = 0
  const sample = () => {
    const { hub, others } = usages(hubPid, options)
    peak = Math.max(peak, hub.residentBytes + others.residentBytes)
  }
  sample()
  const timer = setInterval(sample, 500)
  return {
    stop: () => {
      clearInterval(timer)
      sample()
      return peak
    },
  }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
