import type { StatusEnvelope } from '@docaxis/edxml'
import {
  type Acceptance,
  acceptedEvent,
  appendOutbox,
  insertDocuments,
  type NewDocument,
  recordBusinessReport,
  type Tx,
} from '@docaxis/store'
import type { PacketToStore } from './new-document.ts'
import type { ReceivedBody } from './receive-body.ts'

/** A proved packet with its bytes. */
export interface StorePacket {
  readonly document: PacketToStore
  readonly body: Pick<ReceivedBody, 'keep'>
  /** Which delivery a status message reports on, and how it came. */
  readonly report: { readonly deliveryId: string | null; readonly via: 'edxml' | 'json' }
}

/**
 * The acceptance transaction: the blobs are durable before it commits.
 *
 * @returns in the order given; undefined where another packet is in the way, and nothing of this one was written then
 */
export async function writePackets(
  tx: Tx,
  packets: readonly StorePacket[],
): Promise<readonly (Acceptance | undefined)[]> {
  const acceptedAt = await insertDocuments(
    tx,
    packets.map(packet => packet.document),
  )
  const written = packets.filter(({ document }) => acceptedAt.has(document.id))
  await Promise.all(written.map(({ body }) => body.keep()))
  for (const packet of written) await report(tx, packet)

  const acceptances = packets.map(({ document }) => acceptanceOf(document, acceptedAt.get(document.id)))
  await appendOutbox(
    tx,
    packets.flatMap(({ document }, index) => {
      const at = acceptances[index]?.acceptedAt
      return at ? [acceptedEvent({ ...document, acceptedAt: at })] : []
    }),
  )
  return acceptances
}

async function report(tx: Tx, { document, report: { deliveryId, via } }: StorePacket): Promise<void> {
  if (document.envelope.kind !== 'status') return
  const { statusCode, reason, staff, reportedAt }: StatusEnvelope = document.envelope
  await recordBusinessReport(tx, {
    deliveryId,
    via,
    statusId: document.id,
    code: statusCode,
    reporter: document.sender,
    systemId: document.systemId,
    ...(reason !== undefined && { reason }),
    ...(staff !== undefined && { staff }),
    ...(reportedAt !== undefined && { reportedAt: new Date(reportedAt) }),
    ...(document.traceparent !== undefined && { traceparent: document.traceparent }),
  })
}

function acceptanceOf(document: NewDocument, acceptedAt: Date | undefined): Acceptance | undefined {
  if (!acceptedAt) return undefined
  const { id, kind, documentId, sha256, sizeBytes, verdict, warnings, receiptId } = document
  return { id, kind, documentId, sha256, sizeBytes, acceptedAt, verdict, warnings, receiptId: receiptId ?? null }
}
