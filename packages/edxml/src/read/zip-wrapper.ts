import { constants, crc32, inflateRawSync } from 'node:zlib'
import type { EnvelopeLimits } from '../reading.ts'

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const endRecordBytes = 22
const centralHeaderBytes = 46
const localHeaderBytes = 30
const maxCommentBytes = 0xffff
const stored = 0
const deflated = 8
const encryptedFlag = 1
const uuidName = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[^./\\]+$/i

export interface ZipEntry {
  readonly name: string
  readonly encrypted: boolean
  readonly method: number
  readonly crc: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly localOffset: number
}

export type Unwrapped =
  | { readonly kind: 'content'; readonly content: Buffer; readonly entryName: string }
  /** Not a wrapper: the carried bytes are the document itself. */
  | { readonly kind: 'document' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'too-large' }

/** Whether the bytes begin like a ZIP with an entry. */
export function startsLikeZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === localSignature
}

/**
 * Takes the document out of the one-entry ZIP that the kits put around each file (edXML 7.3, 7.4). Sizes are read from
 * the central directory: the kit's local headers hold zeros. Entry names are never used as paths.
 *
 * @param remainingBytes what the packet may still unwrap
 */
export function unwrapZip(
  bytes: Buffer,
  attachmentName: string | undefined,
  limits: EnvelopeLimits,
  remainingBytes: number,
): Unwrapped {
  if (!startsLikeZip(bytes)) return { kind: 'document' }
  const entries = zipEntries(bytes)
  if (entries === undefined) return { kind: 'broken' }
  const [entry] = entries
  if (entries.length !== 1 || entry === undefined || !isWrapper(entry, attachmentName)) return { kind: 'document' }
  const max = Math.min(limits.maxFileBytes, remainingBytes)
  if (entry.sizeBytes > max || entry.sizeBytes > entry.compressedBytes * limits.maxRatio) return { kind: 'too-large' }
  const content = entryContent(bytes, entry)
  return content === undefined ? { kind: 'broken' } : { kind: 'content', content, entryName: entry.name }
}

/** Extension without the dot, lower case; empty when the name has none. */
export function extensionOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

function isWrapper(entry: ZipEntry, attachmentName = ''): boolean {
  if (entry.encrypted || entry.name.endsWith('/')) return false
  if (entry.method !== stored && entry.method !== deflated) return false
  if (uuidName.test(entry.name)) return true
  const extension = extensionOf(attachmentName)
  return extension !== '' && extension !== 'zip' && extension === extensionOf(entry.name)
}

/** Entries of the central directory; undefined when there is no sound one. */
export function zipEntries(bytes: Buffer): ZipEntry[] | undefined {
  const end = endRecordOffset(bytes)
  if (end === undefined) return undefined
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index += 1) {
    if (at + centralHeaderBytes > end || bytes.readUInt32LE(at) !== centralSignature) return undefined
    const nameBytes = bytes.readUInt16LE(at + 28)
    entries.push({
      name: bytes.toString('utf8', at + centralHeaderBytes, at + centralHeaderBytes + nameBytes),
      encrypted: (bytes.readUInt16LE(at + 8) & encryptedFlag) !== 0,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      compressedBytes: bytes.readUInt32LE(at + 20),
      sizeBytes: bytes.readUInt32LE(at + 24),
      localOffset: bytes.readUInt32LE(at + 42),
    })
    at += centralHeaderBytes + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

/** The record lies at the end, before a comment of the length that it states. */
function endRecordOffset(bytes: Buffer): number | undefined {
  const lowest = Math.max(0, bytes.length - endRecordBytes - maxCommentBytes)
  for (let at = bytes.length - endRecordBytes; at >= lowest; at -= 1) {
    const found = bytes.readUInt32LE(at) === endSignature
    if (found && at + endRecordBytes + bytes.readUInt16LE(at + 20) === bytes.length) return at
  }
  return undefined
}

/** Undefined when the entry is cut off, does not inflate to its stated size, or fails its CRC. */
function entryContent(bytes: Buffer, entry: ZipEntry): Buffer | undefined {
  const { localOffset, compressedBytes, sizeBytes } = entry
  if (localOffset + localHeaderBytes > bytes.length) return undefined
  if (bytes.readUInt32LE(localOffset) !== localSignature) return undefined
  const nameAndExtra = bytes.readUInt16LE(localOffset + 26) + bytes.readUInt16LE(localOffset + 28)
  const start = localOffset + localHeaderBytes + nameAndExtra
  if (start + compressedBytes > bytes.length) return undefined
  const content = expanded(bytes.subarray(start, start + compressedBytes), entry)
  return content?.length === sizeBytes && crc32(content) === entry.crc ? content : undefined
}

function expanded(data: Buffer, { method, sizeBytes }: ZipEntry): Buffer | undefined {
  if (method === stored) return data
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(sizeBytes, 1), finishFlush: constants.Z_FINISH })
  } catch {
    return undefined
  }
}
