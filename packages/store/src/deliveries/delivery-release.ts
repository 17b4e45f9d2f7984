import type { Tx } from '../database.ts'
import { type OpenDeadlines, openDeadlines } from '../deadlines/open-deadlines.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { announceAvailable } from './delivery-announcement.ts'
import { deliveryMoves } from './delivery-states.ts'
import { lockEffects } from './effect-lock.ts'

/** A delivery that has just been put into its receiver's mailbox. */
export interface ReleasedDelivery {
  readonly id: string
  /** The hub's id of the packet. */
  readonly documentId: string
  readonly receiver: string
  readonly traceparent: string | null
}

/**
 * Puts routed deliveries into the mailbox. One that was released before, or closed, is left as it is: running twice
 * changes nothing.
 *
 * @param open notes what is owed from now on; default: what the watcher reckons later
 */
export async function releaseDeliveries(
  tx: Tx,
  ids: readonly string[],
  open: OpenDeadlines = openDeadlines,
): Promise<ReleasedDelivery[]> {
  const routed = await findRouted(tx, ids)
  if (routed.length === 0) return []
  const effects = await lockEffects(
    tx,
    routed.map(row => ({ sender: row.sender, documentId: row.document_name })),
  )
  const moved = await release(tx, ids)
  const released = routed.filter(row => moved.has(row.id))
  await open(
    tx,
    released.map(({ id }) => id),
  )
  await appendDocumentEvents(
    tx,
    released.map(row => {
      const acting = effects.of({ sender: row.sender, documentId: row.document_name }, row.receiver)
      const details =
        acting.length === 0 ? {} : { actedOnBy: acting.map(({ packetId, action }) => ({ packetId, action })) }
      return { documentId: row.document_id, deliveryId: row.id, what: 'available', details }
    }),
  )
  await announceAvailable(
    tx,
    released.map(row => row.id),
  )
  return released.map(({ id, document_id: documentId, receiver, traceparent }) => ({
    id,
    documentId,
    receiver,
    traceparent,
  }))
}

interface RoutedRow {
  id: string
  document_id: string
  receiver: string
  sender: string
  document_name: string
  traceparent: string | null
}

const routedSql = `
select delivery.id, delivery.document_id, delivery.receiver, document.sender, document.document_id as document_name,
       document.traceparent
  from delivery
  join document on document.id = delivery.document_id
 where delivery.id = any($1) and delivery.state = any($2)`

async function findRouted(tx: Tx, ids: readonly string[]): Promise<RoutedRow[]> {
  const { rows } = await tx.query<RoutedRow>({
    name: 'release-find',
    text: routedSql,
    values: [ids, deliveryMoves.release.from],
  })
  return rows
}

const releaseSql = `
with routed as (
  select id
    from delivery
   where id = any($1) and state = any($2)
   order by id
     for no key update
)
update delivery
   set state = '${deliveryMoves.release.to}', available_at = clock_timestamp(), due_at = clock_timestamp()
  from routed
 where delivery.id = routed.id
returning delivery.id`

async function release(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'release',
    text: releaseSql,
    values: [ids, deliveryMoves.release.from],
  })
  return new Set(rows.map(row => row.id))
}
