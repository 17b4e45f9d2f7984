import type { ReceiptKind } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'
import { recordAudit } from './audit.ts'
import { readBy } from './receipt.ts'
import { type AnnouncedReceipt, announceReceipts } from './receipt-announcement.ts'

/** A receipt that waits for a place in a tree. */
export interface WaitingLeaf {
  readonly receiptId: string
  readonly sha256: Buffer
}

const waitingSql = `
select receipt_id, sha256
  from receipt_leaf
 where stamp_id is null
 order by added_at, receipt_id
 limit $1
   for update skip locked`

/** Receipts that wait for a time stamp, oldest first, locked until the transaction ends. */
export async function waitingLeaves(tx: Tx, limit: number): Promise<WaitingLeaf[]> {
  const { rows } = await tx.query<{ receipt_id: string; sha256: Buffer }>(waitingSql, [limit])
  return rows.map(({ receipt_id: receiptId, sha256 }) => ({ receiptId, sha256 }))
}

export interface NewStamp {
  readonly root: Buffer
  /** In the order of the tree. */
  readonly leaves: readonly {
    readonly receiptId: string
    /** Hashes, lowest first. */
    readonly proof: readonly Buffer[]
  }[]
}

const placeLeavesSql = `
update receipt_leaf
   set stamp_id = $1, leaf_index = placed.place - 1, proof = placed.proof
  from unnest($2::text[], $3::bytea[]) with ordinality as placed(receipt_id, proof, place)
 where receipt_leaf.receipt_id = placed.receipt_id`

/** Puts receipts into a tree whose root is to be stamped. */
export async function createStamp(tx: Tx, { root, leaves }: NewStamp): Promise<void> {
  const text = 'insert into receipt_stamp (root, size) values ($1, $2) returning id'
  const { rows } = await tx.query<{ id: string }>(text, [root, leaves.length])
  const proofs = leaves.map(({ proof }) => Buffer.concat(proof))
  await tx.query(placeLeavesSql, [rows[0]?.id, leaves.map(({ receiptId }) => receiptId), proofs])
}

const claimSql = `
with due as (
  select id from receipt_stamp
   where token is null and due_at <= clock_timestamp()
   order by due_at
   limit 1 for update skip locked
)
update receipt_stamp
   set tries = tries + 1, due_at = clock_timestamp() + $1 * interval '1 millisecond'
  from due
 where receipt_stamp.id = due.id
returning receipt_stamp.id, receipt_stamp.root, receipt_stamp.tries`

export interface DueStamp {
  readonly id: string
  readonly root: Buffer
  /** This one counted. */
  readonly tries: number
}

/** Takes the turn to ask for one token; whoever dies with it loses it after `leaseMs`. */
export async function claimStamp(sql: Sql, leaseMs: number): Promise<DueStamp | undefined> {
  const { rows } = await sql.query<DueStamp>(claimSql, [leaseMs])
  return rows[0]
}

/** Notes why no token could be had, and when to ask again. */
export async function postponeStamp(sql: Sql, id: string, wait: { fault: string; waitMs: number }): Promise<void> {
  const text = `
    update receipt_stamp
       set fault = $2, due_at = clock_timestamp() + $3 * interval '1 millisecond'
     where id = $1 and token is null`
  await sql.query(text, [id, wait.fault, wait.waitMs])
}

export interface GrantedStamp {
  /** DER. */
  readonly token: Buffer
  /** Name of the unit that stamped. */
  readonly tsa: string
  readonly genTime: Date
}

/** Keeps a token, and shows the receipts that waited for it unseen. */
export async function settleStamp(tx: Tx, id: string, { token, tsa, genTime }: GrantedStamp): Promise<void> {
  const text = `
    update receipt_stamp set token = $2, tsa = $3, gen_time = $4, fault = null
     where id = $1 and token is null
    returning encode(root, 'hex') as root, size`
  const { rows } = await tx.query<{ root: string; size: number }>(text, [id, token, tsa, genTime])
  const [stamp] = rows
  if (!stamp) return
  const details = { ...stamp, tsa, genTime: genTime.toISOString() }
  await recordAudit(tx, { actor: 'service:notary', action: 'receipt.stamp', object: id, outcome: 'issued', details })
  await showWithheld(tx, id)
}

const withheldSql = `
with shown as (
  update receipt_leaf set withheld = false
   where stamp_id = $1 and withheld
  returning receipt_id, leaf_index
)
select receipt.id, receipt.kind, receipt.system_id, receipt.document_id, receipt.delivery_id, document.traceparent,
       encode(coalesce(document.sha256, refusal.sha256), 'hex') as envelope_sha256,
       encode(receipt.sha256, 'hex') as sha256, receipt.issued_at
  from shown
  join receipt on receipt.id = shown.receipt_id
  left join document on document.id = receipt.document_id
  left join refusal on refusal.id = receipt.refusal_id
 order by shown.leaf_index`

const placeSql = `
with last as (
  select coalesce(max(feed_position), 0) as position from receipt
)
update receipt
   set feed_position = last.position + shown.place
  from unnest($1::text[]) with ordinality as shown(id, place), last
 where receipt.id = shown.id and receipt.feed_position is null`

async function showWithheld(tx: Tx, stampId: string): Promise<void> {
  const { rows } = await tx.query<WithheldRow>(withheldSql, [stampId])
  if (rows.length === 0) return
  await announceReceipts(tx, rows.map(announcementOf))
  await tx.query(placeSql, [rows.map(({ id }) => id)])
}

function announcementOf(row: WithheldRow): AnnouncedReceipt {
  return {
    id: row.id,
    kind: row.kind,
    systemId: row.system_id,
    documentId: row.document_id,
    deliveryId: row.delivery_id,
    traceparent: row.traceparent,
    envelopeSha256: row.envelope_sha256,
    sha256: row.sha256,
    issuedAt: row.issued_at,
  }
}

interface WithheldRow {
  id: string
  kind: ReceiptKind
  system_id: string
  document_id: string | null
  delivery_id: string | null
  traceparent: string | null
  envelope_sha256: string
  sha256: string
  issued_at: Date
}

/** When the receipt that has waited longest for its stamp was signed. */
export async function oldestUnstamped(sql: Sql): Promise<Date | undefined> {
  const text = `
    select least((select min(added_at) from receipt_leaf where stamp_id is null),
                 (select min(created_at) from receipt_stamp where token is null)) as oldest`
  const { rows } = await sql.query<{ oldest: Date | null }>(text)
  return rows[0]?.oldest ?? undefined
}

export interface StoredStamp {
  /** SHA-256 of the receipt. */
  readonly sha256: Buffer
  /** Absent while the receipt waits for it. */
  readonly stamp?: GrantedStamp & {
    readonly root: Buffer
    readonly size: number
    readonly index: number
    readonly proof: Buffer
  }
}

const findSql = `
select receipt_leaf.sha256, receipt_leaf.leaf_index as index, receipt_leaf.proof, receipt_stamp.root,
       receipt_stamp.size, receipt_stamp.token, receipt_stamp.tsa, receipt_stamp.gen_time as "genTime"
  from receipt_leaf
  join receipt on receipt.id = receipt_leaf.receipt_id
  left join receipt_stamp on receipt_stamp.id = receipt_leaf.stamp_id
 where receipt_leaf.receipt_id = $1 and ${readBy}`

/** The time stamp of a receipt that `findReceipt` finds; nothing for one that gets none. */
export async function findStamp(
  sql: Sql,
  receiptId: string,
  systemId: string,
  inherited: readonly string[] = [],
): Promise<StoredStamp | undefined> {
  const { rows } = await sql.query<StampRow>(findSql, [receiptId, systemId, inherited])
  return rows[0] && storedStampOf(rows[0])
}

export type StampRow = { readonly sha256: Buffer; readonly token: Buffer | null } & Partial<
  Omit<NonNullable<StoredStamp['stamp']>, 'token'>
>

export function storedStampOf({ sha256, ...stamp }: StampRow): StoredStamp {
  return { sha256, ...(stamp.token && { stamp: stamp as NonNullable<StoredStamp['stamp']> }) }
}

/** A stamp as everybody is given it: hex, Base64 and RFC 3339 (`GET /api/v1/receipts/{id}/stamp`). */
export interface GivenStamp {
  readonly receiptSha256: string
  readonly tree: { root: string; size: number; index: number; proof: string[] }
  readonly token: string
  readonly tsa: string
  readonly genTime: string
}

const hashBytes = 32

/** Undefined while the receipt waits for its stamp. */
export function givenStamp({ sha256: digest, stamp }: StoredStamp): GivenStamp | undefined {
  if (!stamp) return undefined
  const { root, size, index, proof, token, tsa, genTime } = stamp
  const hashes = Array.from({ length: proof.length / hashBytes }, (_, place) =>
    proof.toString('hex', place * hashBytes, (place + 1) * hashBytes),
  )
  return {
    receiptSha256: digest.toString('hex'),
    tree: { root: root.toString('hex'), size, index, proof: hashes },
    token: token.toString('base64'),
    tsa,
    genTime: genTime.toISOString(),
  }
}
