import type { AlgorithmEnds, Certificate, Crl } from '@docaxis/pki'

export interface DocumentQuestion {
  /** Keys that count, and none else; KeyInfo says nothing then. Absent: the first certificate of KeyInfo. */
  readonly certificates?: readonly Certificate[]
  /** Present: the signer's certificate must lead to one of them. */
  readonly anchors?: readonly Certificate[]
  /** Revocation lists for the path; without them it stays INDETERMINATE. */
  readonly crls?: readonly Crl[]
  /** The judged time. */
  readonly at: Date
  /** How long each algorithm counts (V21), where anchors are given; absent: as the project itself says. */
  readonly algorithmEnds?: AlgorithmEnds
}
