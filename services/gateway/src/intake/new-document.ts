import type { Envelope } from '@docaxis/edxml'
import { type NewDocument, newHubId, type ReplyLinkRow, receiptId } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import { type Proof, warningsOf } from './proof.ts'
import type { ReceivedBody } from './receive-body.ts'
import { policyFor } from './seal-rules.ts'

/** A row to be written, with its envelope still in the types of packages/edxml. */
export interface PacketToStore extends NewDocument {
  readonly envelope: Envelope
  readonly replies: readonly ReplyLinkRow[]
}

/** The row of a packet whose proof holds. */
export function newDocument(
  caller: Caller,
  proof: Proof,
  body: Pick<ReceivedBody, 'sha256' | 'sizeBytes'>,
  traceparent?: string,
): PacketToStore {
  const { envelope, sender } = proof
  if (!envelope || sender === undefined) throw new Error('a packet without envelope or sender was let through')
  const id = newHubId()
  return {
    id,
    kind: envelope.kind,
    systemId: caller.systemId,
    sender,
    senderWritten: envelope.sender.agencyCode,
    documentId: envelope.documentId,
    action: envelope.kind === 'status' ? 'status' : envelope.action,
    sha256: body.sha256,
    sizeBytes: body.sizeBytes,
    headerDigest: proof.sameness?.headerDigest ?? '',
    attachmentsDigest: proof.sameness?.attachmentsDigest ?? '',
    ...listColumns(envelope),
    envelope,
    verdict: proof.seal,
    warnings: warningsOf(proof.findings),
    profile: caller.profile,
    signaturePolicy: policyFor(caller, envelope),
    ...(traceparent !== undefined && { traceparent }),
    receivers: proof.receivers,
    effects: proof.effects,
    replies: proof.replies,
    checks: proof.attachments.checks,
    evidence: [...proof.evidence, ...proof.attachments.evidence],
    // Receipts and statuses never beget receipts.
    ...(envelope.kind === 'document' && { receiptId: receiptId('acceptance', id) }),
  }
}

type ListColumns = Pick<
  NewDocument,
  'priority' | 'subject' | 'codeNumber' | 'codeNotation' | 'typeName' | 'issuedOn' | 'dueOn'
>

/** What lists show without opening the envelope. */
function listColumns(envelope: Envelope): ListColumns {
  if (envelope.kind === 'status') {
    const { code, issuedOn } = envelope
    return { priority: 0, ...(code !== undefined && { codeNumber: code }), ...(issuedOn !== undefined && { issuedOn }) }
  }
  const { priority, subject, code, documentType, issuedOn, dueOn } = envelope
  return {
    priority,
    ...(subject !== undefined && { subject }),
    ...(code?.number !== undefined && { codeNumber: code.number }),
    ...(code?.notation !== undefined && { codeNotation: code.notation }),
    ...(documentType?.name !== undefined && { typeName: documentType.name }),
    ...(issuedOn !== undefined && { issuedOn }),
    ...(dueOn !== undefined && { dueOn }),
  }
}
