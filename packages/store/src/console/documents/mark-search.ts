import type { Sql } from '../../database.ts'
import { type Asked, between, newestFirst, wholeCondition } from './asked.ts'
import { placing } from './row-conditions.ts'
import type { Statement } from './search.ts'

/** How many documents stand under these marks, one for each mark; counts up to a bound. */
export async function countMarked(sql: Sql, asked: Asked, marks: readonly string[], bound: number): Promise<number> {
  const { place, values } = placing()
  const { rows } = await sql.query<{ count: number }>(
    `
select count(*)::integer as count
  from (select from unnest(${place(marks)}::text[]) as wanted(mark)
         cross join lateral (
               select from document_mark as driver
                where driver.mark = wanted.mark and ${between(asked, 'driver', place).join(' and ')}
                limit ${bound}) as found
         limit ${bound}) as counted`,
    values,
  )
  return rows[0]?.count ?? 0
}

/** The newest of each of these marks, put together: each is a range of one index, read until the page is full. */
export function markSearch(asked: Asked, marks: readonly string[]): Statement {
  const { place, values } = placing()
  const limit = place(asked.limit)
  return {
    values,
    text: `
select distinct found.accepted_at, found.document_id
  from unnest(${place(marks)}::text[]) as wanted(mark)
 cross join lateral (
       select driver.accepted_at, driver.document_id
         from document_mark as driver
         join document_search as search on search.document_id = driver.document_id
        where driver.mark = wanted.mark and ${between(asked, 'driver', place).join(' and ')}
          and ${wholeCondition(asked, place)}
        ${newestFirst('driver')}
        limit ${limit}) as found
 ${newestFirst('found')}
 limit ${limit}`,
  }
}
