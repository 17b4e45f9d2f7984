import { Readable } from 'node:stream'
import type { FileSpool, SpoolFile } from '../src/index.ts'

export interface MemorySpool extends FileSpool {
  readonly files: readonly SpoolFile[]
  bytesOf(file: SpoolFile): Buffer
}

/** A spool that forgets nothing, for tests. */
export function memorySpool(): MemorySpool {
  const parts = new Map<SpoolFile, Buffer[]>()
  const bytesOf = (file: SpoolFile) => Buffer.concat(parts.get(file) ?? [])
  return {
    get files() {
      return [...parts.keys()]
    },
    bytesOf,
    create: () => {
      const own: Buffer[] = []
      const file: SpoolFile = {
        name: `file-${parts.size + 1}`,
        get length() {
          return own.reduce((sum, part) => sum + part.length, 0)
        },
        subarray: (from, to) => bytesOf(file).subarray(from, to),
        append: bytes => {
          own.push(Buffer.from(bytes))
        },
        stream: (start, end) => Readable.from([bytesOf(file).subarray(start, end)]),
      }
      parts.set(file, own)
      return file
    },
  }
}
