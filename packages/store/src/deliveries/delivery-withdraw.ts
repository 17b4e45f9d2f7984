import { type Publication, publication } from '@docaxis/events'
import { DecisionOutdated, type Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { newHubId } from '../documents/hub-id.ts'
import { recordAudit } from '../evidence/audit.ts'
import { createReceipts } from '../evidence/receipt.ts'
import { appendOutbox } from '../log/outbox.ts'
import { deliveryMoves } from './delivery-states.ts'
import type { ActedOn, ActingPacket } from './effect-targets.ts'

/** Reason on the delivery and on the sender's non-delivery receipt. */
function withdrawnReason({ id }: ActingPacket): string {
  return `withdrawn by the sender before it was fetched (packet ${id})`
}

interface Withdrawn extends ActedOn {
  readonly id: string
  readonly listed: boolean
}

/**
 * Withdraws what nobody has fetched. A delivery that is not routed yet is made, withdrawn, so that no router can make
 * another one. Writes state, history, audit, the non-delivery receipts owed to the sender and the events.
 *
 * @param targets with their deliveries locked
 * @returns ids of the deliveries, in the order of `targets`
 */
export async function withdrawDeliveries(
  tx: Tx,
  targets: readonly ActedOn[],
  by: ActingPacket,
): Promise<readonly string[]> {
  if (targets.length === 0) return []
  const withdrawn = targets.map(target => ({
    ...target,
    id: target.delivery?.id ?? newHubId(),
    listed: target.delivery?.listed ?? false,
  }))
  await makeWithdrawn(
    tx,
    withdrawn.filter(({ delivery }) => !delivery),
  )
  const closedAt = await close(tx, withdrawn, by)
  await tell(tx, withdrawn, by, closedAt)
  return withdrawn.map(({ id }) => id)
}

// A wish that was open has nobody to answer it any more.
const closeSql = `
update delivery
   set business = business_furthest, business_change = null, business_change_kind = null, business_change_by = null,
       business_change_at = null,
       state = '${deliveryMoves.withdraw.to}', closed_at = clock_timestamp(), closed_by = $2, fail_reason = $3, due_at = null
 where id = any($1)
returning id, closed_at`

async function close(
  tx: Tx,
  withdrawn: readonly Withdrawn[],
  by: ActingPacket,
): Promise<(delivery: Withdrawn) => Date> {
  const ids = withdrawn.map(({ id }) => id)
  await tx.query('delete from delivery_hold where delivery_id = any($1)', [ids])
  const { rows } = await tx.query<{ id: string; closed_at: Date }>({
    name: 'delivery-withdraw',
    text: closeSql,
    values: [ids, by.systemId, withdrawnReason(by)],
  })
  const closed = new Map(rows.map(row => [row.id, row.closed_at]))
  return ({ id }) => {
    const at = closed.get(id)
    if (!at) throw new Error(`delivery ${id} was locked and yet not withdrawn`)
    return at
  }
}

async function tell(
  tx: Tx,
  withdrawn: readonly Withdrawn[],
  by: ActingPacket,
  closedAt: (delivery: Withdrawn) => Date,
): Promise<void> {
  const reason = withdrawnReason(by)
  await createReceipts(
    tx,
    withdrawn.map(({ id, documentId, systemId, receiverWritten }) => ({
      kind: 'non-delivery' as const,
      subjectId: id,
      systemId,
      agencyCode: by.sender,
      documentId,
      deliveryId: id,
      receiver: receiverWritten,
      reason,
    })),
  )
  await appendDocumentEvents(
    tx,
    withdrawn.map(({ id, documentId }) => ({
      documentId,
      deliveryId: id,
      what: 'withdrawn' as const,
      systemId: by.systemId,
      details: { packetId: by.id },
    })),
  )
  await recordAudit(
    tx,
    withdrawn.map(({ id, documentId, receiver }) => ({
      actor: `system:${by.systemId}`,
      action: 'delivery.withdraw',
      object: id,
      outcome: 'withdrawn',
      details: { documentId, receiver, packetId: by.id },
    })),
  )
  await appendOutbox(
    tx,
    withdrawn.map(delivery => withdrawnEvent(delivery, reason, closedAt(delivery), by)),
  )
}

function withdrawnEvent(
  { id, documentId, receiver, listed }: Withdrawn,
  reason: string,
  at: Date,
  { traceparent }: ActingPacket,
): Publication<'docaxis.delivery.withdrawn'> {
  return publication({
    topic: 'docaxis.delivery.withdrawn',
    key: receiver,
    id: `${id}:withdrawn`,
    subject: id,
    time: at,
    ...(traceparent && { traceparent }),
    data: { deliveryId: id, document: documentId, receiver, listed, reason, withdrawnAt: at.toISOString() },
  })
}

/**
 * Makes the deliveries of a packet to these receivers withdrawn from the start: there is nothing left that it could tell
 * them.
 *
 * @param codes directory codes, of receivers of the packet
 */
export async function spareReceivers(tx: Tx, packet: ActingPacket, codes: ReadonlySet<string>): Promise<void> {
  const rows = packet.receivers.flatMap(({ resolved, written, level }) =>
    resolved !== undefined && level !== undefined && codes.has(resolved)
      ? [
          [
            resolved,
            { id: newHubId(), documentId: packet.id, receiver: resolved, receiverWritten: written, level },
          ] as const,
        ]
      : [],
  )
  await makeWithdrawn(tx, [...new Map(rows.toReversed()).values()])
}

/** A delivery that is made only to say that it will not be. */
interface Unmade {
  readonly id: string
  readonly documentId: string
  readonly receiver: string
  readonly receiverWritten: string
  readonly level: string
}

const makeSql = `
insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at, closed_at)
select d.id, d.document_id, document.kind, d.receiver, d.receiver_written, d.level, document.priority,
       '${deliveryMoves.withdraw.to}', document.accepted_at, clock_timestamp()
  from jsonb_to_recordset($1::jsonb)
       as d(id text, document_id text, receiver text, receiver_written text, level text)
  join document on document.id = d.document_id
    on conflict (document_id, receiver) do nothing`

/** The lock on names does not cover an update that goes under a name of its own: the router may be making its deliveries. */
async function makeWithdrawn(tx: Tx, deliveries: readonly Unmade[]): Promise<void> {
  if (deliveries.length === 0) return
  const rows = deliveries.map(({ id, documentId, receiver, receiverWritten, level }) => ({
    id,
    document_id: documentId,
    receiver,
    receiver_written: receiverWritten,
    level,
  }))
  const { rowCount } = await tx.query({
    name: 'delivery-make-withdrawn',
    text: makeSql,
    values: [JSON.stringify(rows)],
  })
  if (rowCount !== rows.length) throw new DecisionOutdated('a packet was routed while it was being withdrawn')
}
