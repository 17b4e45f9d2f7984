import type { Sql } from '../../database.ts'
import { codesInScope, type Scope } from '../scope.ts'
import { type Asked, between, newestFirst, prepare, wholeCondition } from './asked.ts'
import { countMarked, markSearch } from './mark-search.ts'
import { asksOfReceiver, type DocumentQuestion, marksOf } from './question.ts'
import { matchingReceivers, type Place, placing } from './row-conditions.ts'
import { shelfSearch } from './shelf-search.ts'

export interface PageWish {
  /** Id of the last document of the page before. */
  readonly after?: string
  readonly limit: number
}

export interface SearchPage {
  readonly ids: readonly string[]
  readonly more: boolean
  /** At how many receivers of each all of it is true, in the order of `ids`; undefined: nothing is asked of them. */
  readonly matching: readonly number[] | undefined
}

/** How much each look reads; tests make it so little that every look has its turn. */
export interface SearchBounds {
  /** Rows of the first look, newest first: what is common fills a page within them. */
  readonly walked: { readonly search: number; readonly mark: number }
  /** So few are looked at one by one, whatever else is asked. */
  readonly few: number
  /** The same where the index of keys does not know a person's agencies: they are many and all over the country. */
  readonly fewWithoutKeys: number
}

const usualBounds: SearchBounds = { walked: { search: 5_000, mark: 2_000 }, few: 1_000, fewWithoutKeys: 10_000 }

export interface Statement {
  readonly text: string
  readonly values: unknown[]
}

/**
 * Ids of documents within a scope, newest first.
 *
 * Two looks, each with a bound (`DESIGN.md`): what is common is found by walking the newest rows; what is not found there
 * is rare by one of its conditions, and is found by the index of that one.
 */
export async function searchDocuments(
  sql: Sql,
  scope: Scope,
  question: DocumentQuestion,
  { after, limit }: PageWish,
  bounds: SearchBounds = usualBounds,
): Promise<SearchPage> {
  const codes = await codesInScope(sql, scope)
  const asked =
    codes?.length !== 0 && (await prepare(sql, codes, question, { ...(after && { after }), limit: limit + 1 }))
  if (!asked) return { ids: [], more: false, matching: undefined }
  const recent = await ask(sql, recentSearch(asked, bounds))
  const found = recent.length > limit ? recent : await ask(sql, await rareSearch(sql, asked, bounds))
  const ids = found.slice(0, limit)
  return { ids, more: found.length > limit, matching: await countMatching(sql, asked, ids) }
}

async function ask(sql: Sql, { text, values }: Statement): Promise<string[]> {
  const { rows } = await sql.query<{ document_id: string }>(text, values)
  return rows.map(row => row.document_id)
}

async function countMatching(
  sql: Sql,
  { question, codes }: Asked,
  ids: readonly string[],
): Promise<number[] | undefined> {
  if (!asksOfReceiver(question)) return undefined
  const { place, values } = placing()
  const { rows } = await sql.query<{ count: number }>(
    `select (select count(*)::integer ${matchingReceivers(question, codes, place)}) as count
       from unnest(${place(ids)}::text[]) with ordinality as wanted(id, place)
       join document_search as search on search.document_id = wanted.id
      order by wanted.place`,
    values,
  )
  return rows.map(({ count }) => count)
}

// The walk is a subquery, not a list that is made first: it ends where the page is full.
function recentSearch(asked: Asked, { walked }: SearchBounds): Statement {
  const { place, values } = placing()
  const [mark] = marksOf(asked.question)
  const driver = mark === undefined ? 'search' : 'mark'
  const conditions = [
    ...(mark === undefined ? [] : [`driver.mark = ${place(mark)}`]),
    ...between(asked, 'driver', place),
  ]
  const walk = `
   (select * from document_${driver} as driver
     where ${conditions.join(' and ')}
     ${newestFirst('driver')}
     limit ${walked[driver]})`
  const source =
    driver === 'search'
      ? `${walk} as search`
      : `${walk} as walked join document_search as search on search.document_id = walked.document_id`
  return {
    values,
    text: `
select search.document_id
  from ${source}
 where ${wholeCondition(asked, place)}
 ${newestFirst(driver === 'search' ? 'search' : 'walked')}
 limit ${place(asked.limit)}`,
  }
}

async function rareSearch(sql: Sql, asked: Asked, { few, fewWithoutKeys }: SearchBounds): Promise<Statement> {
  const { codes, question, indexKeys, hasPartyKeys } = asked
  if (question.step) return everyRow(asked)
  const ofScope = codes?.map(code => `a:${code}`) ?? []
  const ofState = marksOf(question).slice(0, 1)
  for (const marks of [ofState, ofScope].filter(list => list.length > 0)) {
    const bound = marks === ofScope && !hasPartyKeys ? fewWithoutKeys : few
    if ((await countMarked(sql, asked, marks, bound)) < bound) return markSearch(asked, marks)
  }
  if (indexKeys) return shelfSearch(asked, indexKeys)
  if (ofState.length > 0) return markSearch(asked, ofState)
  return ofScope.length > 0 ? markSearch(asked, ofScope) : everyRow(asked)
}

/** What no index knows: only a list of everything, or of everything that was accepted, or moved, between two moments. */
function everyRow(asked: Asked): Statement {
  const { place, values } = placing()
  const conditions = [...between(asked, 'search', place), ...changedBetween(asked, place), wholeCondition(asked, place)]
  return {
    values,
    text: `
select search.document_id from document_search as search
 where ${conditions.join(' and ')} ${newestFirst('search')} limit ${place(asked.limit)}`,
  }
}

/** Events of a step in the history, which knows by the minute what has changed. */
const stepEvents = { fetched: ['fetched', 'redelivered'], acknowledged: ['acknowledged'] } as const

/** An event is written when its transaction is about to end, or was begun: no further from its step than this. */
const eventSlack = "interval '5 minutes'"

function changedBetween({ question: { step } }: Asked, place: Place): string[] {
  if (!step || step.name === 'accepted') return []
  const until = step.to ? `and at < ${place(step.to)}::timestamptz + ${eventSlack}` : ''
  return [
    `search.document_id in (select document_id
                              from document_event
                             where at >= ${place(step.from)}::timestamptz - ${eventSlack} ${until}
                               and what = any(${place(stepEvents[step.name])}))`,
  ]
}
