import type { PathResult, RevocationMode, Trust } from '@docaxis/pki'
import type { PdfProfile } from './changes/types.ts'

export interface PdfQuestion {
  /** Present: signers and time stamps must lead to its anchors. Absent: integrity alone is judged, and said so. */
  readonly trust?: Trust
  /** The judged time of what no time stamp proves. */
  readonly at: Date
  /** Why `at` cannot be trusted (V54): integrity is judged, the rest waits. */
  readonly timeFault?: string
  readonly profile: PdfProfile
  /** Default: `required`. */
  readonly revocation?: RevocationMode
  /** Told of every path that the verdict rests on, whose bytes are kept as evidence (V47). */
  readonly onPath?: (path: PathResult) => void
}
