import { type Finding, HubError } from '@docaxis/errors'
import { createUpload, removeUpload, type Upload } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { judgeReceivers } from '../intake/judge-receivers.ts'
import { errorsOf, warningsOf } from '../intake/proof.ts'
import { parseMetadata } from './tus-headers.ts'

export interface UploadWish {
  readonly sizeBytes: number
  /** Upload-Metadata as the client wrote it. */
  readonly metadata?: string
}

/** An upload that is finished or given up makes room; how soon nobody knows. */
const quotaRetryAfterSeconds = 60

export interface OpenedUpload {
  readonly upload: Upload
  /** What the sender should know of the receivers that it named. */
  readonly warnings: readonly Finding[]
}

/**
 * Opens an upload of a known size, before a byte of it is sent.
 *
 * @throws HubError `ENVELOPE_TOO_LARGE`; `ENVELOPE_REFUSED`: what a named receiver has against it; `UPLOAD_QUOTA`;
 *   `STORAGE_UNAVAILABLE`: the disk has no room for it
 */
export async function openUpload(gateway: Gateway, caller: Caller, wish: UploadWish): Promise<OpenedUpload> {
  const { database, blobs, settings } = gateway
  const { maxEnvelopeBytes } = settings
  const { sizeBytes, metadata } = wish
  if (sizeBytes > maxEnvelopeBytes) {
    const message = `the envelope is larger than ${maxEnvelopeBytes} bytes`
    throw new HubError('ENVELOPE_TOO_LARGE', message, { details: { maxEnvelopeBytes, sizeBytes } })
  }

  const named = metadata === undefined ? undefined : parseMetadata(metadata).get('receivers')
  const findings = named === undefined ? [] : await receiverFindings(gateway, caller, named.split(','), sizeBytes)
  const errors = errorsOf(findings)
  if (errors.length > 0) {
    const codes = [...new Set(errors.map(({ code }) => code))]
    throw new HubError('ENVELOPE_REFUSED', `would be refused for ${codes.join(', ')}`, { findings: errors })
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
    return { upload, warnings: warningsOf(findings) }
  } catch (error) {
    await removeUpload(database, systemId, upload.id)
    throw error
  }
}

/** What intake would say of the receivers, with the size that is all there is to know of the packet. */
async function receiverFindings(
  { database, accept, now }: Gateway,
  caller: Caller,
  codes: readonly string[],
  sizeBytes: number,
): Promise<readonly Finding[]> {
  const receivers = codes.map(code => ({ agencyCode: code.trim() }))
  const directory = await accept.lookups.agencies(receivers.map(({ agencyCode }) => agencyCode))
  const packet = { kind: 'document', receivers, sizeBytes, files: [] } as const
  const { findings } = await judgeReceivers(database, caller, packet, now(), code => directory.get(code))
  return findings
}
