import { randomBytes } from 'node:crypto'
import type { Sql } from '../database.ts'
import type { UploadProblem } from './upload.ts'

/** The right to write to one upload. Whoever lost it, by dying or by standing still, moves nothing any more. */
export interface UploadLease {
  readonly uploadId: string
  readonly token: string
}

const takeSql = `
update upload
   set lease_token = $4, lease_until = clock_timestamp() + make_interval(secs => $5)
 where id = $1 and system_id = $2 and state = 'receiving' and offset_bytes = $3
   and expires_at > clock_timestamp()
   and (lease_until is null or lease_until <= clock_timestamp())`

/** @returns undefined when another writes now, or the upload is not where the caller thinks */
export async function takeUploadLease(
  sql: Sql,
  upload: { readonly systemId: string; readonly id: string; readonly offsetBytes: number },
  seconds: number,
): Promise<UploadLease | undefined> {
  const token = randomBytes(12).toString('hex')
  const values = [upload.id, upload.systemId, upload.offsetBytes, token, seconds]
  const { rowCount } = await sql.query(takeSql, values)
  return rowCount === 1 ? { uploadId: upload.id, token } : undefined
}

const renewSql = `
update upload
   set lease_until = clock_timestamp() + make_interval(secs => $3)
 where id = $1 and lease_token = $2`

/** @returns false when the lease is lost */
export async function renewUploadLease(sql: Sql, lease: UploadLease, seconds: number): Promise<boolean> {
  const { rowCount } = await sql.query(renewSql, [lease.uploadId, lease.token, seconds])
  return rowCount === 1
}

const releaseSql = `
update upload
   set lease_token = null, lease_until = null
 where id = $1 and lease_token = $2`

export async function releaseUploadLease(sql: Sql, lease: UploadLease): Promise<void> {
  await sql.query(releaseSql, [lease.uploadId, lease.token])
}

const moveSql = `
update upload
   set offset_bytes = $3, expires_at = clock_timestamp() + make_interval(secs => $4)
 where id = $1 and lease_token = $2
returning expires_at`

/**
 * Counts bytes that are on disk. Each step gives the upload its whole time again.
 *
 * @returns when it expires now; undefined when the lease is lost
 */
export async function moveUploadOffset(
  sql: Sql,
  lease: UploadLease,
  offsetBytes: number,
  lifetimeSeconds: number,
): Promise<Date | undefined> {
  const values = [lease.uploadId, lease.token, offsetBytes, lifetimeSeconds]
  const { rows } = await sql.query<{ expires_at: Date }>(moveSql, values)
  return rows[0]?.expires_at
}

const noteSql = `
update upload
   set sha256 = decode($3, 'hex')
 where id = $1 and lease_token = $2`

/** Notes what the whole is, before it is judged: after a crash the same bytes are found by it. @returns false: lease lost */
export async function noteUploadDigest(sql: Sql, lease: UploadLease, sha256: string): Promise<boolean> {
  const { rowCount } = await sql.query(noteSql, [lease.uploadId, lease.token, sha256])
  return rowCount === 1
}

const acceptSql = `
update upload
   set state = 'accepted', offset_bytes = size_bytes, document_id = $3
 where id = $1 and lease_token = $2`

/** @param documentId of the document that it became, or repeats */
export async function settleUploadAccepted(sql: Sql, lease: UploadLease, documentId: string): Promise<void> {
  await sql.query(acceptSql, [lease.uploadId, lease.token, documentId])
}

const refuseSql = `
update upload
   set state = 'refused', problem = $3
 where id = $1 and lease_token = $2`

export async function settleUploadRefused(sql: Sql, lease: UploadLease, problem: UploadProblem): Promise<void> {
  await sql.query(refuseSql, [lease.uploadId, lease.token, JSON.stringify(problem)])
}
