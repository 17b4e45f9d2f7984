import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { HubError } from '@docaxis/errors'
import type { UploadWriter } from '@docaxis/store'
import { brokenOff } from '../intake/receive-body.ts'
import type { Checksum } from './tus-headers.ts'

/** Bytes after which what has come is made to count: more than this is never sent twice. */
const stepBytes = 16 * 1024 * 1024

/** Bytes of an upload, from one request. */
export interface Part {
  readonly offsetBytes: number
  readonly body: Readable
  /** Content-Length, if the client gave one. */
  readonly declaredBytes?: number
  /** Of this part; where it is given, all of the part counts or nothing. */
  readonly checksum?: Checksum
}

export interface PartTarget {
  readonly writer: UploadWriter
  readonly sizeBytes: number
  /** Makes everything before this position count, durably. Never called for the end of the upload. */
  readonly count: (offsetBytes: number) => Promise<void>
  /** Throws when the right to write is lost. */
  readonly requireLease: () => void
}

/**
 * Writes a part to its place. What has come counts even where the connection breaks off.
 *
 * @returns where the next part begins; the upload's size when this was the last
 * @throws HubError `UPLOAD_CHECKSUM`; `REQUEST_INVALID`: broken off, or longer than the upload; `STORAGE_UNAVAILABLE`
 */
export async function writePart(part: Part, target: PartTarget): Promise<number> {
  const { offsetBytes, checksum, declaredBytes = 0 } = part
  if (offsetBytes + declaredBytes > target.sizeBytes) throw tooLong(target.sizeBytes)
  const progress = { position: offsetBytes, counted: offsetBytes }
  if (checksum) return writeChecked(part, checksum, progress, target)
  try {
    await writeChunks(part.body, progress, target, async () => {
      if (progress.position - progress.counted >= stepBytes) await countUpTo(progress, target)
    })
  } catch (error) {
    // Whatever went wrong is told; that also counting failed adds nothing.
    await countUpTo(progress, target).catch(() => undefined)
    throw error
  }
  if (progress.position < target.sizeBytes) await countUpTo(progress, target)
  return progress.position
}

interface Progress {
  position: number
  counted: number
}

async function writeChecked(part: Part, checksum: Checksum, progress: Progress, target: PartTarget): Promise<number> {
  const hash = createHash(checksum.algorithm)
  await writeChunks(part.body, progress, target, async chunk => {
    hash.update(chunk)
  })
  const found = hash.digest('base64')
  if (found !== checksum.base64) {
    const details = { algorithm: checksum.algorithm, sent: checksum.base64, received: found }
    throw new HubError('UPLOAD_CHECKSUM', 'the part does not have its checksum', { details })
  }
  if (progress.position < target.sizeBytes) await countUpTo(progress, target)
  return progress.position
}

async function writeChunks(
  body: Readable,
  progress: Progress,
  { writer, sizeBytes, requireLease }: PartTarget,
  written: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  try {
    // The request is not destroyed on refusal: its connection still has to carry the answer.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      if (progress.position + chunk.length > sizeBytes) throw tooLong(sizeBytes)
      requireLease()
      await writer.write(chunk, progress.position)
      progress.position += chunk.length
      await written(chunk)
    }
  } catch (error) {
    if (error instanceof HubError || !brokenOff(body)) throw error
    throw new HubError('REQUEST_INVALID', 'the connection ended before the part was whole', { cause: error })
  }
}

/** The last byte counts only with the hub's answer to the whole: see `upload_whole_is_accepted`. */
async function countUpTo(progress: Progress, { count, sizeBytes }: PartTarget): Promise<void> {
  const end = Math.min(progress.position, sizeBytes - 1)
  if (end <= progress.counted) return
  await count(end)
  progress.counted = end
}

function tooLong(sizeBytes: number): HubError {
  return new HubError('REQUEST_INVALID', `the upload has ${sizeBytes} bytes and no more`, { details: { sizeBytes } })
}
