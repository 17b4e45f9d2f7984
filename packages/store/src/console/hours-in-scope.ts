import type { Sql } from '../database.ts'
import { inScope, type Scope } from './scope.ts'

/** Hours that an agency and all below it keep instead of those from above. */
export interface OwnHours {
  readonly agency: string
  readonly name: string
  /** Such as `Mo-Fr 07:30-11:30,13:30-17:00`. */
  readonly hours: string
}

/** More would be another directory. */
const most = 500

/** Agencies of a scope that have hours of their own, by code. */
export async function listHoursInScope(sql: Sql, scope: Scope): Promise<readonly OwnHours[]> {
  const values: unknown[] = []
  const { rows } = await sql.query<OwnHours>(
    `select working_hours.agency_code as agency, agency.name, working_hours.hours
       from working_hours
       join agency on agency.code = working_hours.agency_code
      where working_hours.hours is not null and ${inScope(values, scope, 'working_hours.agency_code')}
      order by working_hours.agency_code
      limit ${most}`,
    values,
  )
  return rows
}
