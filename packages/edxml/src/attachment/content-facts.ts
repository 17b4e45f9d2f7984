import { hash } from 'node:crypto'
import { constants, crc32, inflateRawSync } from 'node:zlib'
import type { EnvelopeLimits } from '../reading.ts'
import type { ByteSource } from './byte-source.ts'
import type { CarriedFile } from './carried-file.ts'
import { sniffType } from './sniff.ts'
import { entryRange, startsLikeZip, type ZipEntry } from './zip-directory.ts'
import { onlyEntry, stored } from './zip-wrapper.ts'

/** What was found out about a file by looking at its bytes. */
export interface FileFacts {
  readonly sha256: string
  readonly sizeBytes: number
  /** It was read as text before it was encoded. */
  readonly damaged: boolean
  readonly sniffedType: string | undefined
}

export interface ContentFacts {
  readonly carried: FileFacts
  /** `broken`: begins like a ZIP and has no sound directory. Absent: no ZIP with one entry. */
  readonly wrapped?: 'broken' | WrappedFile
}

export interface WrappedFile {
  readonly entry: ZipEntry
  readonly content: FileFacts | 'broken' | 'too-large'
}

export type UnwrapLimits = Pick<EnvelopeLimits, 'maxFileBytes' | 'maxRatio'>

const damagedPrefixBytes = 1024
/** U+FFFD, which a text decoder puts for every byte that it could not read. */
const replacementCharacter = Buffer.from([0xef, 0xbf, 0xbd])

export function factsOf(source: ByteSource, sha256: string): FileFacts {
  return { sha256, sizeBytes: source.length, damaged: isDamaged(source), sniffedType: sniffType(source) }
}

/**
 * Looks at a file in memory, and into the one-entry ZIP that it may be (edXML 7.3, 7.4).
 *
 * @param isWanted whether the entry makes it a wrapper; only then it is inflated
 * @param remainingBytes what the packet may still unwrap
 */
export function examine(
  { sha256, source }: CarriedFile,
  limits: UnwrapLimits,
  remainingBytes: number,
  isWanted: (entry: ZipEntry) => boolean,
): ContentFacts {
  const carried = factsOf(source, sha256)
  const entry = startsLikeZip(source) && !carried.damaged ? onlyEntry(source) : undefined
  if (entry === 'broken') return { carried, wrapped: 'broken' }
  if (entry === undefined || !isWanted(entry)) return { carried }
  if (isTooLarge(entry, limits, remainingBytes)) return { carried, wrapped: { entry, content: 'too-large' } }
  const content = entryContent(source, entry)
  return {
    carried,
    wrapped: { entry, content: content === undefined ? 'broken' : factsOf(content, hash('sha256', content)) },
  }
}

/** Sizes are those of the central directory: the kit's local headers hold zeros. */
export function isTooLarge(entry: ZipEntry, { maxFileBytes, maxRatio }: UnwrapLimits, remainingBytes: number): boolean {
  return entry.sizeBytes > Math.min(maxFileBytes, remainingBytes) || entry.sizeBytes > entry.compressedBytes * maxRatio
}

/** Undefined when the entry is cut off, does not inflate to its stated size, or fails its CRC. */
function entryContent(source: ByteSource, entry: ZipEntry): Buffer | undefined {
  const range = entryRange(source, entry)
  if (range === undefined) return undefined
  const content = expanded(source.subarray(range.start, range.end), entry)
  return content?.length === entry.sizeBytes && crc32(content) === entry.crc ? content : undefined
}

function expanded(data: Buffer, { method, sizeBytes }: ZipEntry): Buffer | undefined {
  if (method === stored) return data
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(sizeBytes, 1), finishFlush: constants.Z_FINISH })
  } catch {
    return undefined
  }
}

/** A PDF or ZIP that was read as text before it was encoded: it holds U+FFFD where bytes were (edXML 7.7). */
function isDamaged(source: ByteSource): boolean {
  const head = source.subarray(0, Math.min(source.length, damagedPrefixBytes))
  if (!startsLikeZip(source) && head.toString('latin1', 0, 4) !== '%PDF') return false
  const first = head.indexOf(replacementCharacter)
  return first !== -1 && head.indexOf(replacementCharacter, first + replacementCharacter.length) !== -1
}
