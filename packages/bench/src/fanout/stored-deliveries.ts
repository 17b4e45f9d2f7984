import type { Database } from '@docaxis/store'

// Copies of one packet, each acknowledged by every receiver the packet has: what a hub holds after some months.
const documentsSql = `
insert into document
select (jsonb_populate_record(document, jsonb_build_object(
          'id', substr(md5('document ' || copy), 1, 24), 'document_id', document.document_id || ' ' || copy,
          'accepted_at', document.accepted_at - copy * interval '1 hour'))).*
  from document, generate_series(1, $2) as copy
 where document.id = $1`

const deliveriesSql = `
insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at, available_at,
                      due_at, first_fetched_at, fetched_at, fetches, closed_at)
select substr(md5(copied.id || model.receiver), 1, 24), copied.id, model.kind, model.receiver, model.receiver_written,
       model.level, model.priority, 'acknowledged', copied.accepted_at, copied.accepted_at, copied.accepted_at,
       copied.accepted_at, copied.accepted_at, 1, copied.accepted_at
  from document as copied
  join document as original on original.id = $1 and copied.document_id like original.document_id || ' %'
  join delivery as model on model.document_id = original.id`

/** Fills the tables with about `deliveries` acknowledged deliveries like those of the packet. */
export async function storeDeliveries(database: Database, documentId: string, deliveries: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    'select count(*)::integer as count from delivery where document_id = $1',
    [documentId],
  )
  const copies = Math.ceil(deliveries / Math.max(1, rows[0]?.count ?? 0))
  const client = await database.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query(documentsSql, [documentId, copies])
    const { rowCount } = await client.query(deliveriesSql, [documentId])
    await client.query('vacuum analyze')
    return rowCount ?? 0
  } finally {
    client.release(true)
  }
}
