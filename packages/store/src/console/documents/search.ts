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
const walkedRows = { search: 20_000, mark: 4_000 } as const

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
  const isEnough = recent.ids.length > limit || recent.walked < walkedRows[driverOf(question)]
  const { ids } = isEnough ? recent : await ask(sql, rareSearch(asked))
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

async function ask(sql: Sql, { text, values }: Statement): Promise<{ ids: string[]; walked: number }> {
  const { rows } = await sql.query<{ ids: string[]; walked: number }>(text, values)
  return rows[0] ?? { ids: [], walked: 0 }
}

/** The mark to walk by: the one that is likely to be the rarest. */
function markOf({ transport, business, late }: DocumentQuestion): string | undefined {
  if (late) return 'late'
  if (business !== undefined) return `b:${business}`
  return transport === undefined ? undefined : `t:${transport}`
}

const driverOf = (question: DocumentQuestion): 'search' | 'mark' => (markOf(question) === undefined ? 'search' : 'mark')

const idsInOrder = `coalesce(array_agg(document_id order by accepted_at desc, document_id desc), '{}') as ids`

function recentSearch(asked: Asked): Statement {
  const { place, values } = placing()
  const driver = driverOf(asked.question)
  return {
    values,
    text: `
with walked as materialized (
  select document_id, accepted_at
    from document_${driver} as driver
   where ${driverConditions(asked, place).join(' and ')}
   order by accepted_at desc, document_id desc
   limit ${walkedRows[driver]}
), found as (
  select walked.document_id, walked.accepted_at
    from walked
    join document_search as search on search.document_id = walked.document_id
   where ${[...keyConditions(asked.keys, place), ...rowConditions(asked, place)].join(' and ')}
   order by walked.accepted_at desc, walked.document_id desc
   limit ${place(asked.limit)}
)
select ${idsInOrder}, (select count(*)::integer from walked) as walked from found`,
  }
}

function rareSearch(asked: Asked): Statement {
  const { codes, keys, question } = asked
  const { place, values } = placing()
  const ofParties = codes && (keys === undefined || codes.length <= mostPartyKeys) ? partyCondition(codes) : undefined
  const byIndex = [keys && `(${keys})`, ofParties].filter(Boolean).join(' & ')
  const isByMark = byIndex === '' && markOf(question) !== undefined
  const from = isByMark
    ? 'document_mark as driver join document_search as search on search.document_id = driver.document_id'
    : 'document_search as search'
  const conditions = [
    ...keyConditions(byIndex || undefined, place),
    ...(isByMark ? driverConditions(asked, place) : between(asked, 'search', place)),
    ...rowConditions(asked, place),
  ]
  const [first, last] = byIndex === '' ? ['', ''] : ['with rare as materialized (', ')']
  const newest = (rows: string): string => `order by ${rows}.accepted_at desc, ${rows}.document_id desc`
  const driver = isByMark ? 'driver' : 'search'
  const rows = `select ${driver}.document_id, ${driver}.accepted_at from ${from} where ${conditions.join(' and ')}`
  const found =
    byIndex === ''
      ? `(${rows} ${newest(driver)} limit ${place(asked.limit)})`
      : `(select * from rare ${newest('rare')} limit ${place(asked.limit)})`
  return {
    values,
    text: `${first}${byIndex === '' ? '' : rows}${last} select ${idsInOrder}, 0 as walked from ${found} as found`,
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

// Its receiver sees a document once it was made available, as in `findDocument`.
const seenBy = (codes: string): string => `
  (search.sender = any(${codes}) or search.receivers && ${codes} and exists (
     select from delivery
      where delivery.document_id = search.document_id and delivery.receiver = any(${codes}) and ${toBeSeen}))`

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
