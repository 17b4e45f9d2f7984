import type { Sql } from '../database.ts'

/** A certificate whose end is watched. */
export interface WatchedCertificate {
  readonly sha256: string
  readonly kind: 'seal' | 'official' | 'authority' | 'anchor'
  readonly subject: string
  readonly notAfter: Date
  /** Agency that holds it. */
  readonly agencyCode: string | null
}

const watchedSql = `
select encode(sha256, 'hex') as sha256, kind, subject, not_after as "notAfter", agency_code as "agencyCode"
  from (select sha256, kind, subject, not_after, agency_code
          from agency_certificate
         where unbound_at is null and revoked_from is null
        union all
        select sha256, case when intermediate then 'authority' else 'anchor' end, subject, not_after, null
          from authority
         where retired_at is null
        union all
        select sha256, 'anchor', subject, not_after, null
          from trust_anchor
         where retired_at is null and sha256 not in (select sha256 from authority where retired_at is null)) as watched
 where not_after > $1 and not_after <= $2
 order by not_after, sha256`

/** Certificates in force that end after `from` and until `until`, soonest first. */
export async function listEnding(
  sql: Sql,
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<WatchedCertificate[]> {
  const { rows } = await sql.query<WatchedCertificate>(watchedSql, [from, until])
  return rows
}

const noticedSql = `
select encode(sha256, 'hex') as sha256, array_agg(days order by days desc) as days
  from expiry_notice
 where sha256 in (select decode(one, 'hex') from unnest($1::text[]) as one)
 group by sha256`

/** Thresholds that were told of these certificates, the earliest first. Those of which nothing was told are left out. */
export async function noticedExpiry(sql: Sql, sha256s: readonly string[]): Promise<ReadonlyMap<string, number[]>> {
  const { rows } = await sql.query<{ sha256: string; days: number[] }>(noticedSql, [sha256s])
  return new Map(rows.map(({ sha256, days }) => [sha256, days]))
}

const noticeSql = `
insert into expiry_notice (sha256, days)
select decode($1, 'hex'), days
  from unnest($2::smallint[]) as days
on conflict do nothing
returning days`

/** Marks thresholds of a certificate as told. Those that had not been. */
export async function noticeExpiry(sql: Sql, sha256: string, days: readonly number[]): Promise<number[]> {
  const { rows } = await sql.query<{ readonly days: number }>(noticeSql, [sha256, days])
  return rows.map(row => row.days)
}
