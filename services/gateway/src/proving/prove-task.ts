import type { EnvelopeReading, ReadOptions } from '@docaxis/edxml'
import type { SealIntegrity } from '@docaxis/signature'

/** One packet to be proved: everything that needs no database. */
export interface ProveTask {
  /** The bytes, or the file that holds them. */
  readonly packet: { readonly bytes: Uint8Array } | { readonly path: string }
  readonly options: ReadOptions
  /** Where decoded files go that are too large for memory. */
  readonly spoolFolder: string
}

/** What a packet says, and whether its signature computes. Plain data. */
export interface PacketProof {
  readonly reading: Omit<EnvelopeReading, 'signature'>
  /** Absent when the packet could not be read as XML. */
  readonly integrity?: SealIntegrity
  /** Decoded documents in the spool folder, to be kept or removed. */
  readonly files: readonly SpooledDocument[]
}

/** A packet that could not be looked at, by a fault of ours, does not harm those beside it. */
export type ProveAnswer = PacketProof | ProveFailure

export interface ProveFailure {
  readonly failure: string
  /** The file system refused: the same packet may be sent again. */
  readonly isStorage: boolean
}

export interface SpooledDocument {
  readonly name: string
  readonly sha256: string
}
