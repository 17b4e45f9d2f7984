import type { ByteSource } from './byte-source.ts'

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const endRecordBytes = 22
const centralHeaderBytes = 46
const localHeaderBytes = 30
const maxCommentBytes = 0xffff
/** Of a directory with the most entries that a ZIP can state, with names of ordinary length. */
const maxDirectoryBytes = 16 * 1024 * 1024
const encryptedFlag = 1

export interface ZipEntry {
  readonly name: string
  readonly encrypted: boolean
  readonly method: number
  readonly crc: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly localOffset: number
}

/** Whether the bytes begin like a ZIP with an entry. */
export function startsLikeZip(source: ByteSource): boolean {
  return source.length >= 4 && source.subarray(0, 4).readUInt32LE(0) === localSignature
}

/** Entries of the central directory; undefined when there is no sound one. */
export function zipEntries(source: ByteSource): ZipEntry[] | undefined {
  const end = findEndRecord(source)
  if (end === undefined || end.offset - end.directoryOffset > maxDirectoryBytes) return undefined
  if (end.directoryOffset > end.offset) return undefined
  const directory = source.subarray(end.directoryOffset, end.offset)
  const entries: ZipEntry[] = []
  let at = 0
  for (let index = 0; index < end.count; index += 1) {
    if (at + centralHeaderBytes > directory.length || directory.readUInt32LE(at) !== centralSignature) return undefined
    const nameBytes = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + centralHeaderBytes, at + centralHeaderBytes + nameBytes),
      encrypted: (directory.readUInt16LE(at + 8) & encryptedFlag) !== 0,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      compressedBytes: directory.readUInt32LE(at + 20),
      sizeBytes: directory.readUInt32LE(at + 24),
      localOffset: directory.readUInt32LE(at + 42),
    })
    at += centralHeaderBytes + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

interface EndRecord {
  readonly offset: number
  readonly count: number
  readonly directoryOffset: number
}

/** The record lies at the end, before a comment of the length that it states. */
function findEndRecord(source: ByteSource): EndRecord | undefined {
  const base = Math.max(0, source.length - endRecordBytes - maxCommentBytes)
  const tail = source.subarray(base, source.length)
  for (let at = tail.length - endRecordBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endSignature) continue
    if (at + endRecordBytes + tail.readUInt16LE(at + 20) !== tail.length) continue
    return { offset: base + at, count: tail.readUInt16LE(at + 10), directoryOffset: tail.readUInt32LE(at + 16) }
  }
  return undefined
}

/** Where the data of an entry lie, by its local header; undefined when they are cut off. */
export function entryRange(
  source: ByteSource,
  { localOffset, compressedBytes }: ZipEntry,
): { readonly start: number; readonly end: number } | undefined {
  if (localOffset + localHeaderBytes > source.length) return undefined
  const header = source.subarray(localOffset, localOffset + localHeaderBytes)
  if (header.readUInt32LE(0) !== localSignature) return undefined
  const start = localOffset + localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28)
  return start + compressedBytes > source.length ? undefined : { start, end: start + compressedBytes }
}
