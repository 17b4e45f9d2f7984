import { type Asked, between, newestFirst } from './asked.ts'
import { placing, rowConditions } from './row-conditions.ts'
import type { Statement } from './search.ts'
import type { KeyCondition } from './search-keys.ts'

/**
 * Shelf by shelf, the newest first, until the page is full. What the index finds on one is put in order there: with a
 * limit alone the planner may walk the shelf by time instead.
 */
export function shelfSearch(asked: Asked, keys: KeyCondition): Statement {
  const { place, values } = placing()
  const { numbers } = asked.shelves
  const limit = place(asked.limit)
  const conditions = [...between(asked, 'search', place), ...rowConditions(asked.question, asked.codes, place)]
  return {
    values,
    text: `
select found.document_id
  from unnest(${place(numbers.toReversed().map(keys))}::tsquery[]) with ordinality as shelf(condition, place)
 cross join lateral (
       with held as materialized (
         select search.accepted_at, search.document_id
           from document_search as search
          where search.keys @@ shelf.condition and ${conditions.join(' and ')}
       )
       select accepted_at, document_id from held ${newestFirst('held')} limit ${limit}) as found
 order by shelf.place, found.accepted_at desc, found.document_id desc
 limit ${limit}`,
  }
}
