import type { Sql, Tx } from '../database.ts'
import { openDeadlines } from '../deadlines/open-deadlines.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { announceAvailable } from './delivery-announcement.ts'
import { deliveryMoves } from './delivery-states.ts'

/** Why a delivery is held; it goes on when the last reason is gone. */
export interface Hold {
  /** `certificate-revoked`, … */
  readonly reason: string
}

const holdableSql = `
select id, document_id
  from delivery
 where document_id = any($1) and first_fetched_at is null and (state = any($2) or state = '${deliveryMoves.hold.to}')
 order by id
   for no key update`

const noteSql = `
insert into delivery_hold (delivery_id, reason)
select unnest($1::text[]), $2
on conflict do nothing
returning delivery_id`

const holdSql = `
update delivery
   set state = '${deliveryMoves.hold.to}', due_at = null
 where id = any($1) and state = any($2)`

/** Holds every delivery of these packets that nobody has fetched yet. @returns ids of those that are held for it now */
export async function holdDeliveriesOf(tx: Tx, documentIds: readonly string[], { reason }: Hold): Promise<string[]> {
  const { rows: found } = await tx.query<{ id: string; document_id: string }>(holdableSql, [
    documentIds,
    deliveryMoves.hold.from,
  ])
  const ids = found.map(row => row.id)
  const { rows: noted } = await tx.query<{ delivery_id: string }>(noteSql, [ids, reason])
  const held = new Set(noted.map(row => row.delivery_id))
  await tx.query(holdSql, [[...held], deliveryMoves.hold.from])
  await appendDocumentEvents(
    tx,
    found
      .filter(row => held.has(row.id))
      .map(row => ({ documentId: row.document_id, deliveryId: row.id, what: 'held', details: { reason } })),
  )
  return [...held]
}

const dropSql = `
delete from delivery_hold
 where delivery_id = any($1) and ($2::text is null or reason = $2)
returning delivery_id`

const letGoSql = `
update delivery
   set state = '${deliveryMoves['let-go'].to}', available_at = coalesce(available_at, clock_timestamp()),
       due_at = clock_timestamp()
 where id = any($1) and state = any($2)
   and joined_to is null and not exists (select from delivery_hold where delivery_hold.delivery_id = delivery.id)
returning id, document_id`

/**
 * Takes a reason away; a delivery without any goes to its mailbox.
 *
 * @param reason absent: every reason
 * @param systemId the operator's system, for the history
 * @returns ids of those that are in the mailbox now
 */
export async function letGo(
  tx: Tx,
  ids: readonly string[],
  { reason, systemId }: Partial<Hold> & { readonly systemId?: string } = {},
): Promise<string[]> {
  await tx.query('select from delivery where id = any($1) order by id for no key update', [ids])
  await tx.query(dropSql, [ids, reason ?? null])
  const { rows } = await tx.query<{ id: string; document_id: string }>(letGoSql, [ids, deliveryMoves['let-go'].from])
  await openDeadlines(
    tx,
    rows.map(row => row.id),
  )
  await appendDocumentEvents(
    tx,
    rows.map(row => ({
      documentId: row.document_id,
      deliveryId: row.id,
      what: 'available',
      ...(systemId && { systemId }),
    })),
  )
  const moved = rows.map(row => row.id)
  await announceAvailable(tx, moved)
  return moved
}

export interface HeldDelivery {
  readonly id: string
  /** The hub's id of the packet. */
  readonly documentId: string
  readonly sender: string
  readonly receiver: string
  readonly acceptedAt: Date
  readonly reasons: readonly string[]
  readonly heldAt: Date
}

const listSql = `
select delivery.id, delivery.document_id as "documentId", document.sender, delivery.receiver,
       delivery.accepted_at as "acceptedAt", array_agg(hold.reason order by hold.reason) as reasons,
       min(hold.held_at) as "heldAt"
  from delivery
  join document on document.id = delivery.document_id
  join delivery_hold as hold on hold.delivery_id = delivery.id
 where delivery.state = 'held'
 group by delivery.id, document.sender
 order by min(hold.held_at), delivery.id
 limit $1`

/** What waits for an operator, oldest first. */
export async function listHeld(sql: Sql, limit: number): Promise<HeldDelivery[]> {
  const { rows } = await sql.query<HeldDelivery>(listSql, [limit])
  return rows
}
