import type { Sql } from '../database.ts'

/** `signatures`: those inside a PDF (V55 to V62); `malware`: whatever the file is. */
export type AttachmentCheckKind = 'signatures' | 'malware'

/** One question about one attachment, as acceptance writes it. */
export interface NewAttachmentCheck {
  /** Place in the envelope's list of attachments, from 0. */
  readonly position: number
  readonly kind: AttachmentCheckKind
  /** SHA-256 of the attachment itself, unwrapped; 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
  /** Deliveries wait for it. */
  readonly holds: boolean
  /** What was found before acceptance; absent: to be found out afterwards. */
  readonly verdict?: unknown
}

export interface AttachmentCheck {
  readonly position: number
  readonly kind: AttachmentCheckKind
  readonly state: 'waiting' | 'done'
  readonly holds: boolean
  /** While waiting, what the last try found; null before the first. */
  readonly verdict: unknown
  readonly attempts: number
  readonly doneAt: Date | null
}

const ofDocumentSql = `
select position, kind, state, holds, verdict, attempts, done_at
  from attachment_check
 where document_id = $1
 order by position, kind`

export async function checksOfDocument(sql: Sql, documentId: string): Promise<AttachmentCheck[]> {
  const { rows } = await sql.query<CheckRow>({ name: 'check-of-document', text: ofDocumentSql, values: [documentId] })
  return rows.map(({ done_at: doneAt, ...same }) => ({ ...same, doneAt }))
}

/** A check that is due, taken under a lease. */
export interface DueCheck {
  /** The hub's id of the packet. */
  readonly documentId: string
  readonly position: number
  readonly kind: AttachmentCheckKind
  readonly sha256: string
  readonly sizeBytes: number
  readonly holds: boolean
  /** This try included. It is the fence, too: who answers under another number comes too late. */
  readonly attempts: number
  /** Tries that ended without any verdict, this one included until it has. */
  readonly failures: number
  /** Since acceptance, by the database's clock. */
  readonly ageMs: number
  /** The packet that holds it. */
  readonly envelope: {
    readonly sha256: string
    readonly sizeBytes: number
    readonly profile: 'legacy' | 'strict'
    readonly signaturePolicy: 'record' | 'refuse-invalid' | 'require-valid'
    readonly acceptedAt: Date
  }
}

// The lease is due_at: the row of a worker that died falls due again. No two workers get the same row.
const claimSql = `
with due as (
  select * from due_attachment_checks($1, $3)
)
update attachment_check as taken
   set attempts = attempts + 1, failures = failures + 1, due_at = clock_timestamp() + $2 * interval '1 millisecond'
  from due, document
 where (taken.document_id, taken.position, taken.kind) = (due.document_id, due.position, due.kind)
   and document.id = taken.document_id
returning taken.document_id, taken.position, taken.kind, encode(taken.sha256, 'hex') as sha256, taken.size_bytes,
          taken.holds, taken.attempts, taken.failures, encode(document.sha256, 'hex') as envelope_sha256,
          document.size_bytes as envelope_size_bytes, document.profile, document.signature_policy, document.accepted_at,
          (extract(epoch from clock_timestamp() - document.accepted_at) * 1000)::float8 as age_ms`

export interface ClaimOptions {
  readonly limit: number
  /** How long nobody else takes them. */
  readonly leaseMs: number
  readonly kinds: readonly AttachmentCheckKind[]
}

/**
 * Takes checks that are due, first those that deliveries wait for, then the longest due, and counts the try before any work
 * is done.
 */
export async function claimChecks(sql: Sql, { limit, leaseMs, kinds }: ClaimOptions): Promise<DueCheck[]> {
  const { rows } = await sql.query<DueRow>({ name: 'check-claim', text: claimSql, values: [limit, leaseMs, kinds] })
  return rows.map(row => ({
    documentId: row.document_id,
    position: row.position,
    kind: row.kind,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    holds: row.holds,
    attempts: row.attempts,
    failures: row.failures,
    ageMs: row.age_ms,
    envelope: {
      sha256: row.envelope_sha256,
      sizeBytes: Number(row.envelope_size_bytes),
      profile: row.profile,
      signaturePolicy: row.signature_policy,
      acceptedAt: row.accepted_at,
    },
  }))
}

const postponeSql = `
update attachment_check
   set due_at = clock_timestamp() + $5 * interval '1 millisecond', verdict = coalesce($6, verdict),
       failures = case when $7 then failures - 1 else failures end
 where document_id = $1 and position = $2 and kind = $3 and attempts = $4 and state = 'waiting'`

export interface Postponement {
  readonly pauseMs: number
  /** What this try found, for people to see meanwhile. */
  readonly verdict?: unknown
  /** Nothing was found, and not by a fault of the file. */
  readonly blameless?: boolean
}

/** Another try after a pause. */
export async function postponeCheck(
  sql: Sql,
  { documentId, position, kind, attempts }: DueCheck,
  { pauseMs, verdict, blameless = verdict !== undefined }: Postponement,
): Promise<void> {
  const found = verdict === undefined ? null : JSON.stringify(verdict)
  await sql.query({
    name: 'check-postpone',
    text: postponeSql,
    values: [documentId, position, kind, attempts, pauseMs, found, blameless],
  })
}

/** Checks that wait, and for how long the oldest of them has been due. */
export async function countWaitingChecks(
  sql: Sql,
): Promise<{ readonly count: number; readonly oldestSeconds: number }> {
  const { rows } = await sql.query<{ count: string; oldest_seconds: number }>(`
    select count(*) as count,
           coalesce(greatest(0, extract(epoch from clock_timestamp() - min(due_at))), 0)::float8 as oldest_seconds
      from attachment_check
     where state = 'waiting'`)
  return { count: Number(rows[0]?.count), oldestSeconds: rows[0]?.oldest_seconds ?? 0 }
}

interface CheckRow {
  position: number
  kind: AttachmentCheckKind
  state: 'waiting' | 'done'
  holds: boolean
  verdict: unknown
  attempts: number
  done_at: Date | null
}

interface DueRow {
  document_id: string
  position: number
  kind: AttachmentCheckKind
  sha256: string
  size_bytes: string
  holds: boolean
  attempts: number
  failures: number
  age_ms: number
  envelope_sha256: string
  envelope_size_bytes: string
  profile: DueCheck['envelope']['profile']
  signature_policy: DueCheck['envelope']['signaturePolicy']
  accepted_at: Date
}
