import { acceptDocument, type DocumentWish } from '@docaxis/testkit'
import {
  type Database,
  insertDeliveries,
  newHubId,
  receiversToRoute,
  releaseDeliveries,
  takeUnrouted,
} from '../src/index.ts'

/** A document with one delivery per receiver, all in their mailboxes. Returns the ids of the deliveries. */
export async function deliver(database: Database, wish: DocumentWish = {}): Promise<string[]> {
  const ids = await route(database, wish)
  await database.transaction(tx => releaseDeliveries(tx, ids))
  return ids
}

/** The same, not in the mailboxes yet. */
export async function route(database: Database, wish: DocumentWish = {}): Promise<string[]> {
  const documentId = await acceptDocument(database, wish)
  const { kind = 'document', priority = 0 } = wish
  return await database.transaction(async tx => {
    const { routable } = await receiversToRoute(tx, [documentId])
    const deliveries = routable.map(({ receiver, written, level }) => ({
      id: newHubId(),
      documentId,
      kind,
      receiver,
      receiverWritten: written,
      level,
      priority,
    }))
    await insertDeliveries(tx, deliveries)
    await takeUnrouted(tx, [documentId])
    return deliveries.map(({ id }) => id)
  })
}

/** Puts a due time into the past, as if the lease or the pause had run out. */
export async function runOut(database: Database, deliveryId: string): Promise<void> {
  await database.query("update delivery set due_at = clock_timestamp() - interval '1 second' where id = $1", [
    deliveryId,
  ])
}
