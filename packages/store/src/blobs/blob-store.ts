import type { Readable, Writable } from 'node:stream'
import type { UploadFiles } from './upload-files.ts'

/** A file being received, on the same file system as the blobs. Not a blob until it is kept. */
export interface Spool {
  readonly path: string
  readonly stream: Writable
}

/** Content-addressed bytes. `sha256` is 64 lower-case hex digits. */
export interface BlobStore {
  createSpool(): Promise<Spool>
  /**
   * Makes the spooled bytes durable under their hash: file fsynced, renamed anew even where the blob exists, folder
   * fsynced. The caller holds the advisory lock on the hash (`lockBlob`) until its transaction commits.
   */
  keep(spool: Spool, sha256: string): Promise<void>
  /** Same promise for bytes in memory. */
  put(bytes: Uint8Array, sha256: string): Promise<void>
  discard(spool: Spool): Promise<void>
  /** Where spools lie: another thread may make files there. What is left of them goes when a folder is opened a day later. */
  readonly spoolFolder: string
  /**
   * Keeps a file of the spool folder under its hash. Nothing names it: it is a cache of what an envelope holds, and goes
   * with the next collection of garbage.
   *
   * @param name of the file in the spool folder
   */
  keepDecoded(name: string, sha256: string): Promise<void>
  /** @param name of a file in the spool folder; it may be gone already */
  removeSpooled(name: string): Promise<void>
  /**
   * Streams the bytes unverified; `scrub` finds what went bad on disk.
   *
   * @param range byte positions, both inclusive, within the blob
   * @throws HubError `STORAGE_UNAVAILABLE` when the blob is missing or unreadable
   */
  open(sha256: string, range?: { readonly start: number; readonly end: number }): Promise<Readable>
  /** When it was written; undefined when the blob is not there. */
  keptAt(sha256: string): Promise<Date | undefined>
  /** The whole blob, proved against its hash. @throws HubError `STORAGE_UNAVAILABLE`, also when bytes have changed */
  read(sha256: string): Promise<Buffer>
  /** What is still being uploaded, in parts. */
  readonly uploads: UploadFiles
  /** Resolves when a probe file could be written and fsynced. */
  probe(): Promise<void>
}
