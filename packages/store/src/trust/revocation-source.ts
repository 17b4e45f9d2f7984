import type { Sql } from '../database.ts'

export type SourceKind = 'crl' | 'ocsp'

/** Where an authority publishes. */
export interface NewSource {
  /** SHA-256 of the authority's certificate, lower-case hex. */
  readonly authority: string
  readonly kind: SourceKind
  readonly url: string
  /** Named by a certificate of the register, or given by an operator, such as an internal mirror. */
  readonly givenBy: 'certificate' | 'operator'
}

export interface SourceRecord extends NewSource {
  readonly id: string
  readonly dueAt: Date
  readonly triedAt: Date | null
  /** Last good answer. */
  readonly goodAt: Date | null
  /** Tries that failed since then, and why the last one did. */
  readonly failures: number
  readonly fault: string | null
}

const columns = `
  id, encode(authority, 'hex') as authority, kind, url, given_by, due_at, tried_at, good_at, failures, fault`

const addSql = `
insert into revocation_source (authority, kind, url, given_by)
select decode(s.authority, 'hex'), s.kind, s.url, s.given_by
  from jsonb_to_recordset($1::jsonb) as s(authority text, kind text, url text, given_by text)
on conflict (authority, kind, url) do update
   set given_by = 'operator'
 where excluded.given_by = 'operator' and revocation_source.given_by <> 'operator'`

/** Those that are known stay as they are. How many are new. */
export async function addSources(sql: Sql, sources: readonly NewSource[]): Promise<number> {
  if (sources.length === 0) return 0
  const rows = sources.map(({ givenBy, ...same }) => ({ ...same, given_by: givenBy }))
  const { rowCount } = await sql.query(addSql, [JSON.stringify(rows)])
  return rowCount ?? 0
}

/** An operator's own sources only; those that certificates name come back by themselves. */
export async function removeSource(sql: Sql, authority: string, url: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    "delete from revocation_source where authority = decode($1, 'hex') and url = $2 and given_by = 'operator'",
    [authority, url],
  )
  return (rowCount ?? 0) > 0
}

/** @param authority of one authority only */
export async function listSources(sql: Sql, authority?: string): Promise<SourceRecord[]> {
  const { rows } = await sql.query<SourceRow>(
    `select ${columns} from revocation_source where $1::text is null or authority = decode($1, 'hex') order by authority, kind, id`,
    [authority ?? null],
  )
  return rows.map(sourceOf)
}

const dueSql = `
select ${columns}
  from revocation_source
 where authority = decode($1, 'hex') and kind = 'crl' and due_at <= clock_timestamp()
 order by due_at, id`

/** Lists of an authority that are to be fetched now. */
export async function dueListSources(sql: Sql, authority: string): Promise<SourceRecord[]> {
  const { rows } = await sql.query<SourceRow>(dueSql, [authority])
  return rows.map(sourceOf)
}

/** Asks for everything of an authority at the next turn. */
export async function makeDue(sql: Sql, authority: string): Promise<void> {
  await sql.query("update revocation_source set due_at = clock_timestamp() where authority = decode($1, 'hex')", [
    authority,
  ])
  await sql.query("update ocsp_answer set due_at = clock_timestamp() where authority = decode($1, 'hex')", [authority])
}

const goodSql = `
update revocation_source
   set tried_at = clock_timestamp(), good_at = clock_timestamp(), failures = 0, fault = null,
       due_at = clock_timestamp() + $2 * interval '1 millisecond'
 where id = $1`

export async function recordSourceAnswer(sql: Sql, id: string, dueInMs: number): Promise<void> {
  await sql.query(goodSql, [id, dueInMs])
}

const failureSql = `
update revocation_source
   set tried_at = clock_timestamp(), failures = failures + 1, fault = $2,
       due_at = clock_timestamp() + $3 * interval '1 millisecond'
 where id = $1`

export async function recordSourceFailure(
  sql: Sql,
  id: string,
  { fault, dueInMs }: { readonly fault: string; readonly dueInMs: number },
): Promise<void> {
  await sql.query(failureSql, [id, fault, dueInMs])
}

interface SourceRow {
  readonly id: string
  readonly authority: string
  readonly kind: SourceKind
  readonly url: string
  readonly given_by: 'certificate' | 'operator'
  readonly due_at: Date
  readonly tried_at: Date | null
  readonly good_at: Date | null
  readonly failures: number
  readonly fault: string | null
}

function sourceOf(row: SourceRow): SourceRecord {
  return {
    id: row.id,
    authority: row.authority,
    kind: row.kind,
    url: row.url,
    givenBy: row.given_by,
    dueAt: row.due_at,
    triedAt: row.tried_at,
    goodAt: row.good_at,
    failures: row.failures,
    fault: row.fault,
  }
}
