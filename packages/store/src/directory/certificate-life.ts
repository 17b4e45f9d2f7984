import { HubError } from '@docaxis/errors'
import type { Sql } from '../database.ts'
import type { CertificateKind } from './certificate.ts'

const suspendSql = `
update agency_certificate
   set suspended_at = coalesce(suspended_at, now()), suspend_reason = coalesce(suspend_reason, $2)
 where sha256 = decode($1, 'hex') and unbound_at is null`

/** Seals made with it are refused until it is resumed. Suspending again changes nothing. @throws HubError `NOT_FOUND` */
export async function suspendCertificate(sql: Sql, sha256: string, reason: string): Promise<void> {
  await changeBound(sql, suspendSql, [sha256, reason])
}

const resumeSql = `
update agency_certificate
   set suspended_at = null, suspend_reason = null
 where sha256 = decode($1, 'hex') and unbound_at is null`

/** @throws HubError `NOT_FOUND` */
export async function resumeCertificate(sql: Sql, sha256: string): Promise<void> {
  await changeBound(sql, resumeSql, [sha256])
}

// A revocation is for good; it may be found to reach further back.
const revokeSql = `
update agency_certificate
   set revoked_from = least(revoked_from, $2), revoke_reason = $3
 where sha256 = decode($1, 'hex') and unbound_at is null`

/**
 * The hub's own decision, whatever the certificate's authority says.
 *
 * @param decision `reason`: a CRLReason of RFC 5280 section 5.3.1
 * @throws HubError `NOT_FOUND`
 */
export async function revokeCertificate(
  sql: Sql,
  sha256: string,
  { from, reason }: { readonly from: Date; readonly reason: string },
): Promise<void> {
  await changeBound(sql, revokeSql, [sha256, from, reason])
}

const endOthersSql = `
update agency_certificate as old
   set ends_at = least(old.ends_at, $2)
  from agency_certificate as new
 where new.sha256 = decode($1, 'hex') and new.unbound_at is null
   and old.agency_code = new.agency_code and old.kind = new.kind and old.person is not distinct from new.person
   and old.unbound_at is null and old.id <> new.id
returning encode(old.sha256, 'hex') as sha256`

/**
 * Rotation: the holder's other certificates of the same kind stay bound beside the new one until `at`.
 *
 * @returns SHA-256 of those that end
 */
export async function endOtherCertificates(sql: Sql, newSha256: string, at: Date): Promise<string[]> {
  const { rows } = await sql.query<{ readonly sha256: string }>(endOthersSql, [newSha256, at])
  return rows.map(row => row.sha256)
}

/** A bound certificate with its bytes: for whoever looks for it in lists, or asks for its status. */
export interface HeldCertificate {
  /** Grows with each binding. */
  readonly id: string
  readonly sha256: string
  readonly agencyCode: string
  readonly kind: CertificateKind
  readonly der: Buffer
}

const heldSql = `
select id, encode(sha256, 'hex') as sha256, agency_code as "agencyCode", kind, der
  from agency_certificate
 where unbound_at is null and id > $1
 order by id
 limit $2`

const page = 1_000

/** Every bound certificate, a page at a time. @param after id of the last one that is known already */
export async function* heldCertificates(sql: Sql, after = '0'): AsyncGenerator<HeldCertificate[]> {
  let last = after
  for (;;) {
    const { rows } = await sql.query<HeldCertificate>(heldSql, [last, page])
    const end = rows.at(-1)
    if (!end) return
    yield rows
    last = end.id
  }
}

export interface HeldSerial {
  readonly sha256: string
  /** Lower-case hex without leading zeros. */
  readonly serial: string
}

/** Every bound certificate by its serial: what is looked up in a list of revoked ones. */
export async function heldSerials(sql: Sql): Promise<HeldSerial[]> {
  const { rows } = await sql.query<HeldSerial>(
    "select encode(sha256, 'hex') as sha256, serial from agency_certificate where unbound_at is null",
  )
  return rows
}

export interface CertificateBytes {
  readonly sha256: string
  readonly der: Buffer
}

/** Bytes of bound certificates, by their SHA-256. */
export async function readHeld(sql: Sql, digests: readonly string[]): Promise<CertificateBytes[]> {
  if (digests.length === 0) return []
  const { rows } = await sql.query<CertificateBytes>(
    `select encode(sha256, 'hex') as sha256, der
       from agency_certificate
      where unbound_at is null and sha256 in (select decode(digest, 'hex') from unnest($1::text[]) as digest)`,
    [digests],
  )
  return rows
}

async function changeBound(sql: Sql, text: string, values: readonly unknown[]): Promise<void> {
  const { rowCount } = await sql.query(text, [...values])
  if (rowCount !== 1) {
    throw new HubError('NOT_FOUND', 'no agency holds this certificate', { details: { sha256: values[0] } })
  }
}
