import { type CanonicalElement, readCanonicalXml } from './canonical-xml.ts'
import { receiptNamespace } from './names.ts'
import type { MissedDeadline, Receipt, ReceiptReceiver, SealOnReceipt } from './receipt.ts'
import type { AttachmentOnReceipt, AttachmentSignatures } from './receipt-attachments.ts'

export class ReceiptShapeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ReceiptShapeError'
  }
}

/** Reads a receipt out of its canonical bytes, which must be the ones the signature covers. */
export function readReceipt(canonical: Buffer): Receipt {
  const root = readCanonicalXml(canonical)
  if (root.namespace !== receiptNamespace || root.name !== 'Receipt') {
    throw new ReceiptShapeError(`the root is ${root.name}, not a receipt`)
  }
  const document = getChild(root, 'Document')
  const seal = findChild(root, 'Seal')
  const base = {
    id: getText(root, 'Id'),
    environment: getWord(root, 'Environment', ['test', 'production', 'demo']),
    issuedAt: getText(root, 'IssuedAt'),
    hub: getText(root, 'Hub'),
    document: {
      id: findText(document, 'Id'),
      documentId: findText(document, 'DocumentId'),
      kind: findWord(document, 'Kind', ['document', 'status']),
      action: findText(document, 'Action'),
      sender: findText(document, 'Sender'),
      sha256: getText(document, 'Sha256'),
      sizeBytes: Number(getText(document, 'SizeBytes')),
      acceptedAt: findText(document, 'AcceptedAt'),
    },
  }
  const kind = getWord(root, 'Kind', ['acceptance', 'refusal', 'delivery', 'non-delivery', 'missed-deadline'])
  if (kind === 'refusal') return { ...base, kind, refusal: readRefusal(root), seal: seal && readSeal(seal) }
  const sealed = { ...base, seal: readSeal(getChild(root, 'Seal')), attachments: readAttachments(root) }
  if (kind === 'acceptance') {
    const receivers = childrenNamed(getChild(root, 'Receivers'), 'Receiver').map(readReceiver)
    return { ...sealed, kind, receivers }
  }
  const receiver = getChild(root, 'Receiver')
  if (kind === 'delivery') {
    const deliveryId = getText(receiver, 'DeliveryId')
    const acknowledgedAt = getText(receiver, 'AcknowledgedAt')
    return { ...sealed, kind, receiver: { ...readReceiver(receiver), deliveryId, acknowledgedAt } }
  }
  if (kind === 'missed-deadline') {
    const deliveryId = getText(receiver, 'DeliveryId')
    const missed = readMissed(getChild(receiver, 'Missed'))
    return { ...sealed, kind, receiver: { ...readReceiver(receiver), deliveryId, missed } }
  }
  const deliveryId = findText(receiver, 'DeliveryId')
  const failedAt = getText(receiver, 'FailedAt')
  const reason = getText(receiver, 'Reason')
  return { ...sealed, kind, receiver: { ...readReceiver(receiver), deliveryId, failedAt, reason } }
}

function readReceiver(receiver: CanonicalElement): ReceiptReceiver {
  const code = findText(receiver, 'Code')
  return { code, writtenCode: getText(receiver, 'WrittenCode'), fault: findText(receiver, 'Fault') }
}

function readMissed(missed: CanonicalElement): MissedDeadline {
  return {
    owed: getWord(missed, 'Owed', ['acknowledge', 'finish']),
    arrivedAt: getText(missed, 'ArrivedAt'),
    countedFrom: getText(missed, 'CountedFrom'),
    dueAt: getText(missed, 'DueAt'),
    judgedAt: getText(missed, 'JudgedAt'),
    transport: getText(missed, 'Transport'),
    business: findText(missed, 'Business'),
    unconfirmedYears: childrenNamed(missed, 'UnconfirmedYear').map(({ text }) => Number(text)),
  }
}

function readRefusal(root: CanonicalElement): Extract<Receipt, { kind: 'refusal' }>['refusal'] {
  const refusal = getChild(root, 'Refusal')
  return {
    id: getText(refusal, 'RefusalId'),
    refusedAt: getText(refusal, 'RefusedAt'),
    problem: getText(refusal, 'Problem'),
    reasons: childrenNamed(refusal, 'Fault').map(fault => ({
      code: getText(fault, 'Code'),
      path: findText(fault, 'Path'),
      vi: getText(fault, 'Vi'),
      en: getText(fault, 'En'),
    })),
  }
}

function readSeal(seal: CanonicalElement): SealOnReceipt {
  const mandate = findChild(seal, 'Mandate')
  return {
    verdict: getWord(seal, 'Verdict', verdictWords),
    // A code newer than this reader is still what the hub signed.
    code: getText(seal, 'Code') as SealOnReceipt['code'],
    state: getWord(seal, 'State', ['absent', 'not-verifiable', 'invalid', 'valid']),
    certificateSha256: findText(seal, 'CertificateSha256'),
    boundTo: findText(seal, 'BoundTo'),
    mandate: mandate && { id: getText(mandate, 'Id'), kind: getWord(mandate, 'Kind', ['seal', 'transport']) },
    evidence: readEvidence(seal),
  }
}

const verdictWords = ['VALID', 'INVALID', 'INDETERMINATE'] as const

function readAttachments(root: CanonicalElement): readonly AttachmentOnReceipt[] | undefined {
  const attachments = findChild(root, 'Attachments')
  return attachments && childrenNamed(attachments, 'Attachment').map(readAttachment)
}

function readAttachment(attachment: CanonicalElement): AttachmentOnReceipt {
  const signatures = findChild(attachment, 'Signatures')
  return {
    position: Number(getText(attachment, 'Position')),
    sha256: getText(attachment, 'Sha256'),
    signatures: signatures && readSignatures(signatures),
    malware: findWord(attachment, 'Malware', ['waiting', 'clean', 'infected', 'unscanned']),
  }
}

function readSignatures(signatures: CanonicalElement): AttachmentSignatures {
  return {
    check: getWord(signatures, 'Check', ['waiting', 'done']),
    verdict: findWord(signatures, 'Verdict', verdictWords),
    code: findText(signatures, 'Code') as AttachmentSignatures['code'],
    signed: childrenNamed(signatures, 'Signed').map(signed => ({
      verdict: getWord(signed, 'Verdict', verdictWords),
      code: getText(signed, 'Code') as SealOnReceipt['code'],
      certificateSha256: findText(signed, 'CertificateSha256'),
    })),
    evidence: readEvidence(signatures),
  }
}

function readEvidence(parent: CanonicalElement): readonly string[] | undefined {
  const evidence = findChild(parent, 'Evidence')
  return evidence && childrenNamed(evidence, 'Sha256').map(({ text }) => text)
}

function childrenNamed(parent: CanonicalElement, name: string): CanonicalElement[] {
  return parent.children.filter(child => child.namespace === receiptNamespace && child.name === name)
}

function findChild(parent: CanonicalElement, name: string): CanonicalElement | undefined {
  const [child, second] = childrenNamed(parent, name)
  if (second) throw new ReceiptShapeError(`${name} twice in ${parent.name}`)
  return child
}

function getChild(parent: CanonicalElement, name: string): CanonicalElement {
  const child = findChild(parent, name)
  if (!child) throw new ReceiptShapeError(`no ${name} in ${parent.name}`)
  return child
}

function findText(parent: CanonicalElement, name: string): string | undefined {
  return findChild(parent, name)?.text
}

function getText(parent: CanonicalElement, name: string): string {
  return getChild(parent, name).text
}

function findWord<T extends string>(parent: CanonicalElement, name: string, words: readonly T[]): T | undefined {
  const text = findText(parent, name)
  if (text === undefined) return undefined
  const word = words.find(known => known === text)
  if (word === undefined) throw new ReceiptShapeError(`${name} is none of ${words.join(', ')}`)
  return word
}

function getWord<T extends string>(parent: CanonicalElement, name: string, words: readonly T[]): T {
  const word = findWord(parent, name, words)
  if (word === undefined) throw new ReceiptShapeError(`no ${name} in ${parent.name}`)
  return word
}
