import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { HubError } from '@docaxis/errors'
import { noteUploadDigest, settleUploadAccepted, settleUploadRefused, toHubError, type Upload } from '@docaxis/store'
import type { Accepted } from '../intake/accept-document.ts'
import type { ReceivedBody } from '../intake/receive-body.ts'
import type { UploadDeps } from './continue-upload.ts'
import { type HeldLease, inUse } from './held-lease.ts'
import { problemOf } from './refused-upload.ts'

const chunkBytes = 1024 * 1024

/**
 * Has the whole judged and accepted. What was answered for good stands in the upload's row from then on; after anything
 * else the upload is as before, and its last part may be sent again.
 */
export async function finishUpload(deps: UploadDeps, upload: Upload, held: HeldLease): Promise<Accepted> {
  const { database, blobs } = deps
  const body = await wholeBody(deps, upload, held)
  try {
    const accepted = await deps.accept(body)
    await settleUploadAccepted(database, held.lease, accepted.acceptance.id)
    await blobs.uploads.remove(upload.id)
    return accepted
  } catch (error) {
    if (error instanceof HubError && !error.retryable) {
      await settleUploadRefused(database, held.lease, problemOf(error))
      await blobs.uploads.remove(upload.id)
    }
    throw error
  }
}

/**
 * The upload's file as a received body. Its digest is that of the bytes on disk, read once more: parts may have come
 * through several instances, and what is judged must be what is kept.
 */
async function wholeBody({ database, blobs }: UploadDeps, upload: Upload, held: HeldLease): Promise<ReceivedBody> {
  const path = blobs.uploads.pathOf(upload.id)
  const sha256 = await digestOf(path)
  if (!(await noteUploadDigest(database, held.lease, sha256))) throw inUse()
  let kept: Promise<void> | undefined
  return {
    sha256,
    sizeBytes: upload.sizeBytes,
    packet: { path },
    keep() {
      held.require()
      kept ??= blobs.uploads.keep(upload.id, sha256)
      return kept
    },
    // Until it is settled the upload may be finished again.
    discard: async () => undefined,
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path, { highWaterMark: chunkBytes }), hash)
  } catch (error) {
    throw toHubError(error)
  }
  return hash.digest('hex')
}
