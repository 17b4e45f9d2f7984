import { HubError } from '@docaxis/errors'
import {
  findAcceptance,
  findUpload,
  moveUploadOffset,
  removeUpload,
  settleUploadAccepted,
  takeUploadLease,
  type Upload,
  type UploadWriter,
} from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { AcceptDeps, Accepted } from '../intake/accept-document.ts'
import type { ReceivedBody } from '../intake/receive-body.ts'
import { notFound } from '../problems.ts'
import { finishUpload } from './finish-upload.ts'
import { type HeldLease, holdLease, inUse, leaseSeconds } from './held-lease.ts'
import { refusedBefore } from './refused-upload.ts'
import { type Part, writePart } from './write-part.ts'

export interface UploadDeps extends Pick<AcceptDeps, 'database' | 'blobs' | 'lookups'> {
  /** Takes responsibility for the whole, as for every document. */
  readonly accept: (body: ReceivedBody) => Promise<Accepted>
  readonly lifetimeSeconds: number
}

export type UploadStep =
  | { readonly is: 'part'; readonly offsetBytes: number; readonly expiresAt: Date }
  | { readonly is: 'whole'; readonly sizeBytes: number; readonly accepted: Accepted }

/**
 * Takes one more part of an upload; with the last one the packet is judged and accepted like any other, and the same
 * question afterwards gets the same answer.
 *
 * @throws HubError `NOT_FOUND`; `UPLOAD_OFFSET`; `UPLOAD_IN_USE`; what `writePart` throws; with the last part, and again
 *   whenever it is asked for, what intake throws
 */
export async function continueUpload(deps: UploadDeps, caller: Caller, id: string, part: Part): Promise<UploadStep> {
  const upload = await findUpload(deps.database, caller.systemId, id)
  if (!upload) throw notFound()
  if (upload.state === 'refused') throw refusedBefore(upload)
  if (upload.leasedForSeconds > 0) throw inUse(upload.leasedForSeconds)
  if (upload.offsetBytes !== part.offsetBytes) throw elsewhere(upload)
  if (upload.state === 'accepted') return acceptedBefore(deps, upload)

  const lease = await takeUploadLease(deps.database, upload, leaseSeconds)
  if (!lease) throw inUse()
  const held = holdLease(deps.database, lease)
  try {
    return await continueUnderLease(deps, upload, part, held)
  } finally {
    await held.release()
  }
}

async function continueUnderLease(deps: UploadDeps, upload: Upload, part: Part, held: HeldLease): Promise<UploadStep> {
  const writer =
    (await deps.blobs.uploads.openToWrite(upload.id, upload.offsetBytes)) ?? (await afterFinish(deps, upload, held))
  if ('acceptance' in writer) return { is: 'whole', sizeBytes: upload.sizeBytes, accepted: writer }

  let { expiresAt } = upload
  let offsetBytes: number
  try {
    offsetBytes = await writePart(part, {
      writer,
      sizeBytes: upload.sizeBytes,
      requireLease: held.require,
      count: async position => {
        await writer.sync()
        const moved = await moveUploadOffset(deps.database, held.lease, position, deps.lifetimeSeconds)
        if (!moved) throw inUse()
        expiresAt = moved
      },
    })
    await writer.sync()
  } finally {
    await writer.close()
  }
  if (offsetBytes < upload.sizeBytes) return { is: 'part', offsetBytes, expiresAt }
  return { is: 'whole', sizeBytes: upload.sizeBytes, accepted: await finishUpload(deps, upload, held) }
}

/**
 * The file is gone: an earlier finish made a blob of it and did not come to its end, or it is lost. Either the packet was accepted, and
 * that is the answer; or its transaction failed, and the upload goes on with a copy. What is
 * lost is forgotten, and the client begins anew.
 */
async function afterFinish(deps: UploadDeps, upload: Upload, held: HeldLease): Promise<UploadWriter | Accepted> {
  const { id, systemId, sha256, offsetBytes } = upload
  const acceptance = sha256 === null ? undefined : await deps.lookups.acceptanceByBytes(systemId, sha256)
  if (acceptance) {
    await settleUploadAccepted(deps.database, held.lease, acceptance.id)
    return { acceptance, repeated: true }
  }
  const restored = sha256 !== null && (await deps.blobs.uploads.restore(id, sha256))
  const writer = restored ? await deps.blobs.uploads.openToWrite(id, offsetBytes) : undefined
  if (writer) return writer

  await held.release()
  await removeUpload(deps.database, systemId, id)
  await deps.blobs.uploads.remove(id)
  throw notFound()
}

async function acceptedBefore({ database }: UploadDeps, upload: Upload): Promise<UploadStep> {
  const acceptance = await findAcceptance(database, upload.documentId ?? '')
  if (!acceptance) throw notFound()
  return { is: 'whole', sizeBytes: upload.sizeBytes, accepted: { acceptance, repeated: true } }
}

function elsewhere({ offsetBytes }: Upload): HubError {
  return new HubError('UPLOAD_OFFSET', `the upload goes on at byte ${offsetBytes}`, { details: { offsetBytes } })
}
