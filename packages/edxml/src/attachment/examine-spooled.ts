import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { type ContentFacts, factsOf, isTooLarge, type UnwrapLimits, type WrappedFile } from './content-facts.ts'
import type { FileSpool, SpoolFile } from './file-spool.ts'
import { entryRange, startsLikeZip, type ZipEntry } from './zip-directory.ts'
import { onlyEntry, stored } from './zip-wrapper.ts'

/** Inflated at once: each piece is a turn of the event loop. */
const inflatedBytes = 256 * 1024

export interface SpooledFacts {
  readonly facts: ContentFacts
  /** What it was unwrapped to. */
  readonly content?: SpoolFile
}

/**
 * Looks at a file outside memory, and unwraps it when it is a ZIP with one entry. Whether that makes it a wrapper is
 * decided when its name is known.
 *
 * @param remainingBytes what the packet may still unwrap
 */
export async function examineSpooled(
  file: SpoolFile,
  sha256: string,
  spool: FileSpool,
  limits: UnwrapLimits,
  remainingBytes: number,
): Promise<SpooledFacts> {
  const carried = factsOf(file, sha256)
  const entry = startsLikeZip(file) && !carried.damaged ? onlyEntry(file) : undefined
  if (entry === undefined) return { facts: { carried } }
  if (entry === 'broken') return { facts: { carried, wrapped: 'broken' } }
  if (isTooLarge(entry, limits, remainingBytes)) return { facts: { carried, wrapped: { entry, content: 'too-large' } } }
  const content = spool.create()
  const found = await unwrap(file, entry, content)
  return { facts: { carried, wrapped: { entry, content: found } }, content }
}

async function unwrap(file: SpoolFile, entry: ZipEntry, target: SpoolFile): Promise<WrappedFile['content']> {
  const range = entryRange(file, entry)
  if (range === undefined) return 'broken'
  const hash = createHash('sha256')
  let crc = 0
  const collect = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      if (target.length + chunk.length > entry.sizeBytes) throw new Error('longer than its directory says')
      hash.update(chunk)
      crc = crc32(chunk, crc)
      target.append(chunk)
    }
  }
  const data = file.stream(range.start, range.end)
  try {
    await (entry.method === stored
      ? pipeline(data, collect)
      : pipeline(data, createInflateRaw({ chunkSize: inflatedBytes }), collect))
  } catch (error) {
    // A disk that refuses says nothing about the file.
    if (error instanceof Error && 'syscall' in error) throw error
    return 'broken'
  }
  if (target.length !== entry.sizeBytes || crc !== entry.crc) return 'broken'
  return factsOf(target, hash.digest('hex'))
}
