import type { DeadlineKind } from '@docaxis/calendar'
import type { Finding } from '@docaxis/errors'
import type { ReceiptKind } from '@docaxis/events'
import type { AttachmentCheckKind } from '../attachments/attachment-check.ts'
import type { Tx } from '../database.ts'
import { recordAudit } from './audit.ts'
import { type AnnouncedReceipt, announceReceipts } from './receipt-announcement.ts'

/** Everything that a receipt attests, read from the book of record. */
export interface UnsignedReceipt {
  readonly id: string
  readonly kind: ReceiptKind
  readonly systemId: string
  /** When the fact was written, and now: both by the database's clock. */
  readonly createdAt: Date
  readonly readAt: Date
  /** SHA-256 of the envelope, 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
  /** Directory code; as far as it was readable on a refusal. */
  readonly sender: string | null
  /** edXML DocumentId, as far as it was readable on a refusal. */
  readonly documentName: string | null
  /** Without the list of single checks, which no receipt names. */
  readonly verdict: unknown
  readonly document: UnsignedDocument | null
  readonly delivery: UnsignedDelivery | null
  /** Non-delivery: the receiver as written, and why. */
  readonly receiver: string | null
  readonly reason: string | null
  readonly refusal: UnsignedRefusal | null
  readonly missed: UnsignedMiss | null
  /** Checks of the packet's attachments; none for most. */
  readonly checks: readonly UnsignedCheck[]
}

export interface UnsignedCheck {
  /** From 0. */
  readonly position: number
  readonly kind: AttachmentCheckKind
  /** Of the attachment itself, unwrapped. */
  readonly sha256: string
  readonly state: 'waiting' | 'done'
  readonly verdict: unknown
}

export interface UnsignedDocument {
  /** The hub's id. */
  readonly id: string
  readonly kind: 'document' | 'status'
  readonly action: string
  readonly acceptedAt: Date
  readonly traceparent: string | null
  readonly receivers: readonly {
    readonly written: string
    readonly resolved: string | null
    readonly fault: string | null
  }[]
}

export interface UnsignedDelivery {
  readonly id: string
  readonly receiver: string
  readonly receiverWritten: string
  readonly closedAt: Date
}

/** A deadline that passed, as it was found then. */
export interface UnsignedMiss {
  readonly owed: DeadlineKind
  readonly arrivedAt: Date
  readonly countedFrom: Date
  readonly dueAt: Date
  readonly judgedAt: Date
  readonly transport: string
  readonly business: string | null
  readonly unconfirmedYears: readonly number[]
}

export interface UnsignedRefusal {
  readonly id: string
  readonly problem: string
  readonly findings: readonly Finding[]
  readonly refusedAt: Date
}

const facts = `
  receipt.id, receipt.kind, receipt.system_id, receipt.created_at, receipt.issued_at, clock_timestamp() as read_at,
  receipt.receiver, receipt.reason,
  encode(coalesce(document.sha256, refusal.sha256), 'hex') as sha256,
  coalesce(document.size_bytes, refusal.size_bytes) as size_bytes,
  coalesce(document.sender, refusal.sender) as sender,
  coalesce(document.document_id, refusal.document_id) as document_name,
  coalesce(document.verdict, refusal.verdict) - 'checks' as verdict,
  document.id as document_id, document.kind as document_kind, document.action, document.accepted_at,
  document.traceparent,
  delivery.id as delivery_id, delivery.receiver as delivery_receiver, delivery.receiver_written, delivery.closed_at,
  refusal.id as refusal_id, refusal.problem, refusal.findings, refusal.refused_at,
  deadline.kind as owed, deadline.arrived_at, deadline.counted_from, deadline.due_at, deadline.missed_at,
  deadline.missed_transport, deadline.missed_business, deadline.unconfirmed_years,
  (select jsonb_agg(jsonb_build_object('written', r.written, 'resolved', r.resolved, 'fault', r.fault)
                    order by r.position)
     from document_receiver as r
    where r.document_id = receipt.document_id) as receivers,
  (select jsonb_agg(jsonb_build_object('position', c.position, 'kind', c.kind, 'sha256', encode(c.sha256, 'hex'),
                                       'state', c.state, 'verdict', c.verdict)
                    order by c.position, c.kind)
     from attachment_check as c
    where c.document_id = receipt.document_id) as checks`

const joins = `
  left join document on document.id = receipt.document_id
  left join delivery on delivery.id = receipt.delivery_id
  left join refusal on refusal.id = receipt.refusal_id
  left join deadline on deadline.delivery_id = receipt.delivery_id and deadline.kind = receipt.deadline_kind`

const byIdSql = `
select ${facts}
  from receipt ${joins}
 where receipt.id = any($1)
 order by receipt.id
   for no key update of receipt`

/** Those of these receipts that are owed and not signed, locked until the transaction ends. */
export async function unsignedReceipts(tx: Tx, ids: readonly string[]): Promise<UnsignedReceipt[]> {
  const { rows } = await tx.query<UnsignedRow>({ name: 'receipt-unsigned', text: byIdSql, values: [ids] })
  // Chosen here, not in SQL: the planner would take the index of unsigned receipts, full of dead entries.
  return rows.filter(row => row.issued_at === null).map(unsignedOf)
}

const overdueSql = `
select ${facts}
  from receipt ${joins}
 where receipt.issued_at is null
   and receipt.created_at < clock_timestamp() - $1 * interval '1 millisecond'
   and coalesce(receipt.tried_at, '-infinity')
     < clock_timestamp() - least($1 * power(2, receipt.tries), 3600000) * interval '1 millisecond'
 order by receipt.created_at
 limit $2
   for no key update of receipt skip locked`

/**
 * Receipts owed for longer than `overdueMs`: their event was lost. Locked until the transaction ends. One that was
 * postponed comes back after a pause that doubles each time, up to an hour.
 */
export async function overdueReceipts(
  tx: Tx,
  options: { readonly overdueMs: number; readonly limit: number },
): Promise<UnsignedReceipt[]> {
  const { rows } = await tx.query<UnsignedRow>(overdueSql, [options.overdueMs, options.limit])
  return rows.map(unsignedOf)
}

/** Notes that these receipts could not be signed now. */
export async function postponeReceipts(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const text = 'update receipt set tries = least(tries + 1, 20), tried_at = clock_timestamp() where id = any($1)'
  await tx.query(text, [ids])
}

export interface SignedReceipt {
  readonly receipt: UnsignedReceipt
  readonly xml: Buffer
  /** SHA-256 of `xml`, 64 lower-case hex digits. */
  readonly xmlSha256: string
  readonly issuedAt: Date
  /** SHA-256 of the hub certificate that signed it, 64 lower-case hex digits. */
  readonly certificateSha256: string
}

const storeSql = `
with last as (
  select coalesce(max(feed_position), 0) as position from receipt
)
update receipt
   set xml = s.xml, sha256 = decode(s.sha256, 'hex'), issued_at = s.issued_at,
       feed_position = case when $5 then last.position + s.place end
  from unnest($1::text[], $2::bytea[], $3::text[], $4::timestamptz[]) with ordinality
       as s(id, xml, sha256, issued_at, place),
       last
 where receipt.id = s.id and receipt.sha256 is null`

/** What becomes of receipts once they are signed: `required` shows them with their time stamp only. */
export type Stamping = 'off' | 'when-available' | 'required'

/**
 * Stores signed receipts with audit, and shows them with history, events and their places in the feed, unless they wait
 * for their time stamp first. Call it last, because others wait from here to the commit.
 */
export async function storeSignedReceipts(
  tx: Tx,
  signed: readonly SignedReceipt[],
  stamping: Stamping = 'off',
): Promise<void> {
  if (signed.length === 0) return
  const withheld = stamping === 'required'
  await recordAudit(tx, signed.map(auditOf))
  if (stamping !== 'off') await oweStamps(tx, signed, withheld)
  if (!withheld) await announceReceipts(tx, signed.map(announcementOf))
  await tx.query({
    name: 'receipt-store',
    text: storeSql,
    values: [
      signed.map(({ receipt }) => receipt.id),
      signed.map(({ xml }) => xml),
      signed.map(({ xmlSha256 }) => xmlSha256),
      signed.map(({ issuedAt }) => issuedAt.toISOString()),
      !withheld,
    ],
  })
}

const oweSql = `
insert into receipt_leaf (receipt_id, sha256, withheld)
select s.id, decode(s.sha256, 'hex'), $3
  from unnest($1::text[], $2::text[]) as s(id, sha256)`

async function oweStamps(tx: Tx, signed: readonly SignedReceipt[], withheld: boolean): Promise<void> {
  const ids = signed.map(({ receipt }) => receipt.id)
  const digests = signed.map(({ xmlSha256 }) => xmlSha256)
  await tx.query({ name: 'receipt-owe-stamp', text: oweSql, values: [ids, digests, withheld] })
}

function auditOf({ receipt, xmlSha256, certificateSha256 }: SignedReceipt) {
  return {
    actor: 'service:notary',
    action: 'receipt.issue',
    object: receipt.id,
    outcome: 'issued',
    details: { kind: receipt.kind, envelopeSha256: receipt.sha256, receiptSha256: xmlSha256, certificateSha256 },
  }
}

function announcementOf({ receipt, xmlSha256, issuedAt }: SignedReceipt): AnnouncedReceipt {
  return {
    id: receipt.id,
    kind: receipt.kind,
    systemId: receipt.systemId,
    documentId: receipt.document?.id ?? null,
    deliveryId: receipt.delivery?.id ?? null,
    traceparent: receipt.document?.traceparent ?? null,
    envelopeSha256: receipt.sha256,
    sha256: xmlSha256,
    issuedAt,
  }
}

interface UnsignedRow {
  id: string
  kind: ReceiptKind
  system_id: string
  created_at: Date
  issued_at: Date | null
  read_at: Date
  receiver: string | null
  reason: string | null
  sha256: string
  size_bytes: string
  sender: string | null
  document_name: string | null
  verdict: unknown
  document_id: string | null
  document_kind: 'document' | 'status'
  action: string
  accepted_at: Date
  traceparent: string | null
  delivery_id: string | null
  delivery_receiver: string
  receiver_written: string
  closed_at: Date
  refusal_id: string | null
  problem: string
  findings: readonly Finding[]
  refused_at: Date
  owed: DeadlineKind | null
  arrived_at: Date
  counted_from: Date
  due_at: Date
  missed_at: Date
  missed_transport: string
  missed_business: string | null
  unconfirmed_years: number[]
  receivers: UnsignedDocument['receivers'] | null
  checks: readonly UnsignedCheck[] | null
}

function unsignedOf(row: UnsignedRow): UnsignedReceipt {
  return {
    id: row.id,
    kind: row.kind,
    systemId: row.system_id,
    createdAt: row.created_at,
    readAt: row.read_at,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    sender: row.sender,
    documentName: row.document_name,
    verdict: row.verdict,
    document: row.document_id === null ? null : documentOf(row, row.document_id),
    delivery: row.delivery_id === null ? null : deliveryOf(row, row.delivery_id),
    receiver: row.receiver,
    reason: row.reason,
    refusal: row.refusal_id === null ? null : refusalOf(row, row.refusal_id),
    missed: row.owed === null ? null : missOf(row, row.owed),
    checks: row.checks ?? [],
  }
}

function documentOf(row: UnsignedRow, id: string): UnsignedDocument {
  const { document_kind: kind, action, accepted_at: acceptedAt, traceparent } = row
  return { id, kind, action, acceptedAt, traceparent, receivers: row.receivers ?? [] }
}

function deliveryOf(row: UnsignedRow, id: string): UnsignedDelivery {
  const { delivery_receiver: receiver, receiver_written: receiverWritten, closed_at: closedAt } = row
  return { id, receiver, receiverWritten, closedAt }
}

function missOf(row: UnsignedRow, owed: DeadlineKind): UnsignedMiss {
  return {
    owed,
    arrivedAt: row.arrived_at,
    countedFrom: row.counted_from,
    dueAt: row.due_at,
    judgedAt: row.missed_at,
    transport: row.missed_transport,
    business: row.missed_business,
    unconfirmedYears: row.unconfirmed_years,
  }
}

function refusalOf(row: UnsignedRow, id: string): UnsignedRefusal {
  const { problem, findings, refused_at: refusedAt } = row
  return { id, problem, findings, refusedAt }
}
