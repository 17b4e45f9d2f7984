import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { Database, Sql, Tx } from '../database.ts'
import type { BlobEntry, FileBlobs } from './blob-files.ts'
import { tryLockBlob } from './blob-lock.ts'

/** Rows or blobs looked at by one statement. */
const pageSize = 1_000
/** Below this age a blob may belong to an acceptance that has not committed yet. */
const youngestMs = 24 * 60 * 60 * 1000

export interface GarbageOptions {
  /** At least 24 hours; 24 hours unless told. */
  readonly olderThanMs?: number
  readonly now?: () => Date
}

export interface GarbageReport {
  readonly seen: number
  readonly removed: number
}

/**
 * Removes blobs that no document names: those of acceptances whose transaction did not commit. Acceptance holds the
 * same lock from before it keeps the blob until its commit, so neither sees the other half way.
 */
export async function collectGarbage(
  database: Database,
  blobs: FileBlobs,
  options: GarbageOptions = {},
): Promise<GarbageReport> {
  const { now = () => new Date() } = options
  const olderThanMs = Math.max(options.olderThanMs ?? youngestMs, youngestMs)
  const old = (at: Date) => now().getTime() - at.getTime() > olderThanMs
  let seen = 0
  let removed = 0
  let suspects: string[] = []

  async function removeSuspects(): Promise<void> {
    for (const sha256 of await unnamed(database, suspects)) {
      if (await database.transaction(tx => removeUnnamed(tx, blobs, sha256, old))) removed += 1
    }
    suspects = []
  }

  for await (const { sha256, keptAt } of blobs.entries()) {
    seen += 1
    if (old(keptAt)) suspects.push(sha256)
    if (suspects.length === pageSize) await removeSuspects()
  }
  await removeSuspects()
  return { seen, removed }
}

/** A first look, many at a time: nearly every blob is named by a document. */
async function unnamed(sql: Sql, suspects: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query<{ sha256: string }>(
    `select suspect.sha256
       from unnest($1::text[]) as suspect(sha256)
      where not exists (select from document where document.sha256 = decode(suspect.sha256, 'hex'))`,
    [suspects],
  )
  return rows.map(row => row.sha256)
}

async function removeUnnamed(tx: Tx, blobs: FileBlobs, sha256: string, old: (at: Date) => boolean): Promise<boolean> {
  if (!(await tryLockBlob(tx, sha256))) return false
  const { rowCount } = await tx.query("select from document where sha256 = decode($1, 'hex') limit 1", [sha256])
  // Looked at again under the lock: an acceptance may have kept it anew meanwhile.
  const keptAt = await blobs.keptAt(sha256)
  if (rowCount !== 0 || keptAt === undefined || !old(keptAt)) return false
  await blobs.remove(sha256)
  return true
}

export interface BlobFault {
  readonly sha256: string
  readonly fault: 'missing' | 'changed' | 'unreadable'
}

/** Reads every blob and every document's blob, and names each that is not what its hash says. */
export async function* scrub(database: Database, blobs: FileBlobs): AsyncIterable<BlobFault> {
  for await (const entry of blobs.entries()) {
    const fault = await faultOf(blobs, entry)
    if (fault !== undefined) yield { sha256: entry.sha256, fault }
  }
  yield* missingBlobs(database, blobs)
}

async function faultOf(blobs: FileBlobs, { sha256 }: BlobEntry): Promise<BlobFault['fault'] | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(await blobs.open(sha256), hash)
  } catch {
    return 'unreadable'
  }
  return hash.digest('hex') === sha256 ? undefined : 'changed'
}

async function* missingBlobs(database: Database, blobs: FileBlobs): AsyncIterable<BlobFault> {
  let after: Uint8Array = new Uint8Array()
  for (;;) {
    const { rows } = await database.query<{ sha256: Buffer }>(
      'select distinct sha256 from document where sha256 > $1 order by sha256 limit $2',
      [after, pageSize],
    )
    for (const row of rows) {
      after = row.sha256
      const sha256 = row.sha256.toString('hex')
      if ((await blobs.keptAt(sha256)) === undefined) yield { sha256, fault: 'missing' }
    }
    if (rows.length < pageSize) return
  }
}
