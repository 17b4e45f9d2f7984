import { type BlobStore, type Database, knownUploads, removeExpiredUploads } from '@docaxis/store'

export interface ExpiryDeps {
  readonly database: Database
  readonly blobs: BlobStore
  readonly now: () => Date
}

/** A file of this age without a row is not one that is being opened now. */
const orphanAgeMs = 3_600_000

/**
 * Removes uploads whose time is over, and files that no upload names: those of a process that died between the two.
 *
 * @returns how many files
 */
export async function expireUploads({ database, blobs, now }: ExpiryDeps): Promise<number> {
  const expired = await removeExpiredUploads(database)
  const old = await blobs.uploads.olderThan(new Date(now().getTime() - orphanAgeMs))
  const known = await knownUploads(database, old)
  const gone = new Set([...expired, ...old.filter(id => !known.has(id))])
  for (const id of gone) await blobs.uploads.remove(id)
  return gone.size
}
