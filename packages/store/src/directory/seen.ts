import { createHash } from 'node:crypto'
import { HubError } from '@docaxis/errors'
import type { Tx } from '../database.ts'
import { directoryVersion } from './agency-list.ts'

/** What somebody had before their eyes when they decided: this file, against this state of the directory. */
export interface Seen {
  readonly sha256: string
  readonly version: number
}

/** To be called in the transaction that read, before it ends. */
export async function whatIsSeen(tx: Tx, bytes: Uint8Array): Promise<Seen> {
  return { sha256: sha256Of(bytes), version: await directoryVersion(tx) }
}

/**
 * What is done is what was seen. The directory must be locked.
 *
 * @throws HubError `STATE_CONFLICT`: the file is another one, or the directory has changed since
 */
export async function requireSeen(tx: Tx, bytes: Uint8Array, seen: Seen): Promise<void> {
  const now = await whatIsSeen(tx, bytes)
  if (now.sha256 !== seen.sha256) {
    throw new HubError('STATE_CONFLICT', 'the file is not the one that was previewed', { details: { changed: 'file' } })
  }
  if (now.version !== seen.version) {
    throw new HubError('STATE_CONFLICT', 'the directory has changed since the preview', {
      details: { changed: 'directory', seen: seen.version, now: now.version },
    })
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
