import type { Sql } from '../../database.ts'
import { codesInScope, type Scope } from '../scope.ts'
import { type KeyQuestion, keyCondition, partyCondition } from './search-keys.ts'

/** What somebody looks for; each absent part asks for nothing. */
export interface DocumentQuestion extends KeyQuestion {
  /** Days of issue, `yyyy-mm-dd`, both included. */
  readonly issuedFrom?: string
  readonly issuedTo?: string
  /** Moments of acceptance, from included, to not. */
  readonly acceptedFrom?: Date
  readonly acceptedTo?: Date
  /** States at one of its receivers: with `receiver` at that one, within a scope at one that the person sees. */
  readonly transport?: string
  readonly business?: string
  readonly late?: boolean
}

export interface PageWish {
  /** Id of the last document of the page before. */
  readonly after?: string
  readonly limit: number
}

export interface SearchPage {
  readonly ids: readonly string[]
  readonly more: boolean
}

/** Rows that the first look reads, newest first: what is common fills a page within them. */
const walkedRows = { search: 10_000, mark: 4_000 } as const

/** More agencies than this are a condition on rows; as one on the index they would cost more than they save. */
const mostPartyKeys = 200

/**
 * Ids of documents within a scope, newest first.
 *
 * Two looks, each with a bound: what is common is found by walking the newest rows; what is not found there is rare, and
 * its few rows are found by the inverted index and then sorted.
 */
export async function searchDocuments(
  sql: Sql,
  scope: Scope,
  question: DocumentQuestion,
  { after, limit }: PageWish,
): Promise<SearchPage> {
  const codes = await codesInScope(sql, scope)
  if (codes?.length === 0) return { ids: [], more: false }
  // The staff of the hub do not find internal documents by their subjects.
  const keys = keyCondition(question, codes !== undefined)
  const asked: Asked = { question, codes, keys, after, limit: limit + 1 }
  const recent = await ask(sql, recentSearch(asked))
  const ids = recent.length > limit ? recent : await ask(sql, rareSearch(asked))
  return { ids: ids.slice(0, limit), more: ids.length > limit }
}

interface Asked {
  readonly question: DocumentQuestion
  readonly codes: readonly string[] | undefined
  readonly keys: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

interface Statement {
  readonly text: string
  readonly values: unknown[]
}

async function ask(sql: Sql, { text, values }: Statement): Promise<string[]> {
  const { rows } = await sql.query<{ document_id: string }>(text, values)
  return rows.map(row => row.document_id)
}

/** The mark to walk by: the one that is likely to be the rarest. */
function markOf({ transport, business, late }: DocumentQuestion): string | undefined {
  if (late) return 'late'
  if (business !== undefined) return `b:${business}`
  return transport === undefined ? undefined : `t:${transport}`
}

const newestFirst = (rows: string): string => `order by ${rows}.accepted_at desc, ${rows}.document_id desc`

// The walk is a subquery, not a list that is made first: it ends where the page is full.
function recentSearch(asked: Asked): Statement {
  const { place, values } = placing()
  const driver = markOf(asked.question) === undefined ? 'search' : 'mark'
  const walk = `
   (select * from document_${driver} as driver
     where ${driverConditions(asked, place).join(' and ')}
     ${newestFirst('driver')}
     limit ${walkedRows[driver]})`
  const source =
    driver === 'search'
      ? `${walk} as search`
      : `${walk} as walked join document_search as search on search.document_id = walked.document_id`
  const rows = driver === 'search' ? 'search' : 'walked'
  return {
    values,
    text: `
select search.document_id
  from ${source}
 where ${[...keyConditions(asked.keys, place), ...rowConditions(asked, place)].join(' and ')}
 ${newestFirst(rows)}
 limit ${place(asked.limit)}`,
  }
}

function rareSearch(asked: Asked): Statement {
  const { codes, keys } = asked
  const ofParties = codes && (keys === undefined || codes.length <= mostPartyKeys) ? partyCondition(codes) : undefined
  const byIndex = [keys && `(${keys})`, ofParties].filter(Boolean).join(' & ')
  return byIndex === '' && !isShortPeriod(asked.question) ? everyRow(asked) : byIndexes(asked, byIndex)
}

const dayMs = 86_400_000
const shortPeriodDays = 31

/** Few enough documents to be put in order after they are found by their days of issue. */
function isShortPeriod({ issuedFrom, issuedTo }: DocumentQuestion): boolean {
  if (!issuedFrom || !issuedTo) return false
  return Date.parse(issuedTo) - Date.parse(issuedFrom) <= shortPeriodDays * dayMs
}

/** All that an index names, then in order: without the list in between the planner may walk everything instead. */
function byIndexes(asked: Asked, keys: string): Statement {
  const { place, values } = placing()
  const conditions = [
    ...keyConditions(keys || undefined, place),
    ...between(asked, 'search', place),
    ...rowConditions(asked, place),
  ]
  return {
    values,
    text: `
with rare as materialized (
  select search.document_id, search.accepted_at from document_search as search where ${conditions.join(' and ')}
)
select document_id from rare ${newestFirst('rare')} limit ${place(asked.limit)}`,
  }
}

/** What has no keys to be found by: states and days of issue, by indexes of their own. */
function everyRow(asked: Asked): Statement {
  const { place, values } = placing()
  const byMark = markOf(asked.question) !== undefined
  const source = byMark
    ? 'document_mark as driver join document_search as search on search.document_id = driver.document_id'
    : 'document_search as search'
  const conditions = byMark ? driverConditions(asked, place) : between(asked, 'search', place)
  return {
    values,
    text: `
select search.document_id
  from ${source}
 where ${[...conditions, ...rowConditions(asked, place)].join(' and ')}
 ${newestFirst(byMark ? 'driver' : 'search')}
 limit ${place(asked.limit)}`,
  }
}

type Place = (value: unknown) => string

/** Numbers the values of a statement as they are named in it. */
function placing(): { readonly place: Place; readonly values: unknown[] } {
  const values: unknown[] = []
  return { values, place: value => `$${values.push(value)}` }
}

function driverConditions(asked: Asked, place: Place): string[] {
  const mark = markOf(asked.question)
  return [...(mark === undefined ? [] : [`driver.mark = ${place(mark)}`]), ...between(asked, 'driver', place)]
}

/** Which part of the list: between moments, and after the page before. */
function between({ question, after }: Asked, rows: string, place: Place): string[] {
  const { acceptedFrom, acceptedTo } = question
  return [
    'true',
    ...(acceptedFrom ? [`${rows}.accepted_at >= ${place(acceptedFrom)}`] : []),
    ...(acceptedTo ? [`${rows}.accepted_at < ${place(acceptedTo)}`] : []),
    ...(after
      ? [
          `(${rows}.accepted_at, ${rows}.document_id) <
           (select last.accepted_at, last.document_id from document_search as last where last.document_id = ${place(after)})`,
        ]
      : []),
  ]
}

const keyConditions = (keys: string | undefined, place: Place): string[] =>
  keys === undefined ? [] : [`search.keys @@ ${place(keys)}::tsquery`]

/** What is asked of a row of `document_search` beyond its keys. */
function rowConditions({ question, codes }: Asked, place: Place): string[] {
  const { issuedFrom, issuedTo } = question
  return [
    'true',
    ...(issuedFrom ? [`search.issued_on >= ${place(issuedFrom)}::date`] : []),
    ...(issuedTo ? [`search.issued_on <= ${place(issuedTo)}::date`] : []),
    ...(codes ? [seenBy(place(codes))] : []),
    ...(markOf(question) === undefined ? [] : [atReceiver(question, codes, place)]),
  ]
}

// Its receiver sees a document once it was made available, as in `findDocument`. With a limit, not `exists`: of that the
// planner may first make a list of all deliveries to these agencies.
const seenBy = (codes: string): string => `
  (search.sender = any(${codes}) or search.receivers && ${codes} and (
     select true from delivery
      where delivery.document_id = search.document_id and delivery.receiver = any(${codes}) and ${toBeSeen} limit 1))`

/** Whether the receiver of a delivery may know of it. */
export const toBeSeen = `
delivery.state not in ('routed', 'held') and delivery.available_at is not null
and (delivery.state <> 'withdrawn' or delivery.fetches > 0)`

/** As the delivery stands at this moment, whatever the marks still say. */
function atReceiver(question: DocumentQuestion, codes: readonly string[] | undefined, place: Place): string {
  const { transport, business, late, receiver } = question
  const conditions = [
    'delivery.document_id = search.document_id',
    ...(transport === undefined ? [] : [`delivery.state = ${place(transport)}`]),
    ...(business === undefined ? [] : [`delivery.business = ${place(business)}`]),
    ...(late ? [isLate] : []),
    ...(receiver ? [`${place(receiver)} in (delivery.receiver, delivery.moved_from)`] : []),
  ]
  if (codes) {
    const mine = place(codes)
    conditions.push(`(search.sender = any(${mine}) or delivery.receiver = any(${mine}) and ${toBeSeen})`)
  }
  return `exists (select from delivery where ${conditions.join(' and ')})`
}

/** Its deadline passed and it is still owed, as the first page counts it. */
export const isLate = `
(delivery.state in ('available', 'fetched')
 and exists (select from deadline where deadline.delivery_id = delivery.id and deadline.state = 'missed'))`
