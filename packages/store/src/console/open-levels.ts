import type { Level } from '@docaxis/events'
import type { Sql } from '../database.ts'

// Since 1 July 2025 Vietnam has no districts: a level stands as long as it has an agency whose code is open.
const openSql = `
select level
  from (values (1, 'central'), (2, 'province'), (3, 'district'), (4, 'commune')) as four(place, level)
 where exists (select from agency
                where agency.level = four.level and not agency.deleted
                  and (agency.valid_to is null or agency.valid_to > (now() at time zone 'Asia/Ho_Chi_Minh')::date))
 order by place`

/** Levels with open agencies, from the top. */
export async function openLevels(sql: Sql): Promise<Level[]> {
  const { rows } = await sql.query<{ level: Level }>(openSql)
  return rows.map(row => row.level)
}
