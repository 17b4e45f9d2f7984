import type { Sql, Tx } from '../database.ts'

/** A certificate of the register that was found revoked. */
export interface FoundRevocation {
  /** SHA-256 of the certificate, lower-case hex. */
  readonly sha256: string
  readonly source: 'crl' | 'ocsp' | 'hub'
  readonly revokedAt: Date
  /** CRLReason of RFC 5280 section 5.3.1. */
  readonly reason: string
}

// Earlier or worse than what was known: the documents are looked through again.
const recordSql = `
insert into certificate_revocation (sha256, source, revoked_at, reason)
select decode(f.sha256, 'hex'), f.source, f.revoked_at, f.reason
  from jsonb_to_recordset($1::jsonb) as f(sha256 text, source text, revoked_at timestamptz, reason text)
on conflict (sha256) do update
   set source = excluded.source, revoked_at = least(excluded.revoked_at, certificate_revocation.revoked_at),
       reason = excluded.reason, learnt_at = now(), due_at = now()
 where excluded.revoked_at < certificate_revocation.revoked_at
    or (excluded.reason = 'keyCompromise' and certificate_revocation.reason <> 'keyCompromise')
returning encode(sha256, 'hex') as sha256`

/** Writes down what was found. Those that are new, or worse than known, are answered: their documents are looked for. */
export async function recordRevocations(sql: Sql, found: readonly FoundRevocation[]): Promise<string[]> {
  if (found.length === 0) return []
  const rows = found.map(({ sha256, source, revokedAt, reason }) => ({ sha256, source, revoked_at: revokedAt, reason }))
  const { rows: news } = await sql.query<{ readonly sha256: string }>(recordSql, [JSON.stringify(rows)])
  return news.map(row => row.sha256)
}

/** Certificates whose authority holds them now. */
export async function listHolds(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ readonly sha256: string }>(
    `select encode(sha256, 'hex') as sha256 from certificate_revocation where source <> 'hub' and reason = 'certificateHold'`,
  )
  return rows.map(row => row.sha256)
}

/** A hold that its authority lifted (RFC 5280 section 5.3.1, removeFromCRL). */
export async function forgetHolds(sql: Sql, certificates: readonly string[]): Promise<void> {
  await sql.query(
    `delete from certificate_revocation
      where encode(sha256, 'hex') = any($1) and source <> 'hub' and reason = 'certificateHold'`,
    [certificates],
  )
}

const dueSql = `
select encode(sha256, 'hex') as sha256, source, revoked_at as "revokedAt", reason
  from certificate_revocation
 where due_at <= clock_timestamp()
 order by due_at
 limit 1
   for update skip locked`

/** The next one whose documents are to be looked for, locked for this transaction. */
export async function nextRevocation(tx: Tx): Promise<FoundRevocation | undefined> {
  const { rows } = await tx.query<FoundRevocation>(dueSql)
  return rows[0]
}

// An instance that has not seen the revocation yet may accept one more, and some may be on their way to the router.
const settleSql = `
update certificate_revocation
   set due_at = case when learnt_at < clock_timestamp() - interval '1 minute' and not $2
                     then null else clock_timestamp() + interval '20 seconds' end
 where sha256 = decode($1, 'hex')`

/** @param waiting documents that are not routed yet were among them */
export async function settleRevocation(tx: Tx, sha256: string, waiting: boolean): Promise<void> {
  await tx.query(settleSql, [sha256, waiting])
}

export interface SealedDocument {
  /** The hub's id of the packet. */
  readonly id: string
  readonly routed: boolean
}

// By sender, whose index it has; no index on the seal burdens intake.
const sealedSql = `
with holder as (
  select distinct agency_code as code from agency_certificate where sha256 = decode($1, 'hex')
), sender as (
  select code from holder
  union
  select mandate.principal from mandate join holder on holder.code = mandate.holder
)
select document.id, unrouted.document_id is null as routed
  from document
  left join unrouted on unrouted.document_id = document.id
  join sender on sender.code = document.sender
 where document.accepted_at >= $2
   and document.verdict #>> '{certificate,sha256}' = $1
   and not document.warnings @> jsonb_build_array(jsonb_build_object('code', $3::text, 'path', $4::text))
   and (unrouted.document_id is not null
        or exists (select from delivery
                    where delivery.document_id = document.id
                      and delivery.state in ('routed', 'held', 'available', 'fetched')))
 order by document.accepted_at, document.id
 limit $5
   for no key update of document`

/**
 * Documents sealed with a certificate, accepted since, that not every receiver has acknowledged, and whose warnings do
 * not say so yet.
 */
export async function lockDocumentsSealedWith(
  tx: Tx,
  question: {
    readonly certificate: string
    readonly since: Date
    readonly unlessWarned: { readonly code: string; readonly path: string }
    readonly limit: number
  },
): Promise<SealedDocument[]> {
  const { certificate, since, unlessWarned, limit } = question
  const values = [certificate, since, unlessWarned.code, unlessWarned.path, limit]
  const { rows } = await tx.query<SealedDocument>(sealedSql, values)
  return rows
}

/** Adds a warning to documents: whoever asks for them sees it. */
export async function addDocumentWarning(tx: Tx, documentIds: readonly string[], warning: object): Promise<void> {
  await tx.query('update document set warnings = warnings || $2::jsonb where id = any($1)', [
    documentIds,
    JSON.stringify([warning]),
  ])
}
