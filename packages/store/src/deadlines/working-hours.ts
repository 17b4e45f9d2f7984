import type { Sql, Tx } from '../database.ts'
import { nextCalendarRevision } from './calendar-year.ts'

export interface AgencyHours {
  /** Kept by this agency and all below it. */
  readonly agency: string
  /** As `parseWorkingHours` reads them. */
  readonly hours: string
}

/** Agencies with hours of their own, by code. */
export async function listWorkingHours(sql: Sql): Promise<AgencyHours[]> {
  const { rows } = await sql.query<AgencyHours>(
    'select agency_code as agency, hours from working_hours where hours is not null order by agency_code',
  )
  return rows
}

const putSql = `
insert into working_hours (agency_code, hours, revision)
values ($1, $2, $3)
    on conflict (agency_code) do update
   set hours = excluded.hours, revision = excluded.revision, updated_at = now()`

/** @param hours null: those of the agency above again */
export async function putWorkingHours(tx: Tx, agency: string, hours: string | null): Promise<void> {
  await tx.query(putSql, [agency, hours, await nextCalendarRevision(tx)])
}

// A directory may hold a circle by mistake: nobody is asked more than twenty levels up.
const nearestSql = `
with recursive above as (
  select code as asked, code, parent, 0 as height
    from agency
   where code = any($1)
   union all
  select above.asked, agency.code, agency.parent, above.height + 1
    from above
    join agency on agency.code = above.parent
   where above.height < 20
)
select distinct on (above.asked) above.asked, own.hours
  from above
  join working_hours as own on own.agency_code = above.code and own.hours is not null
 order by above.asked, above.height`

/** The hours that these agencies keep, their own or those of the nearest agency above that has some. */
export async function hoursKeptBy(sql: Sql, agencies: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql.query<{ asked: string; hours: string }>({
    name: 'hours-kept-by',
    text: nearestSql,
    values: [agencies],
  })
  return new Map(rows.map(({ asked, hours }) => [asked, hours]))
}
