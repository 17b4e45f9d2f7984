import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { HubError } from '@docaxis/errors'
import type { BlobStore } from '@docaxis/store'

/** A download in ranges does not read gigabytes again for each. */
const checkHoldsMs = 10 * 60_000
const mostRemembered = 1_000

interface Check {
  /** When the file was written. Every way to change it but a failing disk changes this too. */
  readonly keptAt: number
  readonly until: number
}

const remembered = new WeakMap<BlobStore, Map<string, Check>>()

/**
 * Reads a blob whole against its hash, unless this process found it right a moment ago and nobody has written to it since.
 *
 * @throws HubError `STORAGE_UNAVAILABLE`: it is missing or damaged
 */
export async function checkBlob(blobs: BlobStore, sha256: string): Promise<void> {
  const checks = remembered.get(blobs) ?? new Map<string, Check>()
  remembered.set(blobs, checks)
  const keptAt = (await blobs.keptAt(sha256))?.getTime() ?? 0
  const known = checks.get(sha256)
  if (known?.keptAt === keptAt && performance.now() < known.until) return

  checks.delete(sha256)
  const found = await hashStream(await blobs.open(sha256))
  if (found !== Buffer.from(sha256, 'hex').toString('base64')) {
    throw new HubError('STORAGE_UNAVAILABLE', `blob ${sha256} has changed on disk`, { details: { sha256 } })
  }
  checks.set(sha256, { keptAt, until: performance.now() + checkHoldsMs })
  const [oldest] = checks.keys()
  if (checks.size > mostRemembered && oldest !== undefined) checks.delete(oldest)
}

/** SHA-256, Base64. */
export async function hashStream(stream: Readable): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk)
  return hash.digest('base64')
}
