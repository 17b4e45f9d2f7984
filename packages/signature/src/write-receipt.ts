import { receiptNamespace } from './names.ts'
import type { DeliveredTo, NotDeliveredTo, Owing, Receipt, ReceiptReceiver, SealOnReceipt } from './receipt.ts'
import type { AttachmentOnReceipt } from './receipt-attachments.ts'

interface Node {
  readonly [name: string]: string | Node | readonly (string | Node)[] | undefined
}

/**
 * The receipt as XML (`schemas/receipt.xsd`), unsigned: pretty, and canonical below the XML declaration.
 *
 * @throws TypeError when a value holds a character that XML cannot carry
 */
export function writeReceipt(receipt: Receipt): string {
  const { document } = receipt
  const content = contentOf('\n  ', {
    Id: receipt.id,
    Kind: receipt.kind,
    Environment: receipt.environment,
    IssuedAt: receipt.issuedAt,
    Hub: receipt.hub,
    Document: {
      Id: document.id,
      DocumentId: document.documentId,
      Kind: document.kind,
      Action: document.action,
      Sender: document.sender,
      Sha256: document.sha256,
      SizeBytes: String(document.sizeBytes),
      AcceptedAt: document.acceptedAt,
    },
    ...particulars(receipt),
    Seal: receipt.seal && sealNode(receipt.seal),
    ...(receipt.kind !== 'refusal' && attachmentNodes(receipt.attachments ?? [])),
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Receipt xmlns="${receiptNamespace}">${content}\n</Receipt>`
}

function particulars(receipt: Receipt): Node {
  switch (receipt.kind) {
    case 'acceptance':
      return { Receivers: { Receiver: receipt.receivers.map(receiverNode) } }
    case 'delivery':
      return { Receiver: deliveredNode(receipt.receiver) }
    case 'non-delivery':
      return { Receiver: notDeliveredNode(receipt.receiver) }
    case 'missed-deadline':
      return { Receiver: owingNode(receipt.receiver) }
    case 'refusal':
      return { Refusal: refusalNode(receipt.refusal) }
  }
}

function receiverNode({ code, writtenCode, fault }: ReceiptReceiver): Node {
  return { Code: code, WrittenCode: writtenCode, Fault: fault }
}

function deliveredNode(receiver: DeliveredTo): Node {
  const { deliveryId: DeliveryId, acknowledgedAt: AcknowledgedAt } = receiver
  return { ...receiverNode(receiver), DeliveryId, AcknowledgedAt }
}

function notDeliveredNode(receiver: NotDeliveredTo): Node {
  const { deliveryId: DeliveryId, failedAt: FailedAt, reason: Reason } = receiver
  return { ...receiverNode(receiver), DeliveryId, FailedAt, Reason }
}

function owingNode(receiver: Owing): Node {
  const { owed, arrivedAt, countedFrom, dueAt, judgedAt, transport, business, unconfirmedYears } = receiver.missed
  return {
    ...receiverNode(receiver),
    DeliveryId: receiver.deliveryId,
    Missed: {
      Owed: owed,
      ArrivedAt: arrivedAt,
      CountedFrom: countedFrom,
      DueAt: dueAt,
      JudgedAt: judgedAt,
      Transport: transport,
      Business: business,
      UnconfirmedYear: unconfirmedYears.map(String),
    },
  }
}

function refusalNode({ id, refusedAt, problem, reasons }: Extract<Receipt, { kind: 'refusal' }>['refusal']): Node {
  const faults = reasons.map(({ code, path, vi, en }) => ({ Code: code, Path: path, Vi: vi, En: en }))
  return { RefusalId: id, RefusedAt: refusedAt, Problem: problem, Fault: faults }
}

function sealNode(seal: SealOnReceipt): Node {
  const { verdict, code, state, certificateSha256, boundTo, mandate, evidence } = seal
  return {
    Verdict: verdict,
    Code: code,
    State: state,
    CertificateSha256: certificateSha256,
    BoundTo: boundTo,
    Mandate: mandate && { Id: mandate.id, Kind: mandate.kind },
    Evidence: evidenceNode(evidence),
  }
}

function attachmentNodes(attachments: readonly AttachmentOnReceipt[]): Node {
  if (attachments.length === 0) return {}
  return { Attachments: { Attachment: attachments.map(attachmentNode) } }
}

function attachmentNode({ position, sha256, signatures, malware }: AttachmentOnReceipt): Node {
  return {
    Position: String(position),
    Sha256: sha256,
    Signatures: signatures && {
      Check: signatures.check,
      Verdict: signatures.verdict,
      Code: signatures.code,
      Signed: signatures.signed.map(({ verdict, code, certificateSha256 }) => ({
        Verdict: verdict,
        Code: code,
        CertificateSha256: certificateSha256,
      })),
      Evidence: evidenceNode(signatures.evidence),
    },
    Malware: malware,
  }
}

function evidenceNode(hashes: readonly string[] = []): Node | undefined {
  return hashes.length === 0 ? undefined : { Sha256: hashes }
}

/** @param margin line end and indent of each element */
function contentOf(margin: string, node: Node): string {
  let content = ''
  for (const [name, value] of Object.entries(node)) {
    if (Array.isArray(value)) for (const item of value) content += elementOf(margin, name, item)
    else content += elementOf(margin, name, value as Exclude<typeof value, readonly unknown[]>)
  }
  return content
}

/** Nothing for what is absent or empty: an empty element would have a second way to be written. */
function elementOf(margin: string, name: string, value: string | Node | undefined): string {
  if (value === undefined || value === '') return ''
  if (typeof value === 'string') return `${margin}<${name}>${escaped(value)}</${name}>`
  const content = contentOf(`${margin}  `, value)
  return content === '' ? '' : `${margin}<${name}>${content}${margin}</${name}>`
}

// Everything outside the Char production of XML 1.0, section 2.2.
const notCarriable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u
const special = /[&<>\r]/
const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }

/** As canonical XML writes text (section 2.3). */
function escaped(value: string): string {
  if (notCarriable.test(value)) throw new TypeError('a value of the receipt holds a character that XML cannot carry')
  return special.test(value) ? value.replaceAll(/[&<>\r]/g, character => references[character] ?? character) : value
}
