import { HubError } from '@docaxis/errors'
import { createUpload, removeUpload, type Upload } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { parseMetadata } from './tus-headers.ts'

export interface UploadWish {
  readonly sizeBytes: number
  /** Upload-Metadata as the client wrote it. */
  readonly metadata?: string
}

/** An upload that is finished or given up makes room; how soon nobody knows. */
const quotaRetryAfterSeconds = 60

/**
 * Opens an upload of a known size, before a byte of it is sent.
 *
 * @throws HubError `ENVELOPE_TOO_LARGE`; `UPLOAD_QUOTA`; `STORAGE_UNAVAILABLE`: the disk has no room for it
 */
export async function openUpload(gateway: Gateway, caller: Caller, wish: UploadWish): Promise<Upload> {
  const { database, blobs, settings } = gateway
  const { maxEnvelopeBytes } = settings
  const { sizeBytes, metadata } = wish
  if (metadata !== undefined) parseMetadata(metadata)
  if (sizeBytes > maxEnvelopeBytes) {
    const message = `the envelope is larger than ${maxEnvelopeBytes} bytes`
    throw new HubError('ENVELOPE_TOO_LARGE', message, { details: { maxEnvelopeBytes, sizeBytes } })
  }

  const quota = {
    maxUploads: settings.uploadsPerSystem,
    maxTotalBytes: Math.max(settings.uploadBytesPerSystem, maxEnvelopeBytes),
  }
  const { systemId } = caller
  const wanted = { systemId, sizeBytes, ...(metadata !== undefined && { metadata }) }
  const upload = await database.transaction(tx => createUpload(tx, wanted, quota, settings.uploadHours * 3_600))
  if (!('id' in upload)) {
    throw new HubError('UPLOAD_QUOTA', `${upload.count} uploads of ${upload.totalBytes} bytes are under way`, {
      details: { ...upload, ...quota },
      retryAfterSeconds: quotaRetryAfterSeconds,
    })
  }
  try {
    await blobs.uploads.create(upload.id, sizeBytes)
    return upload
  } catch (error) {
    await removeUpload(database, systemId, upload.id)
    throw error
  }
}
