import type { Finding, ProblemCode } from '@docaxis/errors'
import type { Sql } from '../database.ts'

/** A refused envelope of an authenticated caller. Holds hash, ids and findings; no subject, no content. */
export interface NewRefusal {
  readonly id: string
  readonly systemId: string
  /** SHA-256 of the bytes, 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly sender?: string
  readonly documentId?: string
  readonly problem: ProblemCode
  readonly findings: readonly Finding[]
  readonly verdict?: unknown
}

export interface StoredRefusal {
  readonly id: string
  readonly refusedAt: Date
  /** False when the same system was refused the same bytes before: evidence is given once. */
  readonly first: boolean
}

const insertSql = `
insert into refusal (id, system_id, sha256, size_bytes, sender, document_id, problem, findings, verdict)
values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8, $9)
on conflict (system_id, sha256) do nothing
returning id, refused_at`

const firstSql = `
select id, refused_at
  from refusal
 where system_id = $1 and sha256 = decode($2, 'hex')`

interface RefusalRow {
  id: string
  refused_at: Date
}

/** One row per (system, bytes): refusing the same bytes again returns the first refusal. */
export async function storeRefusal(sql: Sql, refusal: NewRefusal): Promise<StoredRefusal> {
  const inserted = await sql.query<RefusalRow>(insertSql, [
    refusal.id,
    refusal.systemId,
    refusal.sha256,
    refusal.sizeBytes,
    refusal.sender ?? null,
    refusal.documentId ?? null,
    refusal.problem,
    JSON.stringify(refusal.findings),
    refusal.verdict === undefined ? null : JSON.stringify(refusal.verdict),
  ])
  const fresh = inserted.rows[0]
  if (fresh) return { id: fresh.id, refusedAt: fresh.refused_at, first: true }

  const earlier = await sql.query<RefusalRow>(firstSql, [refusal.systemId, refusal.sha256])
  const row = earlier.rows[0]
  if (!row) throw new Error('a refusal conflicted with a row that is not there')
  return { id: row.id, refusedAt: row.refused_at, first: false }
}
