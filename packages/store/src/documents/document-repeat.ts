import type { Finding } from '@docaxis/errors'
import type { Sql, Tx } from '../database.ts'
import { type EffectOutcome, outcomesColumn } from '../deliveries/effect-outcome.ts'
import type { DocumentKind, NewDocument } from './document.ts'
import { wholeVerdict } from './verdict-checks.ts'

/** The first acceptance of a packet: what a repeat is answered with. */
export interface Acceptance {
  readonly id: string
  readonly kind: DocumentKind
  readonly documentId: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly acceptedAt: Date
  readonly verdict: unknown
  readonly warnings: readonly Finding[]
  /** Null for status messages. */
  readonly receiptId: string | null
  /** What it came to for earlier documents; empty for most packets. */
  readonly effects: readonly EffectOutcome[]
}

/** An accepted packet with what decides whether another one repeats it. */
export interface EarlierPacket extends Acceptance {
  readonly headerDigest: string
  readonly attachmentsDigest: string
  /**
   * Everybody it went to, by each code that names one: as written, as resolved then, and the successor to whom a reform
   * has moved it since.
   */
  readonly receivers: readonly string[]
}

const acceptanceColumns = `
  document.id, document.kind, document.document_id, encode(document.sha256, 'hex') as sha256, document.size_bytes,
  document.accepted_at, ${wholeVerdict}, document.warnings,
  (select receipt.id from receipt where receipt.document_id = document.id and receipt.kind = 'acceptance') as receipt_id,${outcomesColumn}`

const byBytesSql = `
select ${acceptanceColumns}, document.system_id
  from unnest($1::text[], $2::text[]) as sent(system_id, sha256)
  join document on document.system_id = sent.system_id and document.sha256 = decode(sent.sha256, 'hex')
 order by document.accepted_at desc`

/** Who sent which bytes, as a SHA-256 of 64 lower-case hex digits. */
export interface SentBytes {
  readonly systemId: string
  readonly sha256: string
}

/**
 * What systems were told when they first sent these bytes, whatever has changed since; undefined where they did not.
 * Answers in the order of `sent`.
 */
export async function findAcceptancesByBytes(
  sql: Sql,
  sent: readonly SentBytes[],
): Promise<(Acceptance | undefined)[]> {
  const { rows } = await sql.query<AcceptanceRow & { system_id: string }>({
    name: 'document-by-bytes',
    text: byBytesSql,
    values: [sent.map(one => one.systemId), sent.map(one => one.sha256)],
  })
  // The newest first: where a system sent the same bytes twice, the first acceptance is kept.
  const found = new Map(rows.map(row => [`${row.sha256} ${row.system_id}`, acceptanceOf(row)]))
  return sent.map(({ systemId, sha256 }) => found.get(`${sha256} ${systemId}`))
}

const byIdSql = `
select ${acceptanceColumns}
  from document
 where document.id = $1`

/** @param id ours, from a row that is known to the caller */
export async function findAcceptance(sql: Sql, id: string): Promise<Acceptance | undefined> {
  const { rows } = await sql.query<AcceptanceRow>({ name: 'document-by-id', text: byIdSql, values: [id] })
  return rows[0] && acceptanceOf(rows[0])
}

const sameKeySql = `
select ${acceptanceColumns}
  from document
 where document.sender = $1 and document.kind = $2 and document.document_id = $3 and document.action = $4
   and document.sha256 = decode($5, 'hex')`

/** The packet of equal key (sender, kind, DocumentId, action, SHA-256), whichever system sent it. */
export async function findAcceptanceByKey(
  sql: Sql,
  key: Pick<NewDocument, 'sender' | 'kind' | 'documentId' | 'action' | 'sha256'>,
): Promise<Acceptance | undefined> {
  const { rows } = await sql.query<AcceptanceRow>({
    name: 'document-by-key',
    text: sameKeySql,
    values: [key.sender, key.kind, key.documentId, key.action, key.sha256],
  })
  return rows[0] && acceptanceOf(rows[0])
}

const earlierSql = `
select ${acceptanceColumns}, document.header_digest, document.attachments_digest,
       array(select unnest(array[receiver.written, receiver.resolved])
               from document_receiver as receiver
              where receiver.document_id = document.id
              union
             select delivery.receiver
               from delivery
              where delivery.document_id = document.id and delivery.moved_from is not null) as receivers
  from document
 where document.sender = $1 and document.document_id = $2 and document.kind = 'document' and document.action = 'new'
 order by document.extends nulls first, document.accepted_at`

/** The new document that holds this DocumentId, then the packets that added receivers to it; empty when it is free. */
export async function findEarlierPackets(sql: Sql, sender: string, documentId: string): Promise<EarlierPacket[]> {
  const { rows } = await sql.query<EarlierRow>({
    name: 'document-earlier',
    text: earlierSql,
    values: [sender, documentId],
  })
  return rows.map(row => ({
    ...acceptanceOf(row),
    headerDigest: row.header_digest,
    attachmentsDigest: row.attachments_digest,
    receivers: row.receivers.filter(code => code !== null),
  }))
}

/** Lets one packet at a time add receivers to an earlier one, until the transaction ends. */
export async function lockOriginal(tx: Tx, id: string): Promise<void> {
  await tx.query('select id from document where id = $1 for no key update', [id])
}

interface AcceptanceRow {
  id: string
  kind: DocumentKind
  document_id: string
  sha256: string
  size_bytes: string
  accepted_at: Date
  verdict: unknown
  warnings: Finding[]
  receipt_id: string | null
  effects: EffectOutcome[] | null
}

interface EarlierRow extends AcceptanceRow {
  header_digest: string
  attachments_digest: string
  receivers: (string | null)[]
}

function acceptanceOf(row: AcceptanceRow): Acceptance {
  return {
    id: row.id,
    kind: row.kind,
    documentId: row.document_id,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    acceptedAt: row.accepted_at,
    verdict: row.verdict,
    warnings: row.warnings,
    receiptId: row.receipt_id,
    effects: row.effects ?? [],
  }
}
