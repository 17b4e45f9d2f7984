import { HubError } from '@docaxis/errors'
import type { Sql } from '../database.ts'

/** What counts for certificates an authority issued; `both`: whichever is there, and a revocation in either. */
export type RevocationPolicy = 'crl' | 'ocsp' | 'both'

export interface NewAuthority {
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly der: Uint8Array
  readonly subject: string
  readonly notAfter: Date
  /** Completes paths. False for an anchor, which is trusted by its own row or file. */
  readonly intermediate: boolean
}

export interface AuthorityPolicy {
  readonly revocation: RevocationPolicy
  /** Null: as long as the lists themselves say. */
  readonly maxCrlAgeHours: number | null
}

export interface AuthorityRecord extends NewAuthority, AuthorityPolicy {
  readonly der: Buffer
  readonly addedAt: Date
}

// A certificate that was an anchor and is now imported as an intermediate completes paths from then on; never the
// other way round.
const registerSql = `
insert into authority (sha256, der, subject, not_after, intermediate)
values (decode($1, 'hex'), $2, $3, $4, $5)
on conflict (sha256) do update
   set intermediate = authority.intermediate or excluded.intermediate, retired_at = null
 where authority.retired_at is not null or authority.intermediate < excluded.intermediate`

/** Knows an authority from now on. Whether that is new. */
export async function registerAuthority(sql: Sql, authority: NewAuthority): Promise<boolean> {
  const { sha256, der, subject, notAfter, intermediate } = authority
  const { rowCount } = await sql.query(registerSql, [sha256, der, subject, notAfter, intermediate])
  return rowCount === 1
}

/** Nothing is fetched from it any more, and it completes no path. Whether there was one to retire. */
export async function retireAuthority(sql: Sql, sha256: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    "update authority set retired_at = now(), intermediate = false where sha256 = decode($1, 'hex') and retired_at is null",
    [sha256],
  )
  return rowCount === 1
}

const forgetAnchorsSql = `
update authority
   set retired_at = now()
 where not intermediate and retired_at is null and encode(sha256, 'hex') <> all($1)`

/** Nothing is fetched any more from anchors that are none of these. */
export async function retireOtherAnchors(sql: Sql, anchors: readonly string[]): Promise<void> {
  await sql.query(forgetAnchorsSql, [anchors])
}

const policySql = `
update authority
   set revocation = coalesce($2, revocation),
       max_crl_age_hours = case when $3 then $4 else max_crl_age_hours end
 where sha256 = decode($1, 'hex') and retired_at is null`

/** Changes what is given. @throws HubError `NOT_FOUND` */
export async function setAuthorityPolicy(sql: Sql, sha256: string, change: Partial<AuthorityPolicy>): Promise<void> {
  const { revocation = null, maxCrlAgeHours } = change
  const values = [sha256, revocation, maxCrlAgeHours !== undefined, maxCrlAgeHours ?? null]
  const { rowCount } = await sql.query(policySql, values)
  if (rowCount !== 1) throw new HubError('NOT_FOUND', 'no authority has this certificate', { details: { sha256 } })
}

const listSql = `
select encode(sha256, 'hex') as sha256, der, subject, not_after, intermediate, revocation, max_crl_age_hours, added_at
  from authority
 where retired_at is null
 order by subject, sha256`

/** Authorities in force: intermediates, and anchors for what is fetched from them. */
export async function listAuthorities(sql: Sql): Promise<AuthorityRecord[]> {
  const { rows } = await sql.query<AuthorityRow>(listSql)
  return rows.map(authorityOf)
}

const claimSql = `
with due as (
  select sha256
    from authority
   where retired_at is null and leased_until <= clock_timestamp()
     and (exists (select from revocation_source as source
                   where source.authority = authority.sha256 and source.kind = 'crl'
                     and authority.revocation in ('crl', 'both') and source.due_at <= clock_timestamp())
       or authority.revocation in ('ocsp', 'both')
          and exists (select from revocation_source as source
                       where source.authority = authority.sha256 and source.kind = 'ocsp')
          and exists (select from ocsp_answer as answer
                       where answer.authority = authority.sha256 and answer.due_at <= clock_timestamp()
                         and exists (select from agency_certificate as held
                                      where held.sha256 = answer.certificate and held.unbound_at is null)))
   order by leased_until, sha256
   limit $1
     for update skip locked
)
update authority
   set leased_until = clock_timestamp() + $2 * interval '1 millisecond'
  from due
 where authority.sha256 = due.sha256
returning encode(authority.sha256, 'hex') as sha256, authority.der, authority.subject, authority.not_after,
          authority.intermediate, authority.revocation, authority.max_crl_age_hours, authority.added_at`

/**
 * Takes authorities for which something is due, each for this instance alone until the lease ends or is given back. By
 * the database's clock.
 */
export async function claimDueAuthorities(
  sql: Sql,
  { limit, leaseMs }: { readonly limit: number; readonly leaseMs: number },
): Promise<AuthorityRecord[]> {
  const { rows } = await sql.query<AuthorityRow>(claimSql, [limit, leaseMs])
  return rows.map(authorityOf)
}

/** Gives a lease back: what is still due may be taken at once. */
export async function releaseAuthority(sql: Sql, sha256: string): Promise<void> {
  await sql.query("update authority set leased_until = clock_timestamp() where sha256 = decode($1, 'hex')", [sha256])
}

interface AuthorityRow {
  readonly sha256: string
  readonly der: Buffer
  readonly subject: string
  readonly not_after: Date
  readonly intermediate: boolean
  readonly revocation: RevocationPolicy
  readonly max_crl_age_hours: number | null
  readonly added_at: Date
}

function authorityOf(row: AuthorityRow): AuthorityRecord {
  return {
    sha256: row.sha256,
    der: row.der,
    subject: row.subject,
    notAfter: row.not_after,
    intermediate: row.intermediate,
    revocation: row.revocation,
    maxCrlAgeHours: row.max_crl_age_hours,
    addedAt: row.added_at,
  }
}
