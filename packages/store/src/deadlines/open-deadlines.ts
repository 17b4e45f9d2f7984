import type { Tx } from '../database.ts'

const openSql = `
insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at)
select delivery.id, owed.kind, document.id, document.sender, delivery.receiver, clock_timestamp()
  from delivery
  join document on document.id = delivery.document_id
 cross join (values ('fetch'), ('acknowledge'), ('finish')) as owed(kind)
 where delivery.id = any($1) and delivery.kind = 'document' and delivery.state = 'available'
   and case owed.kind
         when 'fetch' then delivery.priority > 0
         when 'finish' then document.due_on is not null and document.action <> 'revoke'
         else true
       end
    on conflict (delivery_id, kind) do update
   set arrived_at = excluded.arrived_at, calendar_revision = 0
 where deadline.state = 'open'`

/**
 * Notes what is owed for deliveries that have just come into a mailbox; the watcher reckons by when. One that was held
 * meanwhile, or has come to a successor, starts anew; what was missed before stays so.
 */
export async function openDeadlines(tx: Tx, deliveryIds: readonly string[]): Promise<void> {
  if (deliveryIds.length === 0) return
  await tx.query({ name: 'deadline-open', text: openSql, values: [deliveryIds] })
}
