import type { Sql } from '../../database.ts'
import type { DocumentQuestion } from './question.ts'
import { type Place, rowConditions } from './row-conditions.ts'
import { allOf, dayCondition, type KeyCondition, keyConditions, partyCondition } from './search-keys.ts'

/** A question with all that its statements are made of. */
export interface Asked {
  readonly question: DocumentQuestion
  /** Agencies that the person sees; undefined: all. */
  readonly codes: readonly string[] | undefined
  /** What the keys of an answer fulfil, by shelf; undefined: nothing is asked of them. */
  readonly keys: KeyCondition | undefined
  /** The same, and what they fulfil as well when the person sees it: narrows what the index finds. */
  readonly indexKeys: KeyCondition | undefined
  /** Whether `indexKeys` say something of the person's agencies. */
  readonly hasPartyKeys: boolean
  readonly shelves: Shelves
  /** The last document of the page before. */
  readonly after: { readonly id: string; readonly at: string } | undefined
  readonly limit: number
}

/** In order of time, each with the moment from which on documents stand on it, as PostgreSQL writes it. */
interface Shelves {
  readonly numbers: readonly number[]
  readonly from: readonly string[]
}

/** @returns undefined when nothing can be an answer */
export async function prepare(
  sql: Sql,
  codes: readonly string[] | undefined,
  question: DocumentQuestion,
  wish: { readonly after?: string; readonly limit: number },
): Promise<Asked | undefined> {
  const bounds = await boundsOf(sql, wish.after)
  if (wish.after !== undefined && bounds.after === null) return undefined
  const days = issuedWithin(question, bounds)
  if (days === 'never') return undefined
  // The staff of the hub do not find internal documents by their subjects.
  const conditions = keyConditions(question, codes !== undefined)
  const parties = codes && partyCondition(codes)
  return {
    question,
    codes,
    keys: allOf(conditions),
    indexKeys: allOf([...conditions, ...(days ? [days] : []), ...(parties ? [parties] : [])]),
    hasPartyKeys: parties !== undefined,
    shelves: { numbers: bounds.numbers, from: bounds.from },
    after: wish.after === undefined || bounds.after === null ? undefined : { id: wish.after, at: bounds.after },
    limit: wish.limit,
  }
}

interface Bounds extends Shelves {
  readonly after: string | null
  /** First and last day of issue of all documents. */
  readonly first: string | null
  readonly last: string | null
}

const boundsSql = `
select array_agg(no order by from_at) as numbers, array_agg(from_at::text order by from_at) as "from",
       (select accepted_at::text from document_search where document_id = $1) as after,
       (select min(issued_on)::text from document_search) as first,
       (select max(issued_on)::text from document_search) as last
  from document_shelf`

async function boundsOf(sql: Sql, after: string | undefined): Promise<Bounds> {
  const { rows } = await sql.query<Bounds>(boundsSql, [after ?? null])
  const [bounds] = rows
  if (!bounds) throw new Error('documents stand on no shelf')
  return bounds
}

function issuedWithin(
  { issuedFrom, issuedTo }: DocumentQuestion,
  { first, last }: Bounds,
): KeyCondition | 'never' | undefined {
  if (!issuedFrom && !issuedTo) return undefined
  if (!first || !last) return 'never'
  const from = issuedFrom && issuedFrom > first ? issuedFrom : first
  const to = issuedTo && issuedTo < last ? issuedTo : last
  return dayCondition(from, to) ?? 'never'
}

export const newestFirst = (rows: string): string => `order by ${rows}.accepted_at desc, ${rows}.document_id desc`

/** Which part of the list: between moments, and after the page before. */
export function between({ question, after }: Asked, rows: string, place: Place): string[] {
  const { acceptedFrom, acceptedTo, step } = question
  const accepted = step?.name === 'accepted' ? step : undefined
  return [
    'true',
    ...(accepted ? [`${rows}.accepted_at >= ${place(accepted.from)}`] : []),
    ...(accepted?.to ? [`${rows}.accepted_at < ${place(accepted.to)}`] : []),
    ...(acceptedFrom ? [`${rows}.accepted_at >= ${place(acceptedFrom)}`] : []),
    ...(acceptedTo ? [`${rows}.accepted_at < ${place(acceptedTo)}`] : []),
    ...(after
      ? [`(${rows}.accepted_at, ${rows}.document_id) < (${place(after.at)}::timestamptz, ${place(after.id)})`]
      : []),
  ]
}

/** All that is asked of a row of `document_search`, without help of the index of keys. */
export function wholeCondition(asked: Asked, place: Place): string {
  return [...keysOfRow(asked, place), ...rowConditions(asked.question, asked.codes, place)].join(' and ')
}

/** The condition of the shelf that the row stands on. */
function keysOfRow({ keys, shelves }: Asked, place: Place): string[] {
  if (keys === undefined) return []
  const conditions = `${place(shelves.numbers.map(keys))}::tsquery[]`
  return [`search.keys @@ (${conditions})[width_bucket(search.accepted_at, ${place(shelves.from)}::timestamptz[])]`]
}
