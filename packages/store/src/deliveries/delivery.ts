import type { Level } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'
import { wholeVerdict } from '../documents/verdict-checks.ts'
import type { BusinessChange } from './business-columns.ts'
import type { ChangeKind } from './business-states.ts'
import type { DeliveryState } from './delivery-states.ts'

/** One packet on its way to one receiver. */
export interface Delivery {
  readonly id: string
  /** The hub's id of the packet. */
  readonly documentId: string
  readonly kind: 'document' | 'status'
  /** Directory code of who gets it: as resolved at acceptance, or the successor to whom a reform has moved it. */
  readonly receiver: string
  /** As resolved at acceptance. */
  readonly resolved: string
  /** The code as the sender wrote it. */
  readonly receiverWritten: string
  readonly level: Level
  /** 0 normal … 4 most urgent. */
  readonly priority: number
  readonly state: DeliveryState
  /** Hand-overs that were tried and failed. */
  readonly attempts: number
  readonly acceptedAt: Date
  readonly routedAt: Date
  readonly availableAt: Date | null
  /** The mailbox shows it from here on: end of back-off or of the lease. */
  readonly dueAt: Date | null
  readonly firstFetchedAt: Date | null
  readonly fetchedAt: Date | null
  readonly fetches: number
  readonly closedAt: Date | null
  /** System that closed it. */
  readonly closedBy: string | null
  readonly failReason: string | null
  /** What the document shows for this receiver, an edXML status code; null before the first report. */
  readonly business: string | null
  /** The latest wish to change or take back, and its answer. */
  readonly businessChange: BusinessChange | null
  readonly businessChangeKind: ChangeKind | null
  /** The hub's id of the packet that brought the wish. */
  readonly businessChangeBy: string | null
  readonly businessAt: Date | null
  /** The hub's id of the newest document that replaces this one for this receiver. */
  readonly replacedBy: string | null
  /** The delivery of the same packet to its successor, as which it ends. */
  readonly joinedTo: string | null
}

/** A delivery with what its receiver may know of the packet. */
export interface DeliveryWithDocument extends Delivery {
  readonly document: {
    readonly id: string
    /** edXML DocumentId. */
    readonly documentId: string
    readonly systemId: string
    readonly sender: string
    readonly senderWritten: string
    readonly action: string
    /** SHA-256 of the bytes, 64 lower-case hex digits. */
    readonly sha256: string
    readonly sizeBytes: number
    readonly subject: string | null
    readonly codeNumber: string | null
    readonly codeNotation: string | null
    readonly issuedOn: string | null
    readonly traceparent: string | null
    readonly verdict: unknown
  }
}

const deliveryColumns = `
  delivery.id, delivery.document_id, delivery.kind, delivery.receiver, delivery.receiver_written, delivery.level,
  delivery.priority, delivery.state, delivery.attempts, delivery.accepted_at, delivery.routed_at,
  delivery.available_at, delivery.due_at, delivery.first_fetched_at, delivery.fetched_at, delivery.fetches,
  delivery.closed_at, delivery.closed_by, delivery.fail_reason, delivery.business, delivery.business_change,
  delivery.business_change_kind, delivery.business_change_by, delivery.business_at, delivery.replaced_by,
  delivery.joined_to,
  coalesce(delivery.moved_from, delivery.receiver) as resolved`

const findSql = `
select ${deliveryColumns}, document.document_id as document_name, document.system_id, document.sender,
       document.sender_written, document.action, encode(document.sha256, 'hex') as sha256, document.size_bytes,
       document.subject, document.code_number, document.code_notation, document.issued_on::text as issued_on,
       document.traceparent, ${wholeVerdict}, delivery.heir
  from delivery
  join document on document.id = delivery.document_id
 where delivery.id = $1 and (delivery.receiver = any($2) or delivery.heir = any($2))
   and delivery.state not in ('routed', 'held') and delivery.available_at is not null`

/**
 * One delivery to one of `agencies`; to anybody else it does not exist, and to nobody before it is in the mailbox. Who
 * answers for a closed receiver finds what that one had not finished, as its own.
 *
 * @param agencies directory codes that the caller acts for
 */
export async function findDelivery(
  sql: Sql,
  id: string,
  agencies: readonly string[],
): Promise<DeliveryWithDocument | undefined> {
  const { rows } = await sql.query<DeliveryWithDocumentRow>({
    name: 'delivery-find',
    text: findSql,
    values: [id, agencies],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  const receiver = row.heir !== null && agencies.includes(row.heir) ? row.heir : row.receiver
  return { ...deliveryOf(row), receiver, document: documentOf(row) }
}

const ofDocumentSql = `
select ${deliveryColumns}
  from delivery
 where delivery.document_id = $1 and ($2::text[] is null or delivery.receiver = any($2))
 order by delivery.receiver`

/**
 * Where a packet went.
 *
 * @param receivers only deliveries to these agencies (a receiver's view); absent = all (the sender's view)
 */
export async function deliveriesOfDocument(
  sql: Sql,
  documentId: string,
  receivers?: readonly string[],
): Promise<Delivery[]> {
  const { rows } = await sql.query<DeliveryRow>({
    name: 'delivery-of-document',
    text: ofDocumentSql,
    values: [documentId, receivers ?? null],
  })
  return rows.map(deliveryOf)
}

/** What a decision about a move needs, read under the row's lock. */
export interface LockedDelivery {
  readonly id: string
  readonly documentId: string
  readonly kind: 'document' | 'status'
  readonly receiver: string
  readonly receiverWritten: string
  readonly state: DeliveryState
  readonly attempts: number
  /** The mailbox shows it now: neither backing off nor under a lease, by the database's clock. */
  readonly due: boolean
  readonly senderSystemId: string
  readonly sender: string
  readonly traceparent: string | null
}

const lockSql = `
select delivery.id, delivery.document_id, delivery.kind, delivery.receiver, delivery.receiver_written, delivery.state,
       delivery.attempts, coalesce(delivery.due_at <= clock_timestamp(), true) as due,
       document.system_id as sender_system_id, document.sender, document.traceparent
  from delivery
  join document on document.id = delivery.document_id
 where delivery.id = any($1)
   and ($2::text[] is null or (delivery.receiver = any($2) and delivery.state not in ('routed', 'held')
                             and delivery.available_at is not null))
 order by delivery.id
   for no key update of delivery`

/**
 * Locks deliveries until the transaction ends, in the order of their ids so that two callers never wait for each
 * other. The next statement of the transaction sees what the one before wrote.
 *
 * @param agencies only deliveries to these that have been in the mailbox; absent = any, for the hub's own services
 */
export async function lockDeliveries(
  tx: Tx,
  ids: readonly string[],
  agencies?: readonly string[],
): Promise<ReadonlyMap<string, LockedDelivery>> {
  const { rows } = await tx.query<LockedRow>({ name: 'delivery-lock', text: lockSql, values: [ids, agencies ?? null] })
  return new Map(rows.map(row => [row.id, lockedOf(row)]))
}

interface DeliveryRow {
  id: string
  document_id: string
  kind: 'document' | 'status'
  receiver: string
  resolved: string
  receiver_written: string
  level: Level
  priority: number
  state: DeliveryState
  attempts: number
  accepted_at: Date
  routed_at: Date
  available_at: Date | null
  due_at: Date | null
  first_fetched_at: Date | null
  fetched_at: Date | null
  fetches: number
  closed_at: Date | null
  closed_by: string | null
  fail_reason: string | null
  business: string | null
  business_change: BusinessChange | null
  business_change_kind: ChangeKind | null
  business_change_by: string | null
  business_at: Date | null
  replaced_by: string | null
  joined_to: string | null
}

interface DeliveryWithDocumentRow extends DeliveryRow {
  heir: string | null
  document_name: string
  system_id: string
  sender: string
  sender_written: string
  action: string
  sha256: string
  size_bytes: string
  subject: string | null
  code_number: string | null
  code_notation: string | null
  issued_on: string | null
  traceparent: string | null
  verdict: unknown
}

interface LockedRow {
  id: string
  document_id: string
  kind: 'document' | 'status'
  receiver: string
  receiver_written: string
  state: DeliveryState
  attempts: number
  due: boolean
  sender_system_id: string
  sender: string
  traceparent: string | null
}

function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    documentId: row.document_id,
    kind: row.kind,
    receiver: row.receiver,
    resolved: row.resolved,
    receiverWritten: row.receiver_written,
    level: row.level,
    priority: row.priority,
    state: row.state,
    attempts: row.attempts,
    acceptedAt: row.accepted_at,
    routedAt: row.routed_at,
    availableAt: row.available_at,
    dueAt: row.due_at,
    firstFetchedAt: row.first_fetched_at,
    fetchedAt: row.fetched_at,
    fetches: row.fetches,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    failReason: row.fail_reason,
    business: row.business,
    businessChange: row.business_change,
    businessChangeKind: row.business_change_kind,
    businessChangeBy: row.business_change_by,
    businessAt: row.business_at,
    replacedBy: row.replaced_by,
    joinedTo: row.joined_to,
  }
}

function documentOf(row: DeliveryWithDocumentRow): DeliveryWithDocument['document'] {
  return {
    id: row.document_id,
    documentId: row.document_name,
    systemId: row.system_id,
    sender: row.sender,
    senderWritten: row.sender_written,
    action: row.action,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    subject: row.subject,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    issuedOn: row.issued_on,
    traceparent: row.traceparent,
    verdict: row.verdict,
  }
}

function lockedOf(row: LockedRow): LockedDelivery {
  return {
    id: row.id,
    documentId: row.document_id,
    kind: row.kind,
    receiver: row.receiver,
    receiverWritten: row.receiver_written,
    state: row.state,
    attempts: row.attempts,
    due: row.due,
    senderSystemId: row.sender_system_id,
    sender: row.sender,
    traceparent: row.traceparent,
  }
}
