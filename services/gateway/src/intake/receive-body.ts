import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HubError } from '@docaxis/errors'
import { type BlobStore, toHubError } from '@docaxis/store'

/** Up to here a body stays in memory until it is kept; what is refused never reaches the disk. */
const inMemoryBytes = 256 * 1024

/** What a client may still send after it was told that the body is too large, before its connection is cut. */
const toleratedExcessBytes = 16 * 1024 * 1024

/** A body received whole and hashed, not yet accepted. */
export interface ReceivedBody {
  /** SHA-256 of the bytes as received, 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
  /** The bytes, or the file that holds them as long as the body is neither kept nor discarded. */
  readonly packet: { readonly bytes: Buffer } | { readonly path: string }
  /** Makes the bytes a blob, durably; once, however often a transaction is tried. */
  keep(): Promise<void>
  /** Erases what was not kept. */
  discard(): Promise<void>
}

/**
 * Receives a request body while it is counted and hashed: small ones in memory, larger ones streamed to a spool file.
 * Leaves nothing behind when it throws.
 *
 * @param declaredBytes Content-Length, which refuses a large body before it is read
 * @throws HubError `ENVELOPE_TOO_LARGE`, as soon as the limit is passed; `REQUEST_INVALID`: the client broke off;
 *   `STORAGE_UNAVAILABLE`: the spool cannot be written
 */
export async function receiveBody(
  blobs: BlobStore,
  body: Readable,
  maxBytes: number,
  declaredBytes?: number,
): Promise<ReceivedBody> {
  // A client may break off while nobody reads; without a listener that would end the process.
  body.on('error', () => undefined)
  if (declaredBytes !== undefined && declaredBytes > maxBytes) throw tooLarge(body, maxBytes)
  try {
    return await receive(blobs, body, maxBytes)
  } catch (error) {
    if (!(error instanceof HubError) && brokenOff(body)) {
      throw new HubError('REQUEST_INVALID', 'the connection ended before the body was whole', { cause: error })
    }
    throw toHubError(error)
  }
}

async function receive(blobs: BlobStore, body: Readable, maxBytes: number): Promise<ReceivedBody> {
  const counter = new Counter(body, maxBytes)
  const kept: Buffer[] = []
  // Not for…of: leaving it early would end the iterator, whose rest goes to the spool.
  for (let next = await counter.chunks.next(); !next.done; next = await counter.chunks.next()) {
    kept.push(next.value)
    if (counter.sizeBytes > inMemoryBytes) return spoolRest(blobs, counter, kept)
  }
  return inMemory(blobs, counter, Buffer.concat(kept))
}

function inMemory(blobs: BlobStore, counter: Counter, bytes: Buffer): ReceivedBody {
  const sha256 = counter.digest()
  const keep = once(() => blobs.put(bytes, sha256))
  return { sha256, sizeBytes: bytes.length, packet: { bytes }, keep, discard: async () => undefined }
}

async function spoolRest(blobs: BlobStore, counter: Counter, first: readonly Buffer[]): Promise<ReceivedBody> {
  const spool = await blobs.createSpool()
  const discard = () => blobs.discard(spool)
  try {
    await pipeline(async function* () {
      yield* first
      yield* counter.chunks
    }, spool.stream)
  } catch (error) {
    await discard()
    throw error
  }
  const sha256 = counter.digest()
  const keep = once(() => blobs.keep(spool, sha256))
  return { sha256, sizeBytes: counter.sizeBytes, packet: { path: spool.path }, keep, discard }
}

/**
 * Counts and hashes what passes, and stops at the limit. A class: V8 keeps an object literal with an accessor, and all it
 * closes over, far longer than the request.
 */
class Counter {
  readonly chunks: AsyncGenerator<Buffer>
  sizeBytes = 0
  readonly #hash = createHash('sha256')

  constructor(body: Readable, maxBytes: number) {
    this.chunks = this.#counted(body, maxBytes)
  }

  digest(): string {
    return this.#hash.digest('hex')
  }

  async *#counted(body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
    // The request is not destroyed on refusal: its connection still has to carry the answer.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      this.sizeBytes += chunk.length
      if (this.sizeBytes > maxBytes) throw tooLarge(body, maxBytes)
      this.#hash.update(chunk)
      yield chunk
    }
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}

/** Whether the client went away before the end. */
export function brokenOff(body: Readable): boolean {
  return body.errored !== null || (body.destroyed && !body.readableEnded)
}

function tooLarge(body: Readable, maxBytes: number): HubError {
  discardRest(body)
  return new HubError('ENVELOPE_TOO_LARGE', `the envelope is larger than ${maxBytes} bytes`, {
    details: { maxBytes },
  })
}

/** Lets a client that still sends read our answer; one that never stops is cut off. */
function discardRest(body: Readable): void {
  let excessBytes = 0
  body.on('data', (chunk: Buffer) => {
    excessBytes += chunk.length
    if (excessBytes > toleratedExcessBytes) body.destroy()
  })
}
