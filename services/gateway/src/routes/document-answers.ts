import type { Finding } from '@docaxis/errors'
import type { Acceptance, BusinessReport, Delivery, DocumentHeader, ReceiverRow, StoredReceipt } from '@docaxis/store'
import { type Static, Type } from 'typebox'
import { type DeadlineBody, deadlineAnswer } from '../deadlines/deadline-answers.ts'
import { change, changeBody, effectBody, effectOutcome } from './life-answers.ts'
import { finding, hubId, level, nullableText, nullableTime, packetKind, sha256, time, verdict } from './schemas.ts'

// What the document calls answer, and how rows become it.

export const acceptanceAnswer = Type.Object({
  id: hubId,
  documentId: Type.String({ description: "The sender's edXML DocumentId" }),
  sha256,
  sizeBytes: Type.Integer(),
  acceptedAt: time,
  verdict,
  receiptUrl: Type.Optional(Type.String({ description: 'Absent for status messages, which beget no receipts' })),
  warnings: Type.Array(finding),
  effects: Type.Optional(Type.Array(effectOutcome, { description: 'What it came to for earlier documents' })),
})

export function acceptanceBody(acceptance: Acceptance): Static<typeof acceptanceAnswer> {
  const { id, documentId, sha256: digest, sizeBytes, acceptedAt, warnings, receiptId } = acceptance
  return {
    id,
    documentId,
    sha256: digest,
    sizeBytes,
    acceptedAt: acceptedAt.toISOString(),
    verdict: acceptance.verdict as Static<typeof verdict>,
    ...(receiptId !== null && { receiptUrl: `/api/v1/receipts/${receiptId}` }),
    warnings: warnings.map(inStableOrder),
    ...(acceptance.effects.length > 0 && { effects: acceptance.effects.map(effectBody) }),
  }
}

/** PostgreSQL orders the members of a stored object its own way; a repeat is answered byte for byte as at first. */
function inStableOrder(warning: Finding): Finding {
  if (!warning.details) return warning
  const members = Object.entries(warning.details).sort(([left], [right]) => (left < right ? -1 : 1))
  return { ...warning, details: Object.fromEntries(members) }
}

export const documentSummary = Type.Object({
  id: hubId,
  kind: packetKind,
  sender: Type.String(),
  senderName: nullableText,
  documentId: Type.String(),
  action: Type.String(),
  code: Type.Union([Type.Object({ number: nullableText, notation: nullableText }), Type.Null()]),
  typeName: nullableText,
  subject: nullableText,
  priority: Type.Integer(),
  issuedOn: nullableText,
  dueOn: nullableText,
  sha256,
  sizeBytes: Type.Integer(),
  acceptedAt: time,
  extends: nullableText,
})

export function summaryBody(document: DocumentHeader): Static<typeof documentSummary> {
  const { codeNumber, codeNotation } = document
  return {
    id: document.id,
    kind: document.kind,
    sender: document.sender,
    senderName: document.senderName,
    documentId: document.documentId,
    action: document.action,
    code: codeNumber === null && codeNotation === null ? null : { number: codeNumber, notation: codeNotation },
    typeName: document.typeName,
    subject: document.subject,
    priority: document.priority,
    issuedOn: document.issuedOn,
    dueOn: document.dueOn,
    sha256: document.sha256,
    sizeBytes: document.sizeBytes,
    acceptedAt: document.acceptedAt.toISOString(),
    extends: document.extends,
  }
}

const report = Type.Object({
  code: Type.String(),
  readAs: nullableText,
  reporter: Type.String(),
  reason: nullableText,
  staff: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  via: Type.String(),
  reportedAt: nullableTime,
  receivedAt: time,
  flagged: Type.Boolean(),
  statusId: nullableText,
})

function reportBody(row: BusinessReport): Static<typeof report> {
  const { code, readAs, reporter, reason, via, flagged, statusId } = row
  return {
    code,
    readAs,
    reporter,
    reason,
    staff: row.staff && { ...row.staff },
    via,
    reportedAt: iso(row.reportedAt),
    receivedAt: row.receivedAt.toISOString(),
    flagged,
    statusId,
  }
}

export const deliveryTrack = Type.Object({
  id: Type.Union([hubId, Type.Null()], { description: 'Null until routed, and where nothing can be delivered' }),
  receiver: Type.String(),
  receiverWritten: Type.String(),
  name: nullableText,
  level: Type.Union([level, Type.Null()]),
  transport: Type.String(),
  fault: nullableText,
  attempts: Type.Integer(),
  business: nullableText,
  businessAt: nullableTime,
  change: Type.Union([change, Type.Null()]),
  replacedBy: nullableText,
  history: Type.Array(report),
  routedAt: nullableTime,
  availableAt: nullableTime,
  fetchedAt: nullableTime,
  closedAt: nullableTime,
  reason: nullableText,
  late: Type.Boolean({ description: 'Receipt was not told the same working day, or the due date was not kept' }),
  deadlines: Type.Array(deadlineAnswer, { description: 'Empty until it is in the mailbox' }),
})

/** One line per receiver of the envelope, whether or not it is routed yet. */
export function trackBodies(
  receivers: readonly ReceiverRow[],
  deliveries: readonly Delivery[],
  reports: readonly BusinessReport[],
  deadlines: readonly DeadlineBody[],
): Static<typeof deliveryTrack>[] {
  const byReceiver = new Map(deliveries.map(delivery => [delivery.resolved, delivery]))
  const reportsOn = Map.groupBy(reports, ({ deliveryId }) => deliveryId)
  const deadlinesOf = Map.groupBy(deadlines, ({ deliveryId }) => deliveryId)
  return receivers.map(receiver => {
    const delivery = receiver.fault === undefined ? byReceiver.get(receiver.resolved ?? '') : undefined
    const owed = deadlinesOf.get(delivery?.id ?? '') ?? []
    return {
      id: delivery?.id ?? null,
      receiver: delivery?.receiver ?? receiver.resolved ?? receiver.written,
      receiverWritten: receiver.written,
      // The name as of acceptance is not that of a successor.
      name: isMoved(delivery) ? null : (receiver.name ?? null),
      level: (delivery?.level ?? receiver.level ?? null) as Static<typeof level> | null,
      transport: delivery?.state ?? (receiver.fault === undefined ? 'accepted' : 'failed'),
      fault: receiver.fault ?? null,
      attempts: delivery?.attempts ?? 0,
      business: delivery?.business ?? null,
      businessAt: iso(delivery?.businessAt),
      change: delivery ? changeBody(delivery) : null,
      replacedBy: delivery?.replacedBy ?? null,
      history: (reportsOn.get(delivery?.id ?? '') ?? []).map(reportBody),
      routedAt: iso(delivery?.routedAt),
      availableAt: iso(delivery?.availableAt),
      fetchedAt: iso(delivery?.firstFetchedAt),
      closedAt: iso(delivery?.closedAt),
      reason: delivery?.failReason ?? receiver.fault ?? null,
      late: owed.some(({ kind, late }) => late && kind !== 'fetch'),
      deadlines: owed,
    }
  })
}

function isMoved(delivery: Delivery | undefined): boolean {
  return delivery !== undefined && delivery.receiver !== delivery.resolved
}

export const receiptSummary = Type.Object({
  id: hubId,
  kind: Type.String(),
  at: nullableTime,
  document: Type.Union([Type.Object({ id: Type.Union([hubId, Type.Null()]), documentId: nullableText }), Type.Null()], {
    description: 'Its `id` is null when it was refused; null when the refused file named none',
  }),
  deliveryId: nullableText,
  refusalId: nullableText,
  sha256: nullableText,
  url: Type.String(),
})

export function receiptBody(receipt: StoredReceipt): Static<typeof receiptSummary> {
  const { id, kind, documentId, documentName, deliveryId, refusalId, sha256: digest } = receipt
  return {
    id,
    kind,
    at: iso(receipt.issuedAt),
    document: (documentId ?? documentName) ? { id: documentId, documentId: documentName } : null,
    deliveryId,
    refusalId,
    sha256: digest,
    url: `/api/v1/receipts/${id}`,
  }
}

export function iso(at: Date | null | undefined): string | null {
  return at ? at.toISOString() : null
}
