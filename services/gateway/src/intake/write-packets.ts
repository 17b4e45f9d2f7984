import type { StatusEnvelope } from '@docaxis/edxml'
import {
  type Acceptance,
  acceptedEvent,
  appendOutbox,
  applyEffects,
  type EffectOutcome,
  insertDocuments,
  lockEffectTargets,
  type NewDocument,
  type NewEffectOutcome,
  recordBusinessReport,
  storeReplyLinks,
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
  await lockEffectTargets(tx, packets.flatMap(actedOn), 'exclusive')
  const acceptedAt = await insertDocuments(
    tx,
    packets.map(packet => packet.document),
  )
  const written = packets.filter(({ document }) => acceptedAt.has(document.id))
  await Promise.all(written.map(({ body }) => body.keep()))
  await storeReplyLinks(
    tx,
    written.map(({ document }) => document),
  )
  const effects = new Map<string, readonly EffectOutcome[]>()
  for (const packet of written) effects.set(packet.document.id, await act(tx, packet))

  const acceptances = packets.map(({ document }) => {
    const at = acceptedAt.get(document.id)
    return at && acceptanceOf(document, at, effects.get(document.id) ?? [])
  })
  await appendOutbox(
    tx,
    packets.flatMap(({ document }, index) => {
      const at = acceptances[index]?.acceptedAt
      return at ? [acceptedEvent({ ...document, acceptedAt: at })] : []
    }),
  )
  return acceptances
}

function actedOn({ document }: StorePacket) {
  return document.effects.map(({ sender, target }) => ({ sender, documentId: target }))
}

/** What a packet does to earlier ones, and what it reports on one. */
async function act(tx: Tx, packet: StorePacket): Promise<readonly EffectOutcome[]> {
  const outcomes = await applyEffects(tx, packet.document)
  const takenBack = outcomes.filter(({ isNamed }) => isNamed)
  if (takenBack.length === 0) await report(tx, packet, undefined)
  for (const outcome of takenBack) await report(tx, packet, outcome)
  return outcomes.map(({ deliveryId: _deliveryId, isNamed: _isNamed, ...outcome }) => outcome)
}

/**
 * @param takenBack what a 13 came to at one of the packets under the name: the delivery was looked up before the lock was
 *   taken, and may be another now
 */
async function report(
  tx: Tx,
  { document, report: { deliveryId, via } }: StorePacket,
  takenBack: NewEffectOutcome | undefined,
): Promise<void> {
  if (document.envelope.kind !== 'status') return
  const { statusCode, reason, staff, reportedAt }: StatusEnvelope = document.envelope
  await recordBusinessReport(tx, {
    deliveryId: takenBack?.deliveryId ?? deliveryId,
    via,
    statusId: document.id,
    code: statusCode,
    reporter: document.sender,
    systemId: document.systemId,
    ...(takenBack && isSettled(takenBack) && { settled: takenBack.outcome }),
    ...(reason !== undefined && { reason }),
    ...(staff !== undefined && { staff }),
    ...(reportedAt !== undefined && { reportedAt: new Date(reportedAt) }),
    ...(document.traceparent !== undefined && { traceparent: document.traceparent }),
  })
}

function isSettled(
  outcome: NewEffectOutcome,
): outcome is NewEffectOutcome & { readonly outcome: 'withdrawn' | 'not-held' } {
  return outcome.outcome === 'withdrawn' || outcome.outcome === 'not-held'
}

function acceptanceOf(document: NewDocument, acceptedAt: Date, effects: readonly EffectOutcome[]): Acceptance {
  const { id, kind, documentId, sha256, sizeBytes, verdict, warnings, receiptId = null } = document
  return { id, kind, documentId, sha256, sizeBytes, acceptedAt, verdict, warnings, receiptId, effects }
}
