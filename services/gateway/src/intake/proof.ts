import type { Envelope, EnvelopeReading } from '@docaxis/edxml'
import type { Finding } from '@docaxis/errors'
import type { SealVerdict } from '@docaxis/signature'
import type { EffectRow, NewEvidence, ReceiverRow, ReplyLinkRow } from '@docaxis/store'
import type { AttachmentProof } from './attachment-proof.ts'

/** Everything that was found out about an envelope before anything is stored. */
export interface Proof {
  /** Every fault and every warning, in the order of the checks. */
  readonly findings: readonly Finding[]
  /** No envelope of a known dialect could be read at all. */
  readonly malformed: boolean
  readonly stateSecret: boolean
  /** The signature may be proved later: revocation or time data are missing now. */
  readonly unproven: boolean
  readonly envelope?: Envelope
  readonly sameness?: EnvelopeReading['sameness']
  /** Absent where the envelope could not be read. */
  readonly seal?: SealVerdict
  /** What the seal's verdict rests on. */
  readonly evidence: readonly NewEvidence[]
  readonly attachments: AttachmentProof
  /** Directory code of the sender; absent when the directory knows none. */
  readonly sender?: string
  readonly receivers: readonly ReceiverRow[]
  readonly effects: readonly EffectRow[]
  /** What the document answers. */
  readonly replies: readonly ReplyLinkRow[]
  /** The delivery that a status message reports on; null while the hub knows none. */
  readonly reportOn: string | null
}

/** Everything at once, and yet an answer that people can read (edXML 11). */
const mostFindings = 50

/** At most 50, in the order of the checks. */
export function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(finding => finding.severity === 'error').slice(0, mostFindings)
}

/** At most 50, in the order of the checks. */
export function warningsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(finding => finding.severity === 'warning').slice(0, mostFindings)
}
