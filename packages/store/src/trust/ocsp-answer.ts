import type { Sql } from '../database.ts'

export type OcspStatusWord = 'good' | 'revoked' | 'unknown'

/** A certificate of the register whose status is asked for ahead. */
export interface OcspSubject {
  /** SHA-256 of the certificate, lower-case hex. */
  readonly certificate: string
  readonly authority: string
}

/** An answer that was checked. */
export interface OcspAnswer {
  readonly der: Uint8Array
  readonly sha256: string
  readonly status: OcspStatusWord
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
}

const addSql = `
insert into ocsp_answer (certificate, authority)
select decode(certificate, 'hex'), decode(authority, 'hex')
  from unnest($1::text[], $2::text[]) as asked(certificate, authority)
on conflict do nothing`

/** Those that are known stay as they are. */
export async function addOcspSubjects(sql: Sql, subjects: readonly OcspSubject[]): Promise<void> {
  if (subjects.length === 0) return
  await sql.query(addSql, [subjects.map(one => one.certificate), subjects.map(one => one.authority)])
}

const dueSql = `
select encode(answer.certificate, 'hex') as certificate, answer.failures, held.der
  from ocsp_answer as answer
  join (select distinct on (sha256) sha256, der from agency_certificate where unbound_at is null) as held
    on held.sha256 = answer.certificate
 where answer.authority = decode($1, 'hex') and answer.due_at <= clock_timestamp()
 order by answer.due_at, answer.certificate
 limit $2`

export interface DueOcsp {
  readonly certificate: string
  readonly der: Buffer
  readonly failures: number
}

/** Certificates of an authority to ask about now. One that is bound no longer is not asked about. */
export async function dueOcsp(sql: Sql, authority: string, limit: number): Promise<DueOcsp[]> {
  const { rows } = await sql.query<DueOcsp>(dueSql, [authority, limit])
  return rows
}

const dropSql = `
delete from ocsp_answer as answer
 where not exists (select from agency_certificate as held
                    where held.sha256 = answer.certificate and held.unbound_at is null)`

/** Forgets answers on certificates that are bound no longer. */
export async function dropOcspOfUnbound(sql: Sql): Promise<void> {
  await sql.query(dropSql)
}

// Responders may answer from caches of different age: an older answer never replaces a newer one.
const storeSql = `
update ocsp_answer
   set der = case when newer then $3 else der end,
       sha256 = case when newer then decode($4, 'hex') else sha256 end,
       status = case when newer then $5 else status end,
       this_update = case when newer then $6 else this_update end,
       next_update = case when newer then $7 else next_update end,
       tried_at = clock_timestamp(), failures = 0, fault = null,
       due_at = clock_timestamp() + $8 * interval '1 millisecond'
  from (select this_update is null or this_update <= $6 as newer
          from ocsp_answer where certificate = decode($1, 'hex') and authority = decode($2, 'hex')) as compared
 where certificate = decode($1, 'hex') and authority = decode($2, 'hex')`

export async function storeOcspAnswer(
  sql: Sql,
  { certificate, authority }: OcspSubject,
  answer: OcspAnswer & { readonly dueInMs: number },
): Promise<void> {
  await sql.query(storeSql, [
    certificate,
    authority,
    answer.der,
    answer.sha256,
    answer.status,
    answer.thisUpdate,
    answer.nextUpdate ?? null,
    answer.dueInMs,
  ])
}

const failureSql = `
update ocsp_answer
   set tried_at = clock_timestamp(), failures = failures + 1, fault = $3,
       due_at = clock_timestamp() + $4 * interval '1 millisecond'
 where certificate = decode($1, 'hex') and authority = decode($2, 'hex')`

export async function recordOcspFailure(
  sql: Sql,
  { certificate, authority }: OcspSubject,
  { fault, dueInMs }: { readonly fault: string; readonly dueInMs: number },
): Promise<void> {
  await sql.query(failureSql, [certificate, authority, fault, dueInMs])
}

const digestsSql = `
select distinct encode(answer.sha256, 'hex') as sha256
  from ocsp_answer as answer
  join authority on authority.sha256 = answer.authority
 where answer.sha256 is not null and authority.revocation in ('ocsp', 'both') and authority.retired_at is null`

/** Nothing of this authority is asked before. */
export async function postponeOcsp(sql: Sql, authority: string, dueInMs: number): Promise<void> {
  await sql.query(
    `update ocsp_answer set due_at = greatest(due_at, clock_timestamp() + $2 * interval '1 millisecond')
      where authority = decode($1, 'hex')`,
    [authority, dueInMs],
  )
}

/** SHA-256 of every answer that counts; their bytes are read once, by `readOcspAnswers`. */
export async function listOcspDigests(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ readonly sha256: string }>(digestsSql)
  return rows.map(row => row.sha256)
}

export async function readOcspAnswers(
  sql: Sql,
  digests: readonly string[],
): Promise<{ readonly sha256: string; readonly der: Buffer }[]> {
  if (digests.length === 0) return []
  const { rows } = await sql.query<{ readonly sha256: string; readonly der: Buffer }>(
    "select distinct on (sha256) encode(sha256, 'hex') as sha256, der from ocsp_answer where encode(sha256, 'hex') = any($1)",
    [digests],
  )
  return rows
}

/** How the answers of each authority stand: for lists and metrics. */
export interface OcspTally {
  readonly authority: string
  readonly asked: number
  readonly good: number
  readonly revoked: number
  /** Without an answer, or with one that is past its nextUpdate. */
  readonly missing: number
  readonly failing: number
  readonly nextDueAt: Date | null
}

const tallySql = `
select encode(authority, 'hex') as authority, count(*)::integer as asked,
       count(*) filter (where status = 'good')::integer as good,
       count(*) filter (where status = 'revoked')::integer as revoked,
       count(*) filter (where sha256 is null or next_update < $1)::integer as missing,
       count(*) filter (where failures > 0)::integer as failing,
       min(due_at) as "nextDueAt"
  from ocsp_answer
 group by authority`

export async function tallyOcsp(sql: Sql, at: Date): Promise<OcspTally[]> {
  const { rows } = await sql.query<OcspTally>(tallySql, [at])
  return rows
}
