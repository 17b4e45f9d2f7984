import type { DirectoryEntry } from './agency.ts'

/** What a receiver takes. Absent: whatever the hub takes. */
export interface ReceiveLimits {
  /** Of the whole packet as it travels. */
  readonly maxEnvelopeBytes?: number
  /** Extensions without a dot, in small letters; an empty list takes no file at all. */
  readonly fileTypes?: readonly string[]
}

/** VXP kits hold the answer of getEdoc in memory, as JSON; above it only downloadEdoc is left to them. */
export const vxpKitMaxBytes = 50 * 1024 * 1024

/** What both the agency and those who fetch for it take; undefined when neither sets a limit. */
export function receiveLimits({ agency, connection }: DirectoryEntry): ReceiveLimits | undefined {
  const sizes = [agency.maxEnvelopeBytes, connection.limits?.maxEnvelopeBytes].filter(size => size !== undefined)
  const fileTypes = common(agency.fileTypes, connection.limits?.fileTypes)
  if (sizes.length === 0 && fileTypes === undefined) return undefined
  return {
    ...(sizes.length > 0 && { maxEnvelopeBytes: Math.min(...sizes) }),
    ...(fileTypes && { fileTypes }),
  }
}

function common(left: readonly string[] | undefined, right: readonly string[] | undefined) {
  if (left === undefined || right === undefined) return left ?? right
  return left.filter(type => right.includes(type))
}

/** As much of a packet as limits ask about; before an upload its size may be all that is known. */
export interface PacketMeasure {
  readonly sizeBytes?: number
  /** For each file the types it may pass for (`fileKinds` of packages/edxml), in order. */
  readonly files: readonly (readonly string[])[]
}

/** One limit that a packet is over. */
export type LimitFault =
  | { readonly code: 'R.MessageHeader.To.Size'; readonly sizeBytes: number; readonly maxBytes: number }
  | {
      readonly code: 'M.MessageHeader.To.FileType'
      /** Place of the file, from 1. */
      readonly attachment: number
      readonly found: string
      readonly fileTypes: readonly string[]
    }

/** Every limit of a receiver that a packet is over. */
export function limitFaults({ sizeBytes = 0, files }: PacketMeasure, limits: ReceiveLimits = {}): LimitFault[] {
  const { maxEnvelopeBytes: maxBytes, fileTypes } = limits
  const size =
    maxBytes !== undefined && sizeBytes > maxBytes
      ? [{ code: 'R.MessageHeader.To.Size' as const, sizeBytes, maxBytes }]
      : []
  if (fileTypes === undefined) return size
  const types = files.flatMap((kinds, index) =>
    kinds.some(kind => fileTypes.includes(kind))
      ? []
      : [{ code: 'M.MessageHeader.To.FileType' as const, attachment: index + 1, found: kinds[0] ?? '?', fileTypes }],
  )
  return [...size, ...types]
}
