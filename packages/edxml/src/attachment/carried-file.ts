import { createHash, type Hash, hash } from 'node:crypto'
import type { ByteSource } from './byte-source.ts'
import type { ContentFacts } from './content-facts.ts'
import type { FileSpool, SpoolFile } from './file-spool.ts'

/** Files up to here stay in memory: to decode them again from the envelope is cheaper than to keep them. */
export const inMemoryBytes = 256 * 1024

/** The bytes that one ContentTransferEncoded carries. */
export interface CarriedFile {
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly source: ByteSource
  /** The same source, where it is not in memory. */
  readonly spooled?: SpoolFile
  /** What was found out about it already; a file in memory is looked at when its name is known. */
  facts?: ContentFacts
}

/** Takes the decoded bytes of one file. */
export interface CarriedTarget {
  /** The bytes are overwritten afterwards. */
  write(bytes: Buffer): void
  end(): CarriedFile
}

export interface CarriedFiles {
  open(): CarriedTarget
}

/** Keeps carried files in memory, whatever their size. */
export const filesInMemory: CarriedFiles = { open: () => new GrowingTarget(undefined, Number.POSITIVE_INFINITY) }

/**
 * Keeps small carried files in memory and sends larger ones to the spool.
 *
 * @param largerThan bytes from which on a file goes to the spool; with -1 every file does
 */
export function spooledFiles(spool: FileSpool, largerThan: number = inMemoryBytes): CarriedFiles {
  return { open: () => new GrowingTarget(spool, largerThan) }
}

class GrowingTarget implements CarriedTarget {
  readonly #spool: FileSpool | undefined
  readonly #largerThan: number
  readonly #parts: Buffer[] = []
  #sizeBytes = 0
  #spooled: { readonly file: SpoolFile; readonly hash: Hash } | undefined

  constructor(spool: FileSpool | undefined, largerThan: number) {
    this.#spool = spool
    this.#largerThan = largerThan
  }

  write(bytes: Buffer): void {
    this.#sizeBytes += bytes.length
    if (this.#spooled === undefined && this.#spool !== undefined && this.#sizeBytes > this.#largerThan) {
      this.#spooled = { file: this.#spool.create(), hash: createHash('sha256') }
      for (const part of this.#parts.splice(0)) this.#append(part)
    }
    if (this.#spooled === undefined) this.#parts.push(Buffer.from(bytes))
    else this.#append(bytes)
  }

  #append(bytes: Buffer): void {
    this.#spooled?.hash.update(bytes)
    this.#spooled?.file.append(bytes)
  }

  end(): CarriedFile {
    if (this.#spooled !== undefined) {
      const { file } = this.#spooled
      return { sha256: this.#spooled.hash.digest('hex'), source: file, spooled: file }
    }
    const [only] = this.#parts
    const source = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts)
    return { sha256: hash('sha256', source), source }
  }
}
