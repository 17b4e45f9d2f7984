import type { Finding, ProblemCode } from '@docaxis/errors'
import type { NewAttachmentCheck, NewEvidence } from '@docaxis/store'

/** What is known of a packet's attachments before it is accepted, and what is still to be found out. */
export interface AttachmentProof {
  readonly findings: readonly Finding[]
  /** Rows to be written with the packet. */
  readonly checks: readonly NewAttachmentCheck[]
  /** What their verdicts rest on. */
  readonly evidence: readonly NewEvidence[]
  /** Policy asks for an answer that cannot be had now; the same packet may be sent again. */
  readonly unproven?: Extract<ProblemCode, 'ATTACHMENT_UNPROVEN' | 'MALWARE_UNCHECKED'>
}

export const nothingAsked: AttachmentProof = { findings: [], checks: [], evidence: [] }

/** All of them together; the first thing that cannot be proved now is the one that is told. */
export function joinProofs(proofs: readonly AttachmentProof[]): AttachmentProof {
  const unproven = proofs.find(proof => proof.unproven)?.unproven
  return {
    findings: proofs.flatMap(proof => proof.findings),
    checks: proofs.flatMap(proof => proof.checks),
    evidence: proofs.flatMap(proof => proof.evidence),
    ...(unproven && { unproven }),
  }
}

/** Where an attachment stands in the packet, for findings. */
export function attachmentPath(position: number): string {
  return `AttachmentEncoded/Attachment[${position + 1}]`
}
