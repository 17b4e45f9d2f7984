import { type Sql, statement } from '../database.ts'
import { hanoiToday } from './hanoi-day.ts'

/** As far as successors are followed forwards (`openSuccessor` of packages/directory). */
const maxLinks = 16

const inheritedSql = statement(
  'agency.inherited',
  `
with recursive today as (
  select ${hanoiToday} as day
), line (code, links) as (
  select agency.code, 0
    from agency, today
   where agency.code = any($1) and not agency.deleted
     and coalesce(agency.valid_from <= today.day, true) and coalesce(agency.valid_to > today.day, true)
   union
  select closed.code, line.links + 1
    from line
    join agency as closed on closed.successor = line.code
   cross join today
   where not closed.deleted and closed.valid_to <= today.day and line.links < ${maxLinks}
)
select distinct code
  from line
 where links > 0
 order by code`,
)

/**
 * Closed agencies whose successors end at one of these, which is open: their history is its to read, from the day on
 * which they are closed in Asia/Ho_Chi_Minh, by the database's clock. Where an agency was split and senders must choose,
 * nobody inherits.
 */
export async function inheritedAgencies(sql: Sql, agencies: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query<{ readonly code: string }>(inheritedSql(agencies))
  return rows.map(row => row.code)
}
