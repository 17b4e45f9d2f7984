import type { Sql } from '../database.ts'

/** What an anchor is trusted for (V25). */
export type AnchorPurpose = 'seal' | 'official' | 'tls' | 'tsa' | 'ocsp'
export const anchorPurposes: readonly AnchorPurpose[] = ['seal', 'official', 'tls', 'tsa', 'ocsp']

/** An anchor as an operator imports it. */
export interface NewAnchor {
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly der: Uint8Array
  readonly subject: string
  readonly notAfter: Date
  readonly purposes: readonly AnchorPurpose[]
  /** Absent: from the certificate's own beginning. */
  readonly validFrom?: Date
  /** Absent: until the certificate's own end. */
  readonly validTo?: Date
  /** Name limits as the operator wrote them. */
  readonly permittedNames: readonly string[]
  readonly excludedNames: readonly string[]
}

export interface AnchorRecord extends NewAnchor {
  readonly der: Buffer
  /** System that imported it. */
  readonly addedBy: string
  readonly addedAt: Date
}

// An anchor that was retired, or whose limits change, is imported anew: the import says the whole of it.
const putAnchorSql = `
insert into trust_anchor (sha256, der, subject, not_after, purposes, valid_from, valid_to, permitted_names, excluded_names, added_by)
values (decode($1, 'hex'), $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (sha256) do update
   set purposes = excluded.purposes, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       permitted_names = excluded.permitted_names, excluded_names = excluded.excluded_names,
       added_by = excluded.added_by, added_at = now(), retired_at = null`

/** Trusts an anchor from now on. */
export async function putAnchor(sql: Sql, anchor: NewAnchor, addedBy: string): Promise<void> {
  await sql.query(putAnchorSql, [
    anchor.sha256,
    anchor.der,
    anchor.subject,
    anchor.notAfter,
    anchor.purposes,
    anchor.validFrom ?? null,
    anchor.validTo ?? null,
    anchor.permittedNames,
    anchor.excludedNames,
    addedBy,
  ])
}

/** Trusts it no longer; the row stays. Whether there was one to retire. */
export async function retireAnchor(sql: Sql, sha256: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    "update trust_anchor set retired_at = now() where sha256 = decode($1, 'hex') and retired_at is null",
    [sha256],
  )
  return rowCount === 1
}

const listAnchorsSql = `
select encode(sha256, 'hex') as sha256, der, subject, not_after, purposes, valid_from, valid_to, permitted_names,
       excluded_names, added_by, added_at
  from trust_anchor
 where retired_at is null
 order by subject, sha256`

/** Imported anchors in force. */
export async function listAnchors(sql: Sql): Promise<AnchorRecord[]> {
  const { rows } = await sql.query<AnchorRow>(listAnchorsSql)
  return rows.map(anchorOf)
}

interface AnchorRow {
  readonly sha256: string
  readonly der: Buffer
  readonly subject: string
  readonly not_after: Date
  readonly purposes: readonly AnchorPurpose[]
  readonly valid_from: Date | null
  readonly valid_to: Date | null
  readonly permitted_names: readonly string[]
  readonly excluded_names: readonly string[]
  readonly added_by: string
  readonly added_at: Date
}

function anchorOf(row: AnchorRow): AnchorRecord {
  return {
    sha256: row.sha256,
    der: row.der,
    subject: row.subject,
    notAfter: row.not_after,
    purposes: row.purposes,
    ...(row.valid_from && { validFrom: row.valid_from }),
    ...(row.valid_to && { validTo: row.valid_to }),
    permittedNames: row.permitted_names,
    excludedNames: row.excluded_names,
    addedBy: row.added_by,
    addedAt: row.added_at,
  }
}
