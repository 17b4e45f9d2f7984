import type { Finding, ProblemCode } from '@docaxis/errors'
import type { Sql, Tx } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'

/** Why an upload was refused, as it is told again. */
export interface UploadProblem {
  readonly code: ProblemCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
  readonly findings: readonly Finding[]
}

export interface Upload {
  readonly id: string
  readonly systemId: string
  readonly sizeBytes: number
  /** Bytes that are on disk and count. All of them only when the hub has accepted the packet. */
  readonly offsetBytes: number
  readonly metadata: string | null
  readonly state: 'receiving' | 'accepted' | 'refused'
  /** Of the whole, 64 lower-case hex digits, once it was there. */
  readonly sha256: string | null
  /** Our id of the document that it became, or repeats. */
  readonly documentId: string | null
  readonly problem: UploadProblem | null
  readonly expiresAt: Date
  /** Whole seconds for which somebody may still write to it; 0 when nobody does. */
  readonly leasedForSeconds: number
}

export interface NewUpload {
  readonly systemId: string
  readonly sizeBytes: number
  readonly metadata?: string
}

/** What one system may have under way. */
export interface UploadQuota {
  readonly maxUploads: number
  readonly maxTotalBytes: number
}

export interface UploadsUnderWay {
  readonly count: number
  readonly totalBytes: number
}

const columns = `
id, system_id, size_bytes, offset_bytes, metadata, state, encode(sha256, 'hex') as sha256, document_id, problem, expires_at,
ceil(extract(epoch from greatest(lease_until - clock_timestamp(), interval '0'))) as leased_for_seconds`

const underWaySql = `
select count(*) as count, coalesce(sum(size_bytes), 0) as total_bytes
  from upload
 where system_id = $1 and state = 'receiving' and expires_at > clock_timestamp()`

const insertSql = `
insert into upload (id, system_id, size_bytes, metadata, expires_at)
values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
returning ${columns}`

/**
 * Opens an upload, unless the system has as much under way as it may. Two at the same moment take turns, so that no
 * crowd slips past the quota.
 *
 * @returns the upload, or what is under way instead
 */
export async function createUpload(
  tx: Tx,
  { systemId, sizeBytes, metadata }: NewUpload,
  quota: UploadQuota,
  lifetimeSeconds: number,
): Promise<Upload | UploadsUnderWay> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('upload:' || $1, 0))", [systemId])
  const { rows: sums } = await tx.query<{ count: string; total_bytes: string }>(underWaySql, [systemId])
  const underWay = { count: Number(sums[0]?.count), totalBytes: Number(sums[0]?.total_bytes) }
  if (underWay.count >= quota.maxUploads || underWay.totalBytes + sizeBytes > quota.maxTotalBytes) return underWay

  const values = [newHubId(), systemId, sizeBytes, metadata ?? null, lifetimeSeconds]
  const { rows } = await tx.query<UploadRow>(insertSql, values)
  return uploadOf(rows[0] as UploadRow)
}

const findSql = `
select ${columns}
  from upload
 where id = $1 and system_id = $2 and expires_at > clock_timestamp()`

/** An upload of this system and no other, as long as it has not expired. */
export async function findUpload(sql: Sql, systemId: string, id: string): Promise<Upload | undefined> {
  const { rows } = await sql.query<UploadRow>(findSql, [id, systemId])
  return rows[0] && uploadOf(rows[0])
}

const removeSql = `
delete from upload
 where id = $1 and system_id = $2 and (lease_until is null or lease_until <= clock_timestamp())`

/** Forgets an upload that nobody writes to. @returns false when somebody does, or it is not there */
export async function removeUpload(sql: Sql, systemId: string, id: string): Promise<boolean> {
  const { rowCount } = await sql.query(removeSql, [id, systemId])
  return rowCount === 1
}

const expireSql = `
delete from upload
 where expires_at <= clock_timestamp() and (lease_until is null or lease_until <= clock_timestamp())
returning id`

/** Forgets uploads whose time is over. @returns their ids: their files go too */
export async function removeExpiredUploads(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(expireSql)
  return rows.map(row => row.id)
}

/** Which of these uploads are known. */
export async function knownUploads(sql: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ id: string }>('select id from upload where id = any($1)', [ids])
  return new Set(rows.map(row => row.id))
}

interface UploadRow {
  id: string
  system_id: string
  size_bytes: string
  offset_bytes: string
  metadata: string | null
  state: Upload['state']
  sha256: string | null
  document_id: string | null
  problem: UploadProblem | null
  expires_at: Date
  leased_for_seconds: string | null
}

function uploadOf(row: UploadRow): Upload {
  return {
    id: row.id,
    systemId: row.system_id,
    sizeBytes: Number(row.size_bytes),
    offsetBytes: Number(row.offset_bytes),
    metadata: row.metadata,
    state: row.state,
    sha256: row.sha256,
    documentId: row.document_id,
    problem: row.problem,
    expiresAt: row.expires_at,
    leasedForSeconds: Number(row.leased_for_seconds ?? 0),
  }
}
