import { hash } from 'node:crypto'
import type { ByteSource } from './byte-source.ts'
import type { ContentFacts } from './content-facts.ts'

/** The bytes that one ContentTransferEncoded carries. */
export interface CarriedFile {
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly source: ByteSource
  /** What was found out about it already; a file in memory is looked at when its name is known. */
  readonly facts?: ContentFacts
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

/** Keeps carried files in memory. */
export const filesInMemory: CarriedFiles = {
  open: () => {
    const parts: Buffer[] = []
    return {
      write: bytes => {
        parts.push(Buffer.from(bytes))
      },
      end: () => {
        const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
        return { sha256: hash('sha256', bytes), source: bytes }
      },
    }
  },
}
