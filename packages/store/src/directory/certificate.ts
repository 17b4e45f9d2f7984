import { HubError } from '@docaxis/errors'
import { type Sql, statement } from '../database.ts'
import type { MandateKind } from './mandate.ts'

/** What a certificate of the register is for: the agency's seal, or the signature of one of its officials. */
export type CertificateKind = 'seal' | 'official'

/** An end-entity certificate, already read by packages/pki. */
export interface NewCertificate {
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly der: Uint8Array
  readonly subject: string
  readonly issuer: string
  /** Lower-case hex. */
  readonly serial: string
  readonly notBefore: Date
  readonly notAfter: Date
}

/** The official that a certificate speaks for. */
export interface Official {
  readonly person: string
  readonly position?: string
}

/** The hub's own decisions about a certificate, whatever its authority says. */
export interface CertificateStanding {
  /** Until it is resumed. */
  readonly suspended?: { readonly at: Date; readonly reason: string }
  readonly revoked?: { readonly from: Date; readonly reason: string }
}

export interface CertificateBinding extends Omit<NewCertificate, 'der'>, CertificateStanding {
  readonly agencyCode: string
  readonly kind: CertificateKind
  readonly official?: Official
  readonly boundAt: Date
  /** The binding ends then by itself: the old certificate of a rotation. */
  readonly endsAt?: Date
  readonly unboundAt?: Date
}

const bindingColumns = `
  encode(sha256, 'hex') as sha256, agency_code, subject, issuer, serial, not_before, not_after, bound_at, unbound_at,
  kind, person, position, ends_at, suspended_at, suspend_reason, revoked_from, revoke_reason`

const bindCertificateSql = `
insert into agency_certificate
  (sha256, agency_code, der, subject, issuer, serial, not_before, not_after, kind, person, position)
select decode($1, 'hex'), agency.code, $3, $4, $5, $6, $7, $8, $9, $10, $11
  from agency
 where agency.code = $2 and not agency.deleted
on conflict (sha256) where unbound_at is null do nothing`

/**
 * Says that an agency or center seals with this certificate, or that one of its officials signs with it. Binding again
 * changes nothing.
 *
 * @throws HubError `NOT_FOUND` when there is no such agency, `STATE_CONFLICT` when another agency holds the certificate
 */
export async function bindCertificate(
  sql: Sql,
  agencyCode: string,
  certificate: NewCertificate,
  official?: Official,
): Promise<void> {
  const { rowCount } = await sql.query(bindCertificateSql, [
    certificate.sha256,
    agencyCode,
    certificate.der,
    certificate.subject,
    certificate.issuer,
    certificate.serial,
    certificate.notBefore,
    certificate.notAfter,
    official ? 'official' : 'seal',
    official?.person ?? null,
    official?.position ?? null,
  ])
  if (rowCount === 1) return

  const [held] = await findBindings(sql, certificate.sha256)
  const details = { agencyCode, sha256: certificate.sha256 }
  if (held === undefined) throw new HubError('NOT_FOUND', 'no agency has this code', { details })
  if (held.agencyCode !== agencyCode) {
    throw new HubError('STATE_CONFLICT', `the certificate is bound to ${held.agencyCode}`, { details })
  }
}

const unbindCertificateSql = `
update agency_certificate
   set unbound_at = now()
 where sha256 = decode($1, 'hex') and unbound_at is null`

/** Whether there was a binding to end. The binding stays on record. */
export async function unbindCertificate(sql: Sql, sha256: string): Promise<boolean> {
  const { rowCount } = await sql.query(unbindCertificateSql, [sha256])
  return rowCount === 1
}

const listCertificatesSql = `
select ${bindingColumns}
  from agency_certificate
 where agency_code = $1
 order by bound_at, id`

/** All certificates an agency holds or held. */
export async function listCertificates(sql: Sql, agencyCode: string): Promise<CertificateBinding[]> {
  const { rows } = await sql.query<BindingRow>(listCertificatesSql, [agencyCode])
  return rows.map(bindingOf)
}

const findBindingsSql = `
select ${bindingColumns}
  from agency_certificate
 where sha256 = decode($1, 'hex') and unbound_at is null`

/** Who holds a certificate now: none or one. */
export async function findBindings(sql: Sql, certificateSha256: string): Promise<CertificateBinding[]> {
  const { rows } = await sql.query<BindingRow>(findBindingsSql, [certificateSha256])
  return rows.map(bindingOf)
}

const findStandingsSql = `
select encode(sha256, 'hex') as sha256, suspended_at, suspend_reason, revoked_from, revoke_reason
  from agency_certificate
 where sha256 in (select decode(asked, 'hex') from unnest($1::text[]) as asked)
   and (suspended_at is not null or revoked_from is not null)
 order by bound_at, id`

/**
 * What the hub itself decided about these certificates, whoever held them and holds them still or no more.
 *
 * @param sha256s of the certificates, lower-case hex
 * @returns only those that are suspended or revoked here
 */
export async function findStandings(
  sql: Sql,
  sha256s: readonly string[],
): Promise<ReadonlyMap<string, CertificateStanding>> {
  if (sha256s.length === 0) return new Map()
  const { rows } = await sql.query<StandingRow & { sha256: string }>(findStandingsSql, [sha256s])
  return new Map(rows.map(row => [row.sha256, standingOf(row)]))
}

/** Who seals with a certificate, how the hub itself stands to it, and the mandates that the sender gave to that holder, whatever their dates. */
export interface CertificateHolderRecord {
  readonly holderCode: string
  readonly standing: CertificateStanding
  readonly mandates: readonly {
    readonly id: string
    readonly kind: MandateKind
    readonly validFrom: Date
    readonly validTo?: Date
  }[]
}

const findHoldersSql = statement(
  'certificate.holders',
  `
select asked.place::integer - 1 as place, certificate.agency_code, certificate.suspended_at,
       certificate.suspend_reason, certificate.revoked_from, certificate.revoke_reason, mandate.id, mandate.kind,
       mandate.valid_from, mandate.valid_to
  from unnest($1::text[], $2::text[]) with ordinality as asked(sha256, sender, place)
  join agency_certificate as certificate
    on certificate.sha256 = decode(asked.sha256, 'hex') and certificate.unbound_at is null
   and certificate.kind = 'seal' and (certificate.ends_at is null or now() < certificate.ends_at)
  join agency on agency.code = certificate.agency_code and not agency.deleted
  left join mandate on mandate.principal = asked.sender and mandate.holder = certificate.agency_code
 order by mandate.valid_from, mandate.id`,
)

/** Whose certificate is it, for the agency in From? */
export interface HolderQuestion {
  readonly certificateSha256: string
  /** Directory code. */
  readonly senderCode: string
}

/**
 * V23, V24: a certificate leads to an agency by the directory alone. Answers in the order of `asked`; undefined where
 * nobody holds it.
 */
export async function findCertificateHolders(
  sql: Sql,
  asked: readonly HolderQuestion[],
): Promise<(CertificateHolderRecord | undefined)[]> {
  const { rows } = await sql.query<HolderRow>(
    findHoldersSql(
      asked.map(one => one.certificateSha256),
      asked.map(one => one.senderCode),
    ),
  )
  const byPlace = Map.groupBy(rows, row => row.place)
  return asked.map((_, place) => holderOf(byPlace.get(place) ?? []))
}

function holderOf(rows: readonly HolderRow[]): CertificateHolderRecord | undefined {
  const [first] = rows
  return (
    first && {
      holderCode: first.agency_code,
      standing: standingOf(first),
      mandates: rows.filter(hasMandate).map(mandateOf),
    }
  )
}

interface StandingRow {
  readonly suspended_at: Date | null
  readonly suspend_reason: string | null
  readonly revoked_from: Date | null
  readonly revoke_reason: string | null
}

function standingOf(row: StandingRow): CertificateStanding {
  const { suspended_at: suspendedAt, suspend_reason, revoked_from: revokedFrom, revoke_reason } = row
  return {
    ...(suspendedAt && { suspended: { at: suspendedAt, reason: suspend_reason ?? '' } }),
    ...(revokedFrom && { revoked: { from: revokedFrom, reason: revoke_reason ?? '' } }),
  }
}

interface BindingRow extends StandingRow {
  readonly sha256: string
  readonly agency_code: string
  readonly subject: string
  readonly issuer: string
  readonly serial: string
  readonly not_before: Date
  readonly not_after: Date
  readonly bound_at: Date
  readonly unbound_at: Date | null
  readonly kind: CertificateKind
  readonly person: string | null
  readonly position: string | null
  readonly ends_at: Date | null
}

function bindingOf(row: BindingRow): CertificateBinding {
  return {
    sha256: row.sha256,
    agencyCode: row.agency_code,
    subject: row.subject,
    issuer: row.issuer,
    serial: row.serial,
    notBefore: row.not_before,
    notAfter: row.not_after,
    kind: row.kind,
    ...(row.person !== null && {
      official: { person: row.person, ...(row.position !== null && { position: row.position }) },
    }),
    ...standingOf(row),
    boundAt: row.bound_at,
    ...(row.ends_at && { endsAt: row.ends_at }),
    ...(row.unbound_at && { unboundAt: row.unbound_at }),
  }
}

interface MandateRow {
  readonly id: string
  readonly kind: MandateKind
  readonly valid_from: Date
  readonly valid_to: Date | null
}

type HolderRow = { readonly place: number; readonly agency_code: string } & StandingRow &
  (MandateRow | { readonly id: null })

function hasMandate<T extends { readonly id: string | null }>(row: T): row is T & MandateRow {
  return row.id !== null
}

function mandateOf(row: MandateRow): CertificateHolderRecord['mandates'][number] {
  return {
    id: row.id,
    kind: row.kind,
    validFrom: row.valid_from,
    ...(row.valid_to && { validTo: row.valid_to }),
  }
}
