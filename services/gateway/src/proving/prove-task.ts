import type { DecodedDocument, PacketToRead } from '@docaxis/attachments/documents'
import type { EnvelopeReading } from '@docaxis/edxml'
import type { SealIntegrity } from '@docaxis/signature'

/** One packet to be proved: everything that needs no database. */
export type ProveTask = PacketToRead

/** What a packet says, and whether its signature computes. Plain data. */
export interface PacketProof {
  readonly reading: Omit<EnvelopeReading, 'signature'>
  /** Absent when the packet could not be read as XML. */
  readonly integrity?: SealIntegrity
  /** Decoded documents: those in the spool folder are to be kept or removed. */
  readonly documents: readonly DecodedDocument[]
}

/** A packet that could not be looked at, by a fault of ours, does not harm those beside it. */
export type ProveAnswer = PacketProof | ProveFailure

export interface ProveFailure {
  readonly failure: string
  /** The file system refused: the same packet may be sent again. */
  readonly isStorage: boolean
}
