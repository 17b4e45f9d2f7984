import {
  type AttachmentOnReceipt,
  type AttachmentVerdict,
  type Owing,
  type Receipt,
  type ReceiptDocument,
  type ReceiptEnvironment,
  type SealOnReceipt,
  type SealVerdict,
  sealOnReceipt,
  signaturesOnReceipt,
} from '@docaxis/signature'
import type { UnsignedCheck, UnsignedDocument, UnsignedReceipt } from '@docaxis/store'

/** Who issues. */
export interface Issuer {
  /** Name of the hub, from its certificate. */
  readonly hub: string
  readonly environment: ReceiptEnvironment
}

/** Puts the facts of the book of record into the words of `schemas/receipt.xsd`. */
export function receiptOf(unsigned: UnsignedReceipt, { hub, environment }: Issuer): Receipt {
  const base = {
    id: unsigned.id,
    environment,
    hub,
    issuedAt: unsigned.readAt.toISOString(),
    document: documentOf(unsigned),
  }
  const inside = unsigned.checks.length > 0 ? { attachments: attachmentsOf(unsigned.checks) } : {}
  switch (unsigned.kind) {
    case 'acceptance':
      return { ...base, kind: 'acceptance', receivers: receiversOf(unsigned), seal: sealOf(unsigned), ...inside }
    case 'refusal':
      return {
        ...base,
        kind: 'refusal',
        refusal: refusalOf(unsigned),
        ...(unsigned.verdict !== null && { seal: sealOf(unsigned) }),
      }
    case 'delivery':
      return { ...base, kind: 'delivery', receiver: deliveredTo(unsigned), seal: sealOf(unsigned), ...inside }
    case 'non-delivery':
      return { ...base, kind: 'non-delivery', receiver: notDeliveredTo(unsigned), seal: sealOf(unsigned), ...inside }
    case 'missed-deadline':
      return { ...base, kind: 'missed-deadline', receiver: owing(unsigned), seal: sealOf(unsigned), ...inside }
  }
}

function documentOf({ document, sender, documentName, sha256, sizeBytes }: UnsignedReceipt): ReceiptDocument {
  return {
    ...(document && { id: document.id }),
    ...(documentName !== null && { documentId: documentName }),
    ...(document && { kind: document.kind, action: document.action }),
    ...(sender !== null && { sender }),
    sha256,
    sizeBytes,
    ...(document && { acceptedAt: document.acceptedAt.toISOString() }),
  }
}

/** The gateway stores what `verifySeal` gave. */
function sealOf({ verdict }: UnsignedReceipt): SealOnReceipt {
  return sealOnReceipt(verdict as SealVerdict)
}

/** One entry per file, with the checks that it has. */
function attachmentsOf(checks: readonly UnsignedCheck[]): readonly AttachmentOnReceipt[] {
  return [...Map.groupBy(checks, ({ position }) => position)].map(([position, ofFile]) => {
    const signatures = ofFile.find(({ kind }) => kind === 'signatures')
    const malware = ofFile.find(({ kind }) => kind === 'malware')
    return {
      position: position + 1,
      sha256: ofFile[0]?.sha256 ?? '',
      ...(signatures && {
        signatures: signaturesOnReceipt(signatures.state, signatures.verdict as AttachmentVerdict | null),
      }),
      ...(malware && { malware: malwareOf(malware) }),
    }
  })
}

function malwareOf({ state, verdict }: UnsignedCheck): NonNullable<AttachmentOnReceipt['malware']> {
  if (state === 'waiting') return 'waiting'
  return (verdict as { readonly result: 'clean' | 'infected' | 'unscanned' }).result
}

function receiversOf(unsigned: UnsignedReceipt) {
  return presentDocument(unsigned).receivers.map(({ written, resolved, fault }) => ({
    ...(resolved !== null && { code: resolved }),
    writtenCode: written,
    ...(fault !== null && { fault }),
  }))
}

function refusalOf({ id, refusal }: UnsignedReceipt) {
  if (!refusal) throw new Error(`receipt ${id} names no refusal`)
  return {
    id: refusal.id,
    refusedAt: refusal.refusedAt.toISOString(),
    problem: refusal.problem,
    reasons: refusal.findings
      .filter(finding => finding.severity === 'error')
      .map(({ code, path, vi, en }) => ({ code, path, vi, en })),
  }
}

function deliveredTo({ id, delivery }: UnsignedReceipt) {
  if (!delivery) throw new Error(`receipt ${id} names no delivery`)
  return {
    deliveryId: delivery.id,
    code: delivery.receiver,
    writtenCode: delivery.receiverWritten,
    acknowledgedAt: delivery.closedAt.toISOString(),
  }
}

function notDeliveredTo({ id, delivery, receiver, reason, createdAt }: UnsignedReceipt) {
  if (receiver === null || reason === null) throw new Error(`receipt ${id} names no receiver and reason`)
  return {
    ...(delivery && { deliveryId: delivery.id, code: delivery.receiver }),
    writtenCode: receiver,
    failedAt: (delivery?.closedAt ?? createdAt).toISOString(),
    reason: reason.replace(notCarriable, '\u{fffd}'),
  }
}

function owing({ id, delivery, missed }: UnsignedReceipt): Owing {
  if (!delivery || !missed || missed.owed === 'fetch') throw new Error(`receipt ${id} names no missed deadline`)
  const { owed, arrivedAt, countedFrom, dueAt, judgedAt, business, ...asFound } = missed
  return {
    deliveryId: delivery.id,
    code: delivery.receiver,
    writtenCode: delivery.receiverWritten,
    missed: {
      ...asFound,
      owed,
      arrivedAt: arrivedAt.toISOString(),
      countedFrom: countedFrom.toISOString(),
      dueAt: dueAt.toISOString(),
      judgedAt: judgedAt.toISOString(),
      ...(business !== null && { business }),
    },
  }
}

// The reason is in the receiver's own words. Outside the Char production of XML 1.0, section 2.2:
const notCarriable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

function presentDocument({ id, document }: UnsignedReceipt): UnsignedDocument {
  if (!document) throw new Error(`receipt ${id} names no document`)
  return document
}
