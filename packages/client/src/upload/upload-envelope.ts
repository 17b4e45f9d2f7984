import { createHash } from 'node:crypto'
import { ApiProblem } from '../api-problem.ts'
import type { Call, Transport } from '../transport.ts'
import { readAhead } from './read-ahead.ts'
import type { UploadMemory } from './upload-memory.ts'

// tus 1.0.0 (tus.io/protocols/resumable-upload) as the hub speaks it: the last part gets the answer to the document.

/** Small enough to be hashed before it is sent, and to be sent again over a bad line. */
const partBytes = 8 * 1024 * 1024
/** A hub that is restarted takes its time; whoever has sent gigabytes has more of it. */
const patience = 2

const tus = { 'tus-resumable': '1.0.0' }

export interface UploadOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void
  /** Where the upload is remembered until it is answered; without it only this call goes on with it. */
  readonly memory?: UploadMemory
}

/**
 * Sends an envelope in parts. Broken connections and restarts of the hub cost one part each; with a memory, an end of
 * this process too: the same content goes on where the hub says that it ended. The hub is told the receivers first, and refuses
 * at once what is too large for one of them.
 *
 * @returns the hub's answer to the whole
 * @throws ApiProblem, HubUnreachable
 */
export async function uploadEnvelope(transport: Transport, blob: Blob, options: UploadOptions): Promise<Response> {
  const { memory, onProgress } = options
  const { sha256, receivers } = await readAhead(blob)
  const key = memory && `${transport.url} ${sha256}`
  const upload =
    (await remembered(transport, blob, options, key)) ?? (await open(transport, blob, receivers, options.signal))
  if (key !== undefined) await memory?.remember(key, upload.path)
  try {
    let { offset } = upload
    for (;;) {
      onProgress?.(offset, blob.size)
      const response = await sendPart(transport, blob, { path: upload.path, offset }, options.signal)
      if (response.status !== 204) {
        onProgress?.(blob.size, blob.size)
        if (key !== undefined) await memory?.forget(key)
        return response
      }
      offset = offsetOf(response)
    }
  } catch (error) {
    // Refused for good, or no longer known: there is nothing to go on with.
    if (key !== undefined && error instanceof ApiProblem && !error.retryable) await memory?.forget(key)
    throw error
  }
}

interface Upload {
  /** Below `/api/v1`. */
  readonly path: string
  readonly offset: number
}

async function open(
  transport: Transport,
  blob: Blob,
  receivers: readonly string[],
  signal?: AbortSignal,
): Promise<Upload> {
  const response = await transport.send({
    method: 'POST',
    path: '/uploads',
    headers: { ...tus, 'upload-length': String(blob.size), ...metadataOf(receivers) },
    ...(signal && { signal }),
  })
  const location = new URL(response.headers.get('location') ?? '', transport.url).pathname
  return { path: location.slice(location.lastIndexOf('/uploads/')), offset: 0 }
}

/** Headers have an end: a packet to thousands is judged when it is there. */
const mostMetadata = 30_000

function metadataOf(receivers: readonly string[]): Record<string, string> {
  const metadata = `receivers ${Buffer.from(receivers.join(',')).toString('base64')}`
  return receivers.length === 0 || metadata.length > mostMetadata ? {} : { 'upload-metadata': metadata }
}

async function remembered(
  transport: Transport,
  blob: Blob,
  { memory, signal }: UploadOptions,
  key: string | undefined,
): Promise<Upload | undefined> {
  const path = key === undefined ? undefined : await memory?.find(key)
  if (path === undefined) return undefined
  try {
    const response = await transport.send(headCall(path, signal), { patience })
    const same = Number(response.headers.get('upload-length')) === blob.size
    return same ? { path, offset: offsetOf(response) } : undefined
  } catch (error) {
    // Expired, or refused before: it may be sent again from its beginning.
    if (error instanceof ApiProblem && !error.retryable) return undefined
    throw error
  }
}

/** Sends the part at this offset, or at whatever offset the hub names once a try has failed. */
function sendPart(transport: Transport, blob: Blob, upload: Upload, signal?: AbortSignal): Promise<Response> {
  let known: number | undefined = upload.offset
  const nextTry = async () => {
    const offset = known ?? offsetOf(await transport.send(headCall(upload.path, signal), { patience }))
    known = undefined
    return partCall(blob, { ...upload, offset }, signal)
  }
  return transport.send(nextTry, { patience, again: ({ code }) => code === 'UPLOAD_OFFSET' })
}

async function partCall(blob: Blob, { path, offset }: Upload, signal?: AbortSignal): Promise<Call> {
  const part = new Uint8Array(await blob.slice(offset, offset + partBytes).arrayBuffer())
  const checksum = createHash('sha256').update(part).digest('base64')
  return {
    method: 'PATCH',
    path,
    headers: {
      ...tus,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
      'upload-checksum': `sha256 ${checksum}`,
    },
    body: () => part,
    ...(signal && { signal }),
  }
}

function headCall(path: string, signal?: AbortSignal): Call {
  return { method: 'HEAD', path, headers: tus, ...(signal && { signal }) }
}

function offsetOf(response: Response): number {
  return Number(response.headers.get('upload-offset'))
}
