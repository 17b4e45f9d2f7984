import type { Finding, VerdictWord } from '@docaxis/errors'
import type { DocumentVerdict } from '@docaxis/signature'

export type Profile = 'edxml' | 'generic'

/** What is asked about one file; names are paths as they can be opened. */
export interface VerifyRequest {
  readonly file: string
  /** Absent: as the document element says. */
  readonly profile?: Profile
  readonly certificates?: readonly string[]
  readonly anchors?: readonly string[]
  readonly crls?: readonly string[]
  readonly at: Date
  /** Whether the answer tells the SHA-256 of the file: for a large one that is as much work as all the rest. */
  readonly hashed: boolean
}

/** The verdict on one file. Plain JSON. */
export interface FileVerdict extends Omit<DocumentVerdict, 'verdict' | 'code' | 'codes'> {
  readonly file: string
  readonly profile: Profile
  /** SHA-256 of the bytes that were checked, lower-case hex; absent when not asked for, or not all of them were read. */
  readonly sha256?: string
  readonly verdict: VerdictWord
  readonly code: string
  /** The deciding one first; path codes of an edXML packet come after those of its signature. */
  readonly codes: readonly string[]
  /** Faults of an edXML packet itself. */
  readonly findings: readonly Finding[]
}
