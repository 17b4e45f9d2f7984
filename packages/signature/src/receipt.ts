import type { DeadlineKind } from '@docaxis/calendar'
import { evidenceNamedBy } from './evidence.ts'
import type { AttachmentOnReceipt } from './receipt-attachments.ts'
import type { SealVerdict } from './verdict.ts'

export type ReceiptKind = 'acceptance' | 'refusal' | 'delivery' | 'non-delivery' | 'missed-deadline'
export type ReceiptEnvironment = 'test' | 'production' | 'demo'

/** The envelope a receipt speaks of. */
export interface ReceiptDocument {
  /** The hub's id, 24 hex characters; absent on a refusal, where nothing was stored. */
  readonly id?: string
  /** The sender's edXML DocumentId, as far as it was readable. */
  readonly documentId?: string
  readonly kind?: 'document' | 'status'
  readonly action?: string
  /** Directory code of the sender, as far as it was readable. */
  readonly sender?: string
  /** SHA-256 of the envelope as received, 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
  /** RFC 3339 UTC. */
  readonly acceptedAt?: string
}

/** A receiver as resolved at acceptance. */
export interface ReceiptReceiver {
  /** Directory code; absent when the written code is unknown. */
  readonly code?: string
  readonly writtenCode: string
  /** Why nothing can be delivered there: a path code. */
  readonly fault?: string
}

export interface DeliveredTo extends ReceiptReceiver {
  readonly deliveryId: string
  /** RFC 3339 UTC. */
  readonly acknowledgedAt: string
}

export interface NotDeliveredTo extends ReceiptReceiver {
  /** Absent when no delivery was ever made, for instance to an unknown code. */
  readonly deliveryId?: string
  /** RFC 3339 UTC. */
  readonly failedAt: string
  readonly reason: string
}

export interface Owing extends ReceiptReceiver {
  readonly deliveryId: string
  readonly missed: MissedDeadline
}

/** Negative evidence: at `judgedAt` the deadline had passed and what was owed had not happened. Times are RFC 3339 UTC. */
export interface MissedDeadline {
  readonly owed: Exclude<DeadlineKind, 'fetch'>
  readonly arrivedAt: string
  /** After-hours arrivals count from the next working morning. */
  readonly countedFrom: string
  readonly dueAt: string
  readonly judgedAt: string
  /** Transport state then. */
  readonly transport: string
  /** Business state then, an edXML status code; absent before the first report. */
  readonly business?: string
  /** Years that the deadline rests on whose holidays nobody vouched for. */
  readonly unconfirmedYears: readonly number[]
}

export interface RefusalReason {
  /** A path code or a verification code. */
  readonly code: string
  readonly path?: string
  readonly vi: string
  readonly en: string
}

interface ReceiptBase {
  /** 24 lower-case hex characters. */
  readonly id: string
  readonly environment: ReceiptEnvironment
  /** RFC 3339 UTC. */
  readonly issuedAt: string
  /** Name of the issuing hub. */
  readonly hub: string
  readonly document: ReceiptDocument
}

export interface AcceptanceReceipt extends ReceiptBase {
  readonly kind: 'acceptance'
  readonly receivers: readonly ReceiptReceiver[]
  readonly seal: SealOnReceipt
  readonly attachments?: readonly AttachmentOnReceipt[]
}

export interface RefusalReceipt extends ReceiptBase {
  readonly kind: 'refusal'
  readonly refusal: {
    readonly id: string
    /** RFC 3339 UTC. */
    readonly refusedAt: string
    /** Problem code of the answer, `ENVELOPE_REFUSED`, … */
    readonly problem: string
    readonly reasons: readonly RefusalReason[]
  }
  /** Present when the signature was looked at. */
  readonly seal?: SealOnReceipt
}

export interface DeliveryReceipt extends ReceiptBase {
  readonly kind: 'delivery'
  readonly receiver: DeliveredTo
  readonly seal: SealOnReceipt
  readonly attachments?: readonly AttachmentOnReceipt[]
}

export interface NonDeliveryReceipt extends ReceiptBase {
  readonly kind: 'non-delivery'
  readonly receiver: NotDeliveredTo
  readonly seal: SealOnReceipt
  readonly attachments?: readonly AttachmentOnReceipt[]
}

export interface MissedDeadlineReceipt extends ReceiptBase {
  readonly kind: 'missed-deadline'
  readonly receiver: Owing
  readonly seal: SealOnReceipt
  readonly attachments?: readonly AttachmentOnReceipt[]
}

/** What a receipt tells of the packet's seal. `sealOnReceipt` makes it from a stored verdict. */
export interface SealOnReceipt {
  readonly verdict: SealVerdict['verdict']
  readonly code: SealVerdict['code']
  readonly state: SealVerdict['state']
  /** SHA-256 of the signer's certificate, 64 lower-case hex digits. */
  readonly certificateSha256?: string
  /** Agency or center that holds the certificate. */
  readonly boundTo?: string
  readonly mandate?: { readonly id: string; readonly kind: 'seal' | 'transport' }
  /** SHA-256 of what the verdict rests on (V47). */
  readonly evidence?: readonly string[]
}

/** Signed evidence by the hub (`schemas/receipt.xsd`). */
export type Receipt = AcceptanceReceipt | RefusalReceipt | DeliveryReceipt | NonDeliveryReceipt | MissedDeadlineReceipt

/** The part of a stored verdict that a receipt repeats. */
export function sealOnReceipt(verdict: SealVerdict): SealOnReceipt {
  const evidence = evidenceNamedBy(verdict)
  return {
    verdict: verdict.verdict,
    code: verdict.code,
    state: verdict.state,
    ...(verdict.certificate && { certificateSha256: verdict.certificate.sha256 }),
    ...(verdict.binding && { boundTo: verdict.binding.holderCode }),
    ...(verdict.binding?.mandate && { mandate: verdict.binding.mandate }),
    ...(evidence.length > 0 && { evidence }),
  }
}
