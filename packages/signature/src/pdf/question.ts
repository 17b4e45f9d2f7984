import type { RevocationMode, Trust } from '@docaxis/pki'
import type { PdfProfile } from './changes/types.ts'

export interface PdfQuestion {
  /** Present: signers and time stamps must lead to its anchors. Absent: integrity alone is judged, and said so. */
  readonly trust?: Trust
  /** The judged time of what no time stamp proves. */
  readonly at: Date
  readonly profile: PdfProfile
  /** Default: `required`. */
  readonly revocation?: RevocationMode
}
