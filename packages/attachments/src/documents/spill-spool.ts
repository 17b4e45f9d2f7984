import { Readable } from 'node:stream'
import type { FileSpool, SpoolFile } from '@docaxis/edxml'
import { type DiskSpool, openDiskSpool } from './disk-spool.ts'

/** Files up to here stay in memory: to decode them again from the envelope is cheaper than to keep them. */
const inMemoryBytes = 256 * 1024

/** A decoded file: in memory, or named in the spool folder. */
export type SpilledFile = { readonly bytes: Uint8Array } | { readonly name: string }

export interface SpillSpool extends FileSpool {
  /** Where the bytes of a file that this spool made are. */
  placeOf(file: SpoolFile): SpilledFile
  /** Closes all files, and removes those that are not named. */
  close(keep: ReadonlySet<string>): void
}

/** Files that stay in memory while they are small and go to a folder when they are not. */
export function openSpillSpool(folder: string): SpillSpool {
  const disk = openDiskSpool(folder)
  const files = new Map<SpoolFile, SpillFile>()
  return {
    create: () => {
      const file = new SpillFile(disk)
      files.set(file, file)
      return file
    },
    placeOf: file => {
      const known = files.get(file)
      if (!known) throw new TypeError('a file of another spool')
      return known.place
    },
    close: keep => disk.close(keep),
  }
}

class SpillFile implements SpoolFile {
  readonly #disk: DiskSpool
  #parts: Buffer[] = []
  #length = 0
  #spilled: SpoolFile | undefined

  constructor(disk: DiskSpool) {
    this.#disk = disk
  }

  get name(): string {
    return this.#spilled?.name ?? ''
  }

  get length(): number {
    return this.#length
  }

  get place(): SpilledFile {
    return this.#spilled ? { name: this.#spilled.name } : { bytes: this.#whole() }
  }

  append(bytes: Buffer): void {
    this.#length += bytes.length
    if (this.#spilled === undefined && this.#length > inMemoryBytes) {
      this.#spilled = this.#disk.create()
      for (const part of this.#parts) this.#spilled.append(part)
      this.#parts = []
    }
    if (this.#spilled) this.#spilled.append(bytes)
    else this.#parts.push(Buffer.from(bytes))
  }

  subarray(from: number, to: number): Buffer {
    return this.#spilled?.subarray(from, to) ?? this.#whole().subarray(from, to)
  }

  stream(start: number, end: number): Readable {
    return this.#spilled?.stream(start, end) ?? Readable.from([this.#whole().subarray(start, end)])
  }

  #whole(): Buffer {
    const [first = Buffer.alloc(0)] = this.#parts
    if (this.#parts.length <= 1) return first
    const whole = Buffer.concat(this.#parts)
    this.#parts = [whole]
    return whole
  }
}
