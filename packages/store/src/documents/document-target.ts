import type { Sql } from '../database.ts'

const knownSql = `
select distinct document_id
  from document
 where sender = $1 and kind = 'document' and document_id = any($2)`

/** Which of these DocumentIds the hub knows as documents of `sender`. */
export async function findKnownDocumentIds(
  sql: Sql,
  sender: string,
  documentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ document_id: string }>({
    name: 'document-known',
    text: knownSql,
    values: [sender, documentIds],
  })
  return new Set(rows.map(row => row.document_id))
}

const ownersSql = `
select distinct sender
  from document
 where kind = 'document' and document_id = $1`

/** Agencies that have sent a document under this DocumentId: it is unique per sender only. */
export async function findSendersOf(sql: Sql, documentId: string): Promise<readonly string[]> {
  const { rows } = await sql.query<{ sender: string }>({
    name: 'document-senders',
    text: ownersSql,
    values: [documentId],
  })
  return rows.map(row => row.sender)
}

// Two looks by the document's own index entries: "or" would read all that the receiver ever got.
const holderSql = `
select coalesce(joined.receiver, found.receiver) as holder
  from document
 cross join lateral (
   select delivery.receiver, delivery.joined_to, false as moved
     from delivery
    where delivery.document_id = document.id and delivery.receiver = $3
    union all
   select delivery.receiver, delivery.joined_to, true
     from delivery
    where delivery.document_id = document.id and delivery.moved_from = $3
 ) as found
  left join delivery as joined on joined.id = found.joined_to
 where document.sender = $1 and document.kind = 'document' and document.document_id = $2
 order by found.moved, found.joined_to is not null
 limit 1`

/**
 * Who (directory code) has the document in this receiver's place, or waits for it: itself; or, where a reform has moved its
 * delivery or made it one with another's, that one. Undefined when its delivery is not made yet.
 */
export async function findHolder(
  sql: Sql,
  sender: string,
  documentId: string,
  receiver: string,
): Promise<string | undefined> {
  const values = [sender, documentId, receiver]
  const { rows } = await sql.query<{ holder: string }>({ name: 'document-holder', text: holderSql, values })
  return rows[0]?.holder
}

/** A document that one agency sent to another, as a status message names it. */
export interface AddressedDocument {
  /** Ours. */
  readonly id: string
  /** Null until the router has made the delivery. */
  readonly deliveryId: string | null
}

// Receivers as resolved at acceptance, and whoever followed one that was closed since: by a delivery that moved, or as
// heir of what was not finished. One that is both answers for its own delivery first.
const addressedSql = `
select document.id, delivery.id as delivery_id
  from document
  left join delivery on delivery.document_id = document.id and (delivery.receiver = $3 or delivery.heir = $3)
 where document.sender = $1 and document.kind = 'document' and document.document_id = $2
   and (delivery.id is not null
        or exists (select from document_receiver as receiver
                    where receiver.document_id = document.id and receiver.resolved = $3))
 order by document.action in ('new', 'replace') desc, document.accepted_at desc, (delivery.receiver = $3) desc nulls last
 limit 1`

/**
 * The document under this DocumentId that went from `sender` to `receiver` (directory codes), rather than an update or a
 * revocation that bears its name; the newest of several.
 */
export async function findAddressedDocument(
  sql: Sql,
  sender: string,
  documentId: string,
  receiver: string,
): Promise<AddressedDocument | undefined> {
  const { rows } = await sql.query<{ id: string; delivery_id: string | null }>({
    name: 'document-addressed',
    text: addressedSql,
    values: [sender, documentId, receiver],
  })
  return rows[0] && { id: rows[0].id, deliveryId: rows[0].delivery_id }
}
