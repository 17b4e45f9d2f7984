import type { Finding } from '@docaxis/errors'
import type { NewAttachmentCheck } from '../attachments/attachment-check.ts'
import { blobLockNumber } from '../blobs/blob-lock.ts'
import type { Tx } from '../database.ts'
import { type NewEvidence, storeEvidence } from '../evidence/evidence.ts'
import { type SplitVerdict, splitVerdict } from './verdict-checks.ts'

export type DocumentKind = 'document' | 'status'
export type PacketAction = 'new' | 'revoke' | 'update' | 'replace' | 'status'
export type EffectAction = 'revoke' | 'update' | 'replace' | 'take-back'

/** A receiver as resolved at acceptance: history keeps what was true then. */
export interface ReceiverRow {
  readonly position: number
  /** The code as the sender wrote it. */
  readonly written: string
  /** Directory code that gets the delivery: the successor where the written one is closed. */
  readonly resolved?: string
  readonly level?: string
  readonly name?: string
  /** Why nothing can be delivered there: a path code. The sender asked for `deliver-others`. */
  readonly fault?: string
}

/** What a packet does to an earlier document of `sender`. */
export interface EffectRow {
  readonly sender: string
  /** edXML DocumentId of the earlier document. */
  readonly target: string
  readonly action: EffectAction
  /** Absent: for every receiver of the target. */
  readonly receiver?: string
}

/** One packet that the hub takes responsibility for. */
export interface NewDocument {
  /** Ours: a hub id. */
  readonly id: string
  readonly kind: DocumentKind
  readonly systemId: string
  /** Directory code of the sender. */
  readonly sender: string
  readonly senderWritten: string
  readonly documentId: string
  readonly action: PacketAction
  /** SHA-256 of the bytes as received, 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
  /** The earlier packet to which this one only adds receivers (edXML 9.1). */
  readonly extends?: string
  readonly headerDigest: string
  readonly attachmentsDigest: string
  readonly priority: number
  readonly subject?: string
  readonly codeNumber?: string
  readonly codeNotation?: string
  readonly typeName?: string
  /** `yyyy-mm-dd`. */
  readonly issuedOn?: string
  readonly dueOn?: string
  /** The envelope as packages/edxml reads it. */
  readonly envelope: unknown
  readonly verdict: unknown
  readonly warnings: readonly Finding[]
  readonly profile: string
  readonly signaturePolicy: string
  readonly traceparent?: string
  readonly receivers: readonly ReceiverRow[]
  readonly effects: readonly EffectRow[]
  /** Fixed now, signed later; absent for status messages, which beget no receipts. */
  readonly receiptId?: string
  /** What is asked of the attachments; none for most packets. */
  readonly checks: readonly NewAttachmentCheck[]
  /** What the verdicts rest on and this process has not kept yet. */
  readonly evidence: readonly NewEvidence[]
}

const acceptSql = `
with given as materialized (
  select *
    from jsonb_to_recordset($1::jsonb)
         as d(place integer, id text, kind text, system_id text, sender text, sender_written text, document_id text,
              action text, sha256 text, size_bytes bigint, extends text, header_digest text, attachments_digest text,
              priority smallint, subject text, code_number text, code_notation text, type_name text, issued_on date,
              due_on date, envelope jsonb, verdict jsonb, warnings jsonb, profile text, signature_policy text,
              traceparent text, receivers jsonb, effects jsonb, receipt_id text, attachment_hold text, checks jsonb,
              checks_sha256 text)
), locked as materialized (
  select pg_advisory_xact_lock(number)
    from (select unnest($2::bigint[]) as number order by 1) as ordered
), doc as (
  insert into document (id, kind, system_id, sender, sender_written, document_id, action, sha256, size_bytes, extends,
                        header_digest, attachments_digest, priority, subject, code_number, code_notation, type_name,
                        issued_on, due_on, envelope, verdict, warnings, profile, signature_policy, traceparent,
                        attachment_hold, checks_sha256)
  select id, kind, system_id, sender, sender_written, document_id, action, decode(sha256, 'hex'), size_bytes, extends,
         header_digest, attachments_digest, priority, subject, code_number, code_notation, type_name,
         issued_on, due_on, envelope, verdict, warnings, profile, signature_policy, traceparent, attachment_hold,
         decode(checks_sha256, 'hex')
    from given, (select count(*) from locked) as held
   order by place
  on conflict do nothing
  returning id, system_id, sender, kind, sha256, verdict, accepted_at
), verdict_checks as (
  insert into verdict_checks (sha256, checks)
  select decode(l.sha256, 'hex'), l.checks
    from unnest($3::text[], $4::jsonb[]) as l(sha256, checks)
   order by l.sha256
      on conflict (sha256) do nothing
), unrouted as (
  insert into unrouted (document_id, accepted_at)
  select id, accepted_at from doc
), receivers as (
  insert into document_receiver (document_id, position, written, resolved, level, name, fault)
  select doc.id, r.position, r.written, r.resolved, r.level, r.name, r.fault
    from doc
    join given on given.id = doc.id
   cross join jsonb_to_recordset(given.receivers)
         as r(position integer, written text, resolved text, level text, name text, fault text)
), effects as (
  insert into document_effect (document_id, sender, target, action, receiver, accepted_at)
  select doc.id, e.sender, e.target, e.action, e.receiver, doc.accepted_at
    from doc
    join given on given.id = doc.id
   cross join jsonb_to_recordset(given.effects) as e(sender text, target text, action text, receiver text)
), checks as (
  insert into attachment_check (document_id, position, kind, sha256, size_bytes, holds, state, verdict, done_at)
  select doc.id, c.position, c.kind, decode(c.sha256, 'hex'), c.size_bytes, c.holds,
         case when c.verdict is null then 'waiting' else 'done' end, c.verdict,
         case when c.verdict is not null then doc.accepted_at end
    from doc
    join given on given.id = doc.id
   cross join jsonb_to_recordset(given.checks)
         as c(position integer, kind text, sha256 text, size_bytes bigint, holds boolean, verdict jsonb)
), history as (
  insert into document_event (document_id, at, what, system_id, details)
  select doc.id, doc.accepted_at, 'accepted', doc.system_id,
         jsonb_build_object('sha256', encode(doc.sha256, 'hex'), 'verdict', doc.verdict ->> 'verdict')
    from doc
), evidence as (
  insert into receipt (id, kind, system_id, agency_code, document_id)
  select given.receipt_id, 'acceptance', doc.system_id, doc.sender, doc.id
    from doc
    join given on given.id = doc.id
   where given.receipt_id is not null
), audit as (
  insert into audit_batch (at, entries)
  select max(doc.accepted_at),
         jsonb_agg(jsonb_build_object(
           'actor', 'system:' || doc.system_id, 'action', 'document.accept', 'object', doc.id, 'outcome', 'accepted',
           'details', jsonb_build_object('sha256', encode(doc.sha256, 'hex'), 'sender', doc.sender, 'kind', doc.kind)))
    from doc
  having count(*) > 0
)
select id, accepted_at from doc`

/**
 * Writes packets with everything that is true from acceptance on: receivers, effects on earlier documents, history,
 * the receipts to be signed and the audit rows. One statement for all, because intake pays for every round trip; their
 * outbox events go into the same transaction by `appendOutbox`. Holds the hashes of the blobs (`lockBlob`) from here
 * on: the bytes must be kept before the transaction commits.
 *
 * @returns the moments of acceptance by the database's clock, under our ids. One is missing when an equal packet, or
 *   for action `new` another one under this DocumentId, is already there: nothing of it was written then
 */
export async function insertDocuments(tx: Tx, documents: readonly NewDocument[]): Promise<ReadonlyMap<string, Date>> {
  // Two batches that hold packets of one key meet them in the same order, so neither waits for the other for ever.
  const ordered = documents.toSorted((left, right) => compare(keyOf(left), keyOf(right)))
  const split = ordered.map(({ verdict }) => splitVerdict(verdict))
  const lists = new Map(split.flatMap(({ checks }) => (checks ? [[checks.sha256, checks.json] as const] : [])))
  const { rows } = await tx.query<{ id: string; accepted_at: Date }>({
    name: 'document-accept',
    text: acceptSql,
    values: [
      JSON.stringify(ordered.map((document, place) => rowOf(document, place, split[place]))),
      ordered.map(document => blobLockNumber(document.sha256)),
      [...lists.keys()],
      [...lists.values()],
    ],
  })
  await storeEvidence(tx, evidenceOf(documents))
  return new Map(rows.map(row => [row.id, row.accepted_at]))
}

/** Each once: packets that come together rest on the same lists. */
function evidenceOf(documents: readonly NewDocument[]): readonly NewEvidence[] {
  const byHash = new Map(documents.flatMap(({ evidence }) => evidence.map(item => [item.sha256, item] as const)))
  return [...byHash.values()]
}

/** `insertDocuments` for one. */
export async function insertDocument(tx: Tx, document: NewDocument): Promise<Date | undefined> {
  return (await insertDocuments(tx, [document])).get(document.id)
}

function keyOf({ sender, documentId, sha256 }: NewDocument): string {
  return `${sender}\n${documentId}\n${sha256}`
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right)
}

function rowOf(document: NewDocument, place: number, verdict: SplitVerdict | undefined) {
  return {
    place,
    id: document.id,
    kind: document.kind,
    system_id: document.systemId,
    sender: document.sender,
    sender_written: document.senderWritten,
    document_id: document.documentId,
    action: document.action,
    sha256: document.sha256,
    size_bytes: document.sizeBytes,
    extends: document.extends,
    header_digest: document.headerDigest,
    attachments_digest: document.attachmentsDigest,
    priority: document.priority,
    subject: document.subject,
    code_number: document.codeNumber,
    code_notation: document.codeNotation,
    type_name: document.typeName,
    issued_on: document.issuedOn,
    due_on: document.dueOn,
    envelope: document.envelope,
    verdict: verdict?.judged,
    checks_sha256: verdict?.checks?.sha256,
    warnings: document.warnings,
    profile: document.profile,
    signature_policy: document.signaturePolicy,
    traceparent: document.traceparent,
    receivers: document.receivers,
    effects: document.effects,
    receipt_id: document.receiptId,
    attachment_hold: document.checks.some(isAwaited) ? 'waiting' : null,
    checks: document.checks.map(checkRow),
  }
}

function isAwaited({ holds, verdict }: NewAttachmentCheck): boolean {
  return holds && verdict === undefined
}

function checkRow({ sizeBytes, ...same }: NewAttachmentCheck) {
  return { ...same, size_bytes: sizeBytes }
}
