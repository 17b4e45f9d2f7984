import { type Level, type Publication, publication } from '@docaxis/events'
import type { Tx } from '../database.ts'
import { openDeadlines } from '../deadlines/open-deadlines.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { recordAudit } from '../evidence/audit.ts'
import { createReceipts } from '../evidence/receipt.ts'
import { appendOutbox } from '../log/outbox.ts'
import { announceAvailable } from './delivery-announcement.ts'
import { failedEvent, isDocument, receiptOn } from './delivery-handover.ts'
import { type InFlight, lockDeliveriesInFlight } from './delivery-in-flight.ts'
import { deliveryMoves } from './delivery-states.ts'
import { findTargets, type Sorted, sortInFlight } from './sort-in-flight.ts'

/** Where what is under way to a closed agency goes: to the one that follows it, or back to the sender with the reason. */
export type Redirect = { readonly to: string; readonly level: Level } | { readonly reason: string }
export type Redirects = ReadonlyMap<string, Redirect>

export interface RedirectCounts {
  /** They wait for the successor. */
  readonly moved: number
  /** The successor gets the packet in another delivery. */
  readonly joined: number
  /** They came back to their senders. */
  readonly returned: number
  /** Packets that were touched, each once. */
  readonly documents: number
}

export interface RedirectOptions {
  /** Who does it, as audits name actors: `service:delivery`, `system:admin`. */
  readonly actor: string
  /** The reform behind it. */
  readonly reform?: string
}

/** Rows written by one statement. */
const chunkSize = 2_000

/**
 * Sends everything that is under way to closed agencies where it belongs now. What was fetched and never acknowledged
 * goes too: nobody has said that it was stored. Running twice changes nothing.
 */
export async function redirectDeliveries(
  tx: Tx,
  redirects: Redirects,
  options: RedirectOptions,
): Promise<RedirectCounts> {
  const rows = await lockDeliveriesInFlight(tx, [...redirects.keys()])
  const sorted = sortInFlight(rows, redirects, await findTargets(tx, rows, redirects))
  const moved = await inChunks(sorted.moving, chunk => moveRows(tx, chunk, options))
  const joined = await inChunks(sorted.joining, chunk => joinRows(tx, chunk, options))
  const returned = await inChunks(sorted.returning, chunk => returnRows(tx, chunk, options))
  return { moved, joined, returned, documents: new Set(rows.map(({ documentId }) => documentId)).size }
}

async function inChunks<T>(rows: readonly T[], work: (chunk: readonly T[]) => Promise<number>): Promise<number> {
  let done = 0
  for (let start = 0; start < rows.length; start += chunkSize) done += await work(rows.slice(start, start + chunkSize))
  return done
}

// A successor has tried nothing yet.
const moveSql = `
update delivery
   set receiver = moved.receiver, level = moved.level, attempts = 0, fail_reason = null,
       moved_from = coalesce(delivery.moved_from, delivery.receiver),
       state = case when state = any($4) then '${deliveryMoves['hand-on'].to}' else state end,
       due_at = case when state = any($4) then clock_timestamp() else due_at end
  from unnest($1::text[], $2::text[], $3::text[]) as moved (id, receiver, level)
 where delivery.id = moved.id
returning delivery.id, clock_timestamp() as at`

async function moveRows(tx: Tx, rows: Sorted['moving'], options: RedirectOptions): Promise<number> {
  const values = [
    rows.map(({ delivery }) => delivery.id),
    rows.map(({ to }) => to),
    rows.map(({ level }) => level),
    deliveryMoves['hand-on'].from,
  ]
  const { rows: done } = await tx.query<{ id: string; at: Date }>(moveSql, values)
  const movedAt = new Map(done.map(({ id, at }) => [id, at]))
  await openDeadlines(tx, [...movedAt.keys()])
  await announceAvailable(tx, [...movedAt.keys()])
  await tell(tx, rows, options)
  await appendOutbox(
    tx,
    rows.flatMap(row => movedEvent(row, movedAt.get(row.delivery.id)) ?? []),
  )
  return done.length
}

const joinSql = `
update delivery
   set state = '${deliveryMoves.join.to}', joined_to = joined.target, due_at = null
  from unnest($1::text[], $2::text[]) as joined (id, target)
 where delivery.id = joined.id and state = any($3)`

// Those that waited for one of these wait for what it waits for.
const followSql = `
update delivery
   set joined_to = joined.target
  from unnest($1::text[], $2::text[]) as joined (id, target)
 where delivery.joined_to = joined.id and delivery.state = '${deliveryMoves.join.to}'`

async function joinRows(tx: Tx, rows: Sorted['joining'], options: RedirectOptions): Promise<number> {
  const ids = rows.map(({ delivery }) => delivery.id)
  const targets = rows.map(({ joinedTo }) => joinedTo)
  await tx.query('delete from delivery_hold where delivery_id = any($1)', [ids])
  const { rowCount } = await tx.query(joinSql, [ids, targets, deliveryMoves.join.from])
  await tx.query(followSql, [ids, targets])
  await tell(tx, rows, options)
  return rowCount ?? 0
}

async function tell(
  tx: Tx,
  rows: readonly { readonly delivery: InFlight; readonly to: string; readonly joinedTo?: string }[],
  { actor, reform }: RedirectOptions,
): Promise<void> {
  const details = ({ delivery, to, joinedTo }: (typeof rows)[number]) => ({
    from: delivery.receiver,
    to,
    ...(joinedTo !== undefined && { joinedTo }),
    ...(reform !== undefined && { reform }),
  })
  await appendDocumentEvents(
    tx,
    rows.map(row => ({
      documentId: row.delivery.documentId,
      deliveryId: row.delivery.id,
      what: 'moved',
      details: details(row),
    })),
  )
  await recordAudit(
    tx,
    rows.map(row => ({
      actor,
      action: 'delivery.move',
      object: row.delivery.id,
      outcome: row.joinedTo === undefined ? 'moved' : 'joined',
      details: { documentId: row.delivery.documentId, ...details(row) },
    })),
  )
}

const returnSql = `
update delivery
   set state = '${deliveryMoves.return.to}', fail_reason = returned.reason, closed_at = clock_timestamp(), due_at = null
  from unnest($1::text[], $2::text[]) as returned (id, reason)
 where delivery.id = returned.id and state = any($3)
returning delivery.id, delivery.closed_at as at`

async function returnRows(tx: Tx, rows: Sorted['returning'], options: RedirectOptions): Promise<number> {
  const ids = rows.map(({ delivery }) => delivery.id)
  const values = [ids, rows.map(({ reason }) => reason), deliveryMoves.return.from]
  await tx.query('delete from delivery_hold where delivery_id = any($1)', [ids])
  const { rows: done } = await tx.query<{ id: string; at: Date }>(returnSql, values)
  const closedAt = new Map(done.map(({ id, at }) => [id, at]))
  await createReceipts(
    tx,
    rows
      .filter(({ delivery }) => isDocument(delivery))
      .map(({ delivery, reason }) => ({
        ...receiptOn('non-delivery', delivery),
        receiver: delivery.receiverWritten,
        reason,
      })),
  )
  await tellReturn(tx, rows, options)
  await appendOutbox(
    tx,
    rows.flatMap(({ delivery, reason }) => {
      const at = closedAt.get(delivery.id)
      return at ? [failedEvent(delivery, reason, at)] : []
    }),
  )
  return done.length
}

async function tellReturn(tx: Tx, rows: Sorted['returning'], { actor, reform }: RedirectOptions): Promise<void> {
  const byReform = reform !== undefined && { reform }
  await appendDocumentEvents(
    tx,
    rows.map(({ delivery, reason }) => ({
      documentId: delivery.documentId,
      deliveryId: delivery.id,
      what: 'failed',
      details: { reason, willRetry: false, ...byReform },
    })),
  )
  await recordAudit(
    tx,
    rows.map(({ delivery }) => ({
      actor,
      action: 'delivery.return',
      object: delivery.id,
      outcome: 'failed',
      details: { documentId: delivery.documentId, receiver: delivery.receiver, ...byReform },
    })),
  )
}

function movedEvent({ delivery, to, level }: Sorted['moving'][number], at: Date | undefined): Publication | undefined {
  const { id, documentId, receiver: from, traceparent } = delivery
  if (at === undefined) return undefined
  return publication({
    topic: 'docaxis.delivery.moved',
    key: to,
    id: `${id}:moved:${to}`,
    subject: id,
    time: at,
    ...(traceparent && { traceparent }),
    data: { deliveryId: id, document: documentId, receiver: to, from, level, movedAt: at.toISOString() },
  })
}
