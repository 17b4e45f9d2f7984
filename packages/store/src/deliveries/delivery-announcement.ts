import { publication } from '@docaxis/events'
import type { Tx } from '../database.ts'
import { appendOutbox } from '../log/outbox.ts'
import type { DeliveryState } from './delivery-states.ts'

// Only those that a webhook may tell: on a hub without webhooks this reads one empty table and writes nothing. The state
// is looked at here, not in SQL: the planner would take the index of mailboxes instead of the primary key.
const awaitedSql = `
select delivery.id, delivery.state, delivery.document_id, delivery.kind, delivery.receiver, delivery.priority, delivery.available_at,
       document.sender, encode(document.sha256, 'hex') as sha256, document.size_bytes, document.traceparent
  from delivery
  join document on document.id = delivery.document_id
 where delivery.id = any($1)
   and exists (select from webhook where state = 'active')
   and exists (select
                 from agency
                 join system_agency on system_agency.agency_code in (agency.code, agency.center)
                 join webhook on webhook.system_id = system_agency.system_id and webhook.state = 'active'
                where agency.code = delivery.receiver)
 order by delivery.id`

interface AwaitedRow {
  readonly id: string
  readonly state: DeliveryState
  readonly document_id: string
  readonly kind: 'document' | 'status'
  readonly receiver: string
  readonly priority: number
  readonly available_at: Date
  readonly sender: string
  readonly sha256: string
  readonly size_bytes: string
  readonly traceparent: string | null
}

/** Tells that deliveries are in their mailboxes, where a webhook of the receiver's system waits to hear of it. */
export async function announceAvailable(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await tx.query<AwaitedRow>({ name: 'delivery-awaited', text: awaitedSql, values: [ids] })
  await appendOutbox(tx, rows.filter(({ state }) => state === 'available').map(availableEvent))
}

function availableEvent(row: AwaitedRow) {
  const { id, document_id: document, kind, receiver, priority, sender, sha256, traceparent } = row
  return publication({
    topic: 'docaxis.delivery.available',
    key: receiver,
    // A successor hears of what its predecessor had heard of.
    id: `${id}:available:${receiver}`,
    subject: id,
    time: row.available_at,
    ...(traceparent !== null && { traceparent }),
    data: {
      deliveryId: id,
      document,
      kind,
      sender,
      receiver,
      priority,
      sha256,
      sizeBytes: Number(row.size_bytes),
      availableAt: row.available_at.toISOString(),
    },
  })
}
