import { publication, type ReceiptKind } from '@docaxis/events'
import type { Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { appendOutbox } from '../log/outbox.ts'

/** A signed receipt, as history and events tell of it. */
export interface AnnouncedReceipt {
  readonly id: string
  readonly kind: ReceiptKind
  readonly systemId: string
  readonly documentId: string | null
  readonly deliveryId: string | null
  readonly traceparent: string | null
  /** SHA-256 of the envelope, and of the receipt itself: 64 lower-case hex digits. */
  readonly envelopeSha256: string
  readonly sha256: string
  readonly issuedAt: Date
}

/**
 * Tells of signed receipts in history and events, and takes the turn to give places in the feed. One transaction at a
 * time gives places, and its rows are visible before the next does: no place ever appears below one that a reader has
 * seen. Others wait from here to the commit.
 */
export async function announceReceipts(tx: Tx, receipts: readonly AnnouncedReceipt[]): Promise<void> {
  await appendDocumentEvents(tx, receipts.flatMap(historyOf))
  await appendOutbox(tx, receipts.map(issuedEvent))
  await tx.query("select pg_advisory_xact_lock(hashtextextended('receipt-feed', 0))")
}

function historyOf({ id: receiptId, kind, sha256, documentId, deliveryId }: AnnouncedReceipt) {
  if (documentId === null) return []
  return [
    {
      documentId,
      ...(deliveryId !== null && { deliveryId }),
      what: 'receipt-issued' as const,
      details: { receiptId, kind, sha256 },
    },
  ]
}

function issuedEvent({ id, kind, systemId, envelopeSha256, traceparent, issuedAt }: AnnouncedReceipt) {
  return publication({
    topic: 'docaxis.receipt.issued',
    key: id,
    id: `${id}:issued`,
    subject: id,
    time: issuedAt,
    ...(traceparent !== null && { traceparent }),
    data: { receiptId: id, kind, systemId, sha256: envelopeSha256, issuedAt: issuedAt.toISOString() },
  })
}
