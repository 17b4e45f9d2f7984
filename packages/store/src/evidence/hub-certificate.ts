import type { Sql, Tx } from '../database.ts'
import { recordAudit } from './audit.ts'

export interface NewHubCertificate {
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly der: Buffer
  readonly subject: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** When it takes over; undefined: it signs from now on. */
  readonly signsFrom?: Date
}

// The first certificate of a hub may have signed ever since it began. One that is planned may be planned anew.
const registerSql = `
insert into hub_certificate (sha256, der, subject, not_before, not_after, signs_from)
select decode($1, 'hex'), $2, $3, $4, $5,
       coalesce($6, case when exists (select from hub_certificate) then clock_timestamp() else $4 end)
    on conflict (sha256) do update
   set signs_from = coalesce($6, clock_timestamp())
 where hub_certificate.signs_from > clock_timestamp()
   and hub_certificate.signs_from is distinct from $6::timestamptz
returning signs_from`

/** Writes down that the hub signs with this certificate, or will. What has begun to sign is never changed. */
export async function registerHubCertificate(tx: Tx, certificate: NewHubCertificate): Promise<void> {
  const { sha256, der, subject, notBefore, notAfter, signsFrom } = certificate
  const values = [sha256, der, subject, notBefore, notAfter, signsFrom ?? null]
  const { rows } = await tx.query<{ signs_from: Date }>(registerSql, values)
  const [row] = rows
  if (!row) return
  await recordAudit(tx, {
    actor: 'service:notary',
    action: 'hub-certificate.register',
    object: sha256,
    outcome: 'done',
    details: { subject, signsFrom: row.signs_from.toISOString(), notAfter: notAfter.toISOString() },
  })
}

const turnSql = `
select encode(sha256, 'hex') as sha256, signs_from, first_signed_at is not null as has_signed
  from hub_certificate
 order by signs_from, added_at`

export interface SigningTurn {
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly signsFrom: Date
  readonly hasSigned: boolean
}

/** When each certificate of the hub took its turn or will, earliest first. There are a handful in the life of a hub. */
export async function signingTurns(sql: Sql): Promise<SigningTurn[]> {
  const { rows } = await sql.query<{ sha256: string; signs_from: Date; has_signed: boolean }>({
    name: 'hub-certificate-turns',
    text: turnSql,
  })
  return rows.map(row => ({ sha256: row.sha256, signsFrom: row.signs_from, hasSigned: row.has_signed }))
}

const beganSql = `
update hub_certificate
   set first_signed_at = clock_timestamp()
 where sha256 = decode($1, 'hex') and first_signed_at is null`

/** Notes, once, that a certificate has begun to sign. */
export async function noteFirstSignature(tx: Tx, sha256: string): Promise<void> {
  const { rowCount } = await tx.query(beganSql, [sha256])
  if (rowCount === 0) return
  await recordAudit(tx, {
    actor: 'service:notary',
    action: 'hub-certificate.begin',
    object: sha256,
    outcome: 'done',
  })
}

export interface HubCertificateRow extends Required<NewHubCertificate> {
  /** When another took over, or will; null: none is known. */
  readonly signsUntil: Date | null
  readonly firstSignedAt: Date | null
}

const listSql = `
select encode(sha256, 'hex') as sha256, der, subject, not_before, not_after, signs_from, first_signed_at,
       lead(signs_from) over (order by signs_from, added_at) as signs_until
  from hub_certificate
 order by signs_from desc, added_at desc`

/** Every certificate of the hub, newest first. */
export async function listHubCertificates(sql: Sql): Promise<HubCertificateRow[]> {
  const { rows } = await sql.query<Row>(listSql)
  return rows.map(row => ({
    sha256: row.sha256,
    der: row.der,
    subject: row.subject,
    notBefore: row.not_before,
    notAfter: row.not_after,
    signsFrom: row.signs_from,
    signsUntil: row.signs_until,
    firstSignedAt: row.first_signed_at,
  }))
}

interface Row {
  sha256: string
  der: Buffer
  subject: string
  not_before: Date
  not_after: Date
  signs_from: Date
  signs_until: Date | null
  first_signed_at: Date | null
}
