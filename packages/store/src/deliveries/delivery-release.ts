import type { Tx } from '../database.ts'
import { type OpenDeadlines, openDeadlines } from '../deadlines/open-deadlines.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { announceAvailable } from './delivery-announcement.ts'
import { deliveryMoves } from './delivery-states.ts'
import { type EffectTarget, lockEffects } from './effect-lock.ts'

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
  const documents = await documentsOfRouted(tx, ids)
  if (documents.size === 0) return []
  const effects = await lockEffects(tx, [...documents.values()])
  const moved = await release(tx, ids, [...documents.keys()])
  const released = moved.flatMap(row => {
    const document = documents.get(row.documentId)
    return document ? [{ ...row, document }] : []
  })
  const releasedIds = released.map(({ id }) => id)
  await open(tx, releasedIds)
  await appendDocumentEvents(
    tx,
    released.map(({ id, documentId, receiver, document }) => {
      const acting = effects.of(document, receiver)
      const details =
        acting.length === 0 ? {} : { actedOnBy: acting.map(({ packetId, action }) => ({ packetId, action })) }
      return { documentId, deliveryId: id, what: 'available', details }
    }),
  )
  await announceAvailable(tx, releasedIds)
  return released.map(({ id, documentId, receiver, document: { traceparent } }) => ({
    id,
    documentId,
    receiver,
    traceparent,
  }))
}

interface RoutedDocument extends EffectTarget {
  readonly traceparent: string | null
}

// Thousands of deliveries may be of one document: each is read once.
const documentsSql = `
select id, sender, document_id as "documentId", traceparent
  from document
 where id in (select document_id from delivery where id = any($1) and state = any($2))`

/** The documents of deliveries that are still to be released, by the hub's id. */
async function documentsOfRouted(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, RoutedDocument>> {
  const { rows } = await tx.query<RoutedDocument & { id: string }>({
    name: 'release-documents',
    text: documentsSql,
    values: [ids, deliveryMoves.release.from],
  })
  return new Map(rows.map(({ id, ...document }) => [id, document]))
}

const releaseSql = `
with routed as (
  select id
    from delivery
   where id = any($1) and state = any($2) and document_id = any($3)
   order by id
     for no key update
)
update delivery
   set state = '${deliveryMoves.release.to}', available_at = clock_timestamp(), due_at = clock_timestamp()
  from routed
 where delivery.id = routed.id
returning delivery.id, delivery.document_id as "documentId", delivery.receiver`

type Moved = Omit<ReleasedDelivery, 'traceparent'>

/** @param documents whose effects are locked: of others nothing moves */
async function release(tx: Tx, ids: readonly string[], documents: readonly string[]): Promise<Moved[]> {
  const { rows } = await tx.query<Moved>({
    name: 'release',
    text: releaseSql,
    values: [ids, deliveryMoves.release.from, documents],
  })
  return rows
}
