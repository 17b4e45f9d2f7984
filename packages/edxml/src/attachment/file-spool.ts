import type { Readable } from 'node:stream'
import type { ByteSource } from './byte-source.ts'

/** A file outside memory. Calls are synchronous: a scan runs in a thread of its own. */
export interface SpoolFile extends ByteSource {
  /** What its maker calls it; the file that is to be kept is named to the caller by it. */
  readonly name: string
  append(bytes: Buffer): void
  /** @param end offset after the last byte */
  stream(start: number, end: number): Readable
}

/** Where decoded files go that are too large for memory. Whoever gives it removes the files that are not wanted. */
export interface FileSpool {
  create(): SpoolFile
}
