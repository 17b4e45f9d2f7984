import { hanoiMidnight, type ReformClosing } from '@docaxis/directory'
import type { Sql } from '../../database.ts'

/**
 * What a reform does beside the directory and the deliveries. Each effect is one condition and two statements: `find…`
 * tells beforehand whom it will meet, the other one does it. `$1` is always the closings.
 */
const closingsSql = `
jsonb_to_recordset($1::jsonb) as closing (code text, successor text, ends_at timestamptz, systems_follow boolean)`

/** The closings of a plan as the statements read them. */
export function closingsJson(closings: readonly ReformClosing[]): string {
  return JSON.stringify(
    closings.map(({ code, successor, endsOn, systemsFollow }) => ({
      code,
      successor: successor ?? null,
      ends_at: hanoiMidnight(endsOn),
      systems_follow: systemsFollow,
    })),
  )
}

export interface AffectedSystem {
  readonly id: string
  /** Agencies it acts for by a binding of its own that close. */
  readonly closing: number
  /** Those that it still acts for by such bindings. */
  readonly remaining: number
}

const systemsSql = `
select system_agency.system_id as id, count(closing.code)::integer as closing,
       count(*) filter (where closing.code is null)::integer as remaining
  from system_agency
  left join ${closingsSql} on closing.code = system_agency.agency_code
 group by system_agency.system_id
having count(closing.code) > 0
 order by system_agency.system_id`

export async function findAffectedSystems(sql: Sql, closings: string): Promise<AffectedSystem[]> {
  const { rows } = await sql.query<AffectedSystem>(systemsSql, [closings])
  return rows
}

const newBindingsSql = `
select distinct system_agency.system_id, closing.successor
  from ${closingsSql}
  join system_agency on system_agency.agency_code = closing.code
 where closing.systems_follow and closing.successor is not null
   and not exists (select from system_agency as bound
                    where bound.system_id = system_agency.system_id and bound.agency_code = closing.successor)`

export function countNewBindings(sql: Sql, closings: string): Promise<number> {
  return rowsOf(sql, `select from (${newBindingsSql}) as new_binding`, [closings])
}

/** Binds systems to successors where the file asks for it. The successors are in the directory. */
export function bindToSuccessors(sql: Sql, closings: string): Promise<number> {
  return rowsOf(sql, `insert into system_agency (system_id, agency_code) ${newBindingsSql}`, [closings])
}

export interface EndingCertificate {
  readonly sha256: string
  readonly agency: string
  readonly subject: string
  readonly endsAt: Date
}

const certificateJoin = `
   agency_certificate.agency_code = closing.code and agency_certificate.unbound_at is null
   and coalesce(agency_certificate.ends_at > closing.ends_at, true)`

const certificatesSql = `
select encode(agency_certificate.sha256, 'hex') as sha256, agency_certificate.agency_code as agency,
       agency_certificate.subject, closing.ends_at as "endsAt"
  from ${closingsSql}
  join agency_certificate on ${certificateJoin}
 order by agency_certificate.agency_code, agency_certificate.id`

export async function findEndingCertificates(sql: Sql, closings: string): Promise<EndingCertificate[]> {
  const { rows } = await sql.query<EndingCertificate>(certificatesSql, [closings])
  return rows
}

/** Certificates of closed agencies seal nothing new; what they sealed stays proven. */
export function endCertificates(sql: Sql, closings: string): Promise<number> {
  const text = `update agency_certificate set ends_at = closing.ends_at from ${closingsSql} where ${certificateJoin}`
  return rowsOf(sql, text, [closings])
}

export interface EndingMandate {
  readonly id: string
  readonly principal: string
  readonly holder: string
  readonly endsAt: Date
}

// Where both agencies close, the one that ends first decides. Each side by its own join: "in (principal, holder)" would
// compare every closing with every mandate.
const endingMandates = `
select mandate.id, mandate.principal, mandate.holder,
       greatest(mandate.valid_from, min(side.ends_at)) as "endsAt"
  from (select mandate.id, closing.ends_at
          from ${closingsSql}
          join mandate on mandate.principal = closing.code
         union all
        select mandate.id, closing.ends_at
          from ${closingsSql}
          join mandate on mandate.holder = closing.code) as side
  join mandate on mandate.id = side.id
 group by mandate.id
having coalesce(mandate.valid_to > greatest(mandate.valid_from, min(side.ends_at)), true)`

export async function findEndingMandates(sql: Sql, closings: string): Promise<EndingMandate[]> {
  const { rows } = await sql.query<EndingMandate>(`${endingMandates} order by mandate.id`, [closings])
  return rows
}

/** Mandates that closed agencies gave or hold end. */
export function endMandates(sql: Sql, closings: string): Promise<number> {
  const text = `update mandate set valid_to = ending."endsAt" from (${endingMandates}) as ending where mandate.id = ending.id`
  return rowsOf(sql, text, [closings])
}

const unroutedSql = `
select
  from unrouted
  join document_receiver on document_receiver.document_id = unrouted.document_id
  join ${closingsSql} on closing.code = document_receiver.resolved
 where document_receiver.fault is null`

/** Receivers that close, of packets that have no deliveries yet. */
export function countUnroutedReceivers(sql: Sql, closings: string): Promise<number> {
  return rowsOf(sql, unroutedSql, [closings])
}

async function rowsOf(sql: Sql, text: string, values: readonly unknown[]): Promise<number> {
  const { rowCount } = await sql.query(text, [...values])
  return rowCount ?? 0
}
