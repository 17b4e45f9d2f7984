import { HubError } from '@docaxis/errors'
import { type Sql, statement } from '../database.ts'

const bindAgencySql = `
insert into system_agency (system_id, agency_code)
select system.id, agency.code
  from system, agency
 where system.id = $1 and agency.code = $2 and not agency.deleted
on conflict do nothing`

const isBoundSql = `
select true
  from system_agency
 where system_id = $1 and agency_code = $2`

/**
 * Lets a system act for an agency. Binding again changes nothing.
 *
 * @param agencyCode the agency's own code, no older form
 * @throws HubError `NOT_FOUND` when there is no such system or agency
 */
export async function bindSystemAgency(sql: Sql, systemId: string, agencyCode: string): Promise<void> {
  const { rowCount } = await sql.query(bindAgencySql, [systemId, agencyCode])
  if (rowCount === 1) return
  const bound = await sql.query(isBoundSql, [systemId, agencyCode])
  if (bound.rowCount === 0) {
    throw new HubError('NOT_FOUND', 'no such system or agency', { details: { systemId, agencyCode } })
  }
}

const unbindAgencySql = `
delete from system_agency
 where system_id = $1 and agency_code = $2`

/** Whether there was a binding to end. */
export async function unbindSystemAgency(sql: Sql, systemId: string, agencyCode: string): Promise<boolean> {
  const { rowCount } = await sql.query(unbindAgencySql, [systemId, agencyCode])
  return rowCount === 1
}

/**
 * Codes of the agencies that `systemIdSql` acts for: those bound to it, and those whose center is bound to it. The same
 * bindings make an agency connected (`agency.ts`). A removed agency is nobody's.
 */
export function agenciesOfSql(systemIdSql: string): string {
  return `
select agency.code
  from system_agency
  join agency on agency.code = system_agency.agency_code and not agency.deleted
 where system_agency.system_id = ${systemIdSql}
 union
select agency.code
  from system_agency
  join agency on agency.center = system_agency.agency_code and not agency.deleted
 where system_agency.system_id = ${systemIdSql}`
}

const agenciesSql = statement('system.agencies', `${agenciesOfSql('$1')}\n order by code`)

/** Every agency the system acts for, in order of code: what it may send as, fetch for and see. */
export async function agenciesOf(sql: Sql, systemId: string): Promise<string[]> {
  const { rows } = await sql.query<{ readonly code: string }>(agenciesSql(systemId))
  return rows.map(row => row.code)
}
