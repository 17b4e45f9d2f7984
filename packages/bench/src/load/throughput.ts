import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { freePort, startProgram, stopProgram, untilReady } from '../processes.ts'
import { scratchFolder } from '../scratch.ts'
import { percentile } from '../statistics.ts'
import { type Api, openApi } from './api.ts'
import { agencyOf, readCountry } from './country.ts'
import { sealedDocument } from './documents.ts'
import { type Mailbox, type Seen, watchMailboxes } from './mailbox-watch.ts'
import { type Cost, measureCost } from './measure-cost.ts'
import { untilIdle } from './until-idle.ts'

export interface ThroughputOptions {
  readonly documents: number
  /** Requests under way at once. */
  readonly concurrency: number
  readonly documentBytes: number
  /** DOCAXIS_DATABASE_URL and DOCAXIS_KAFKA_BROKERS for the distributed shape; none for the embedded one. */
  readonly env: Readonly<Record<string, string>>
  /** Processes beside the hub and its children whose time counts, such as the database and the broker. */
  readonly otherPids?: () => readonly number[]
}

export interface ThroughputResult {
  readonly documents: number
  readonly acceptedPerSecond: number
  /** From the first request to the last document's appearance in its mailbox. */
  readonly deliveredPerSecond: number
  readonly acceptMs: { readonly p50: number; readonly p99: number }
  /** From the request's first byte to the document's first appearance in the receiver's mailbox. */
  readonly deliverMs: { readonly p50: number; readonly p99: number }
  /** Of the same documents afterwards, up to 100 in one call. */
  readonly acknowledgedPerSecond: number
  /** Of acceptance and delivery. */
  readonly cost: Cost
}

/**
 * A hub runs for weeks: what is measured is warm code. A tenth of all processor time goes into compiling during the first
 * thousands of documents, and a thirtieth after them.
 */
const warmUpDocuments = 5_000
const acknowledgedAtOnce = 100

const sender = 'G99'
const receivers = ['H99', 'H99.32', 'H99.32.05']

interface Envelope {
  readonly bytes: Buffer
  readonly sha256: string
}

interface Load {
  readonly api: Api
  readonly mailboxes: readonly Mailbox[]
  readonly concurrency: number
}

/**
 * Sends documents as fast as `concurrency` allows until the receivers' mailboxes show every one; then the receivers
 * acknowledge them.
 */
export async function measureThroughput(options: ThroughputOptions): Promise<ThroughputResult> {
  const dataDir = await scratchFolder()
  const hub = startProgram({
    program: 'hub',
    port: await freePort(),
    logFile: join(dataDir, 'hub.log'),
    env: { DOCAXIS_DATA_DIR: join(dataDir, 'data'), DOCAXIS_LOG_LEVEL: 'warn', DOCAXIS_DEMO: 'on', ...options.env },
  })
  try {
    await untilReady(() => hub)
    const country = await readCountry(join(dataDir, 'data'))
    const load: Load = {
      api: openApi(hub.url, agencyOf(country, sender).token, options.concurrency),
      mailboxes: receivers.map(code => ({ code, api: openApi(hub.url, agencyOf(country, code).token, 2) })),
      concurrency: options.concurrency,
    }
    const envelopes = Array.from({ length: warmUpDocuments + options.documents }, (_, index) =>
      hashed(
        sealedDocument(agencyOf(country, sender), {
          documentId: `bench-${index}`,
          receivers: [agencyOf(country, receivers[index % receivers.length] ?? 'H99')],
          bytes: options.documentBytes,
        }),
      ),
    )
    const warmUp = await exchange(load, envelopes.slice(0, warmUpDocuments))
    await acknowledge(load, warmUp.seen)
    await untilIdle(hub.pid)
    return await measure(load, envelopes.slice(warmUpDocuments), () =>
      measureCost({ hubPid: hub.pid, otherPids: options.otherPids?.() ?? [] }),
    )
  } finally {
    await stopProgram(hub)
  }
}

async function measure(
  load: Load,
  envelopes: readonly Envelope[],
  startCost: () => { readonly stop: () => Cost },
): Promise<ThroughputResult> {
  const cost = startCost()
  const { startedAt, acceptedAt, deliveredAt, sentAt, acceptMs, seen } = await exchange(load, envelopes)
  const spent = cost.stop()
  const acknowledgingAt = performance.now()
  await acknowledge(load, seen)
  const deliverMs = [...seen].map(([sha256, { at }]) => at - (sentAt.get(sha256) ?? startedAt))
  const perSecond = (ms: number) => (envelopes.length / ms) * 1000

  return {
    documents: envelopes.length,
    acceptedPerSecond: perSecond(acceptedAt - startedAt),
    deliveredPerSecond: perSecond(deliveredAt - startedAt),
    acceptMs: { p50: percentile(acceptMs, 0.5), p99: percentile(acceptMs, 0.99) },
    deliverMs: { p50: percentile(deliverMs, 0.5), p99: percentile(deliverMs, 0.99) },
    acknowledgedPerSecond: perSecond(performance.now() - acknowledgingAt),
    cost: spent,
  }
}

/** Sends all and waits until the mailboxes show all. */
async function exchange({ api, mailboxes, concurrency }: Load, envelopes: readonly Envelope[]) {
  const sentAt = new Map<string, number>()
  const acceptMs: number[] = []
  const startedAt = performance.now()
  const watching = watchMailboxes(mailboxes, new Set(envelopes.map(({ sha256 }) => sha256)))
  // Sending may fail first; whoever watches is then nobody's concern.
  watching.catch(() => undefined)

  const queue = envelopes.values()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const envelope of queue) acceptMs.push(await sendOne(api, envelope, sentAt))
    }),
  )
  const acceptedAt = performance.now()
  const seen = await watching
  // Not when the watching ended: that is up to a pause between two looks later.
  const deliveredAt = Math.max(...[...seen.values()].map(({ at }) => at))
  return { startedAt, acceptedAt, deliveredAt, sentAt, acceptMs, seen }
}

async function sendOne(api: Api, { bytes, sha256 }: Envelope, sentAt: Map<string, number>): Promise<number> {
  const at = performance.now()
  sentAt.set(sha256, at)
  const answer = await api.send(bytes)
  if (answer.status !== 202) throw new Error(`the hub answered ${answer.status}: ${answer.body}`)
  return performance.now() - at
}

async function acknowledge({ mailboxes }: Load, seen: ReadonlyMap<string, Seen>): Promise<void> {
  await Promise.all(
    mailboxes.map(async mailbox => {
      const ids = [...seen.values()].filter(one => one.mailbox === mailbox).map(one => one.deliveryId)
      for (let from = 0; from < ids.length; from += acknowledgedAtOnce) {
        const answer = await mailbox.api.acknowledge(ids.slice(from, from + acknowledgedAtOnce))
        if (answer.status !== 200) throw new Error(`the hub answered ${answer.status}: ${answer.body}`)
      }
    }),
  )
}

/** Hashed before anything is measured. */
function hashed(bytes: Buffer): Envelope {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
