import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { BlobStore } from '@docaxis/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ByteRange, parseRange } from './byte-range.ts'
import { checkBlob, hashStream } from './check-blob.ts'

export interface EnvelopeToSend {
  /** Of the document or the delivery: names the file. */
  readonly id: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** Up to here an envelope is read whole, checked and sent from memory; above, it is checked and streamed from disk. */
const inMemoryBytes = 4 * 1024 * 1024

/**
 * Sends the bytes as they were received, or one range of them. They are checked against their hash before the first
 * byte leaves: a damaged blob is a failure of ours, never a document.
 *
 * @param beforeFirstByte what must be true before these bytes leave; not called for HEAD, which hands nothing over
 * @throws HubError `RANGE_NOT_SATISFIABLE`; `STORAGE_UNAVAILABLE`: the blob is missing or damaged
 */
export async function sendEnvelope(
  blobs: BlobStore,
  request: FastifyRequest,
  reply: FastifyReply,
  envelope: EnvelopeToSend,
  beforeFirstByte?: (part: ByteRange) => Promise<void>,
): Promise<FastifyReply> {
  const { id, sha256, sizeBytes } = envelope
  const range = rangeOf(request, reply, envelope)
  const content = await openEnvelope(blobs, envelope, range)
  if (request.method !== 'HEAD') await beforeFirstByte?.(range ?? { start: 0, end: sizeBytes - 1 })

  reply
    .code(range ? 206 : 200)
    .type('application/xml')
    .header('accept-ranges', 'bytes')
    .header('etag', entityTag(sha256))
    .header('content-digest', `sha-256=:${content.digest}:`)
    .header('content-length', range ? range.end - range.start + 1 : sizeBytes)
    // Our own id, never a name from the packet.
    .header('content-disposition', `attachment; filename="${id}.edxml"`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
  if (range) reply.header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`)
  // An empty stream leaves Content-Length as it stands.
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : await content.body())
}

function rangeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { sha256, sizeBytes }: EnvelopeToSend,
): ByteRange | undefined {
  // HEAD asks about the whole; so does who goes on with something else (RFC 9110, If-Range).
  const goesOnWith = request.headers['if-range'] ?? entityTag(sha256)
  if (request.method === 'HEAD' || goesOnWith !== entityTag(sha256)) return undefined
  try {
    return parseRange(request.headers.range, sizeBytes)
  } catch (error) {
    reply.header('content-range', `bytes */${sizeBytes}`)
    throw error
  }
}

function entityTag(sha256: string): string {
  return `"${sha256}"`
}

export interface EnvelopeContent {
  /** SHA-256 of what is sent, Base64 (RFC 9530). */
  readonly digest: string
  readonly body: () => Promise<Buffer | Readable>
}

/** The bytes, checked against their hash. @throws HubError `STORAGE_UNAVAILABLE`: the blob is missing or damaged */
export async function openEnvelope(
  blobs: BlobStore,
  envelope: Pick<EnvelopeToSend, 'sha256' | 'sizeBytes'>,
  range?: ByteRange,
): Promise<EnvelopeContent> {
  const { sha256, sizeBytes } = envelope
  if (sizeBytes <= inMemoryBytes) {
    const bytes = await blobs.read(sha256)
    const part = range ? bytes.subarray(range.start, range.end + 1) : bytes
    return { digest: range ? digestOf(part) : toBase64(sha256), body: async () => part }
  }
  await checkBlob(blobs, sha256)
  const digest = range ? await hashStream(await blobs.open(sha256, range)) : toBase64(sha256)
  return { digest, body: () => blobs.open(sha256, range) }
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64')
}

function toBase64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
