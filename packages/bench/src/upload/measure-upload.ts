import { createHash } from 'node:crypto'
import { createReadStream, openAsBlob } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Client, createClient, fileUploadMemory, type Sent } from '@docaxis/client'
import { parseCertificate } from '@docaxis/pki'
import { agencyOf, readCountry } from '../load/country.ts'
import { ownUsageOf } from '../process-usage.ts'
import { freePort, pause, type RunningProgram, startProgram, stopProgram, untilReady } from '../processes.ts'
import { writeHugeEnvelope } from '../proof/huge-envelope.ts'
import { scratchFolder } from '../scratch.ts'

export interface Stretch {
  readonly name: string
  readonly seconds: number
  /** The hub's own process, without its database. */
  readonly peakBytes: number
  /** Where it is not the whole document. */
  readonly bytes?: number
}

export interface UploadResult {
  readonly sizeBytes: number
  readonly atRestBytes: number
  readonly stretches: readonly Stretch[]
}

const sampleMs = 100
const maxEnvelopeBytes = 4096 * 1024 * 1024

/**
 * One very large document by the client that e-office systems use: half of it, `kill -9` of the hub, the rest with the
 * answer to the whole, and the download by its receiver, whose bytes must be the sender's.
 */
export async function measureUpload(bytes: number): Promise<UploadResult> {
  const folder = await scratchFolder()
  const dataDir = join(folder, 'data')
  const options = {
    program: 'hub',
    port: await freePort(),
    logFile: join(folder, 'hub.log'),
    env: {
      DOCAXIS_DATA_DIR: dataDir,
      DOCAXIS_LOG_LEVEL: 'warn',
      DOCAXIS_DEMO: 'on',
      DOCAXIS_MAX_ENVELOPE_BYTES: String(maxEnvelopeBytes),
    },
  } as const
  let hub = startProgram(options)
  try {
    await untilReady(() => hub)
    const atRestBytes = ownUsageOf(hub.pid).residentBytes
    const country = await readCountry(dataDir)
    const [sender, receiver] = [agencyOf(country, 'G99'), agencyOf(country, 'H99')]
    await raiseFileLimits(hub.url, dataDir)
    const file = join(folder, 'huge.edxml')
    const header = { sender: party(sender), receivers: [party(receiver)], documentId: 'huge', sentAt: new Date() }
    const seal = { privateKey: sender.key, certificates: [parseCertificate(sender.certificatePem)] }
    writeHugeEnvelope(file, { ...header, bytes }, seal)
    const envelope = await openAsBlob(file)
    const sending = createClient({ url: hub.url, token: sender.token, maxAttempts: 10 })
    const memory = fileUploadMemory(join(folder, 'uploads'))

    const half = await timed('half of it, in parts', hub, async () => {
      const stop = new AbortController()
      const onProgress = (done: number) => done >= envelope.size / 2 && stop.abort()
      await sending.send(envelope, { memory, onProgress, signal: stop.signal }).catch(error => {
        if (!stop.signal.aborted) throw error
      })
    })
    hub.kill('SIGKILL')
    await hub.gone
    hub = startProgram(options)
    await untilReady(() => hub)

    let sent: Sent | undefined
    const rest = await timed('the rest, and accepted', hub, async () => {
      sent = await sending.send(envelope, { memory })
    })
    const receiving = createClient({ url: hub.url, token: receiver.token })
    const deliveryId = await deliveryOf(receiving, sent?.documentId)
    const fetched = await timed('fetched', hub, async () => {
      const { sha256 } = await receiving.fetchDelivery(deliveryId, join(folder, 'fetched.edxml'))
      if (sha256 !== sent?.sha256 || sha256 !== (await sha256Of(file)))
        throw new Error('other bytes came than were sent')
    })
    return {
      sizeBytes: envelope.size,
      atRestBytes,
      stretches: [{ ...half, bytes: envelope.size / 2 }, { ...rest, bytes: envelope.size / 2 }, fetched],
    }
  } finally {
    await stopProgram(hub)
  }
}

const party = ({ code, name }: { readonly code: string; readonly name: string }) => ({ agencyCode: code, name })

/** A file of several GiB is what an operator allows a system. */
async function raiseFileLimits(url: string, dataDir: string): Promise<void> {
  const operator = (await readFile(join(dataDir, 'demo', 'operator-token'), 'utf8')).trim()
  const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/json' }
  const systems = (await (await fetch(`${url}/api/v1/admin/systems`, { headers })).json()) as {
    items: { id: string }[]
  }
  for (const { id } of systems.items) {
    const body = JSON.stringify({ maxFileBytes: maxEnvelopeBytes })
    await fetch(`${url}/api/v1/admin/systems/${id}`, { method: 'PUT', headers, body })
  }
}

async function timed(name: string, hub: RunningProgram, work: () => Promise<void>): Promise<Stretch> {
  let peakBytes = 0
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, ownUsageOf(hub.pid).residentBytes)
  }, sampleMs)
  const startedAt = performance.now()
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return { name, seconds: (performance.now() - startedAt) / 1000, peakBytes }
}

async function deliveryOf(client: Client, documentId: string | undefined): Promise<string> {
  for (;;) {
    for await (const item of client.inbox()) if (item.documentId === documentId) return item.deliveryId
    await pause(100)
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
