import { type Agency, type AgencyKind, foldText, type Level } from '@docaxis/directory'
import { inScope, type Scope, wholeHub } from '../console/scope.ts'
import type { Sql, Tx } from '../database.ts'
import {
  type AgencyListing,
  type AgencyRow,
  agencyColumns,
  agencyOf,
  type ListingRow,
  listingColumns,
  listingJoin,
  listingOf,
} from './agency.ts'
import { isClosed, isConnected, isTop } from './agency-conditions.ts'

export interface AgencyQuery {
  /** Words of a name, short name, locality or code (also its 2016 and old forms), in any order, with or without accents. */
  readonly query?: string
  readonly level?: Level
  readonly kind?: AgencyKind
  /** Code of the agency above. */
  readonly parent?: string
  readonly group?: string
  /** Province or centrally run city, by name. */
  readonly locality?: string
  /** Whether an enabled system fetches for it. */
  readonly connected?: boolean
  /** Whether its code is closed today in Asia/Ho_Chi_Minh. */
  readonly closed?: boolean
  /** Those with nobody above them within the scope: where its tree begins. */
  readonly topOnly?: boolean
  /** Only of these; absent: of all. */
  readonly scope?: Scope
  /** Code of the last agency seen. */
  readonly after?: string
  /** 1–1000; 100 unless told. */
  readonly limit?: number
}

/** One page of the directory in order of code, closed agencies included, removed ones not. */
export async function searchAgencies(sql: Sql, query: AgencyQuery): Promise<AgencyListing[]> {
  const values: unknown[] = []
  const conditions = conditionsOf(query, values)
  // Who fetches is asked about the page alone, not about all that are found.
  const { rows } = await sql.query<ListingRow>(
    `
select ${listingColumns}
  from (select agency.*
          from agency
         where ${conditions.join('\n           and ')}
         order by agency.code
         limit $${values.push(pageSize(query.limit))}) as agency
 ${listingJoin}
 order by agency.code`,
    values,
  )
  return rows.map(listingOf)
}

function conditionsOf(query: AgencyQuery, values: unknown[]): string[] {
  const place = (value: unknown) => `$${values.push(value)}`
  const { level, kind, parent, group, locality, connected, closed, topOnly, scope = wholeHub } = query
  return [
    'not agency.deleted',
    `agency.code > ${place(query.after ?? '')}`,
    `agency.search like all (${place(wordPatterns(query.query ?? ''))}::text[])`,
    inScope(values, scope, 'agency.code'),
    ...(level ? [`agency.level = ${place(level)}`] : []),
    ...(kind ? [`agency.kind = ${place(kind)}`] : []),
    ...(parent ? [`agency.parent = ${place(parent)}`] : []),
    ...(group ? [`agency.groups @> array[${place(group)}]`] : []),
    ...(locality ? [`agency.locality = ${place(locality)}`] : []),
    ...(connected === undefined ? [] : [`${isConnected} is ${connected}`]),
    ...(closed === undefined ? [] : [`${isClosed} is ${closed}`]),
    ...(topOnly ? [isTop(values, scope)] : []),
  ]
}

/** Members of one group, such as all communes of a province, in order of code. */
export function listGroup(
  sql: Sql,
  group: string,
  page: Pick<AgencyQuery, 'after' | 'limit'> = {},
): Promise<AgencyListing[]> {
  return searchAgencies(sql, { ...page, group })
}

const listChangesSql = `
select ${listingColumns}
  from agency
 ${listingJoin}
 where agency.version > $1
 order by agency.version
 limit $2`

/**
 * What changed after a version, oldest change first, tombstones included: how a copy of the directory keeps up.
 * The last one's `version` is the next `since`; nothing is ever committed below a version already given out.
 */
export async function listAgencyChanges(
  sql: Sql,
  page: { readonly since: number; readonly limit?: number },
): Promise<AgencyListing[]> {
  const { rows } = await sql.query<ListingRow>(listChangesSql, [page.since, pageSize(page.limit)])
  return rows.map(listingOf)
}

/** A condition on `agency`, and what stands in its places. */
export interface AgencyCondition {
  readonly sql: string
  readonly values: readonly unknown[]
}

const everyAgency: AgencyCondition = { sql: 'true', values: [] }

const openExportSql = ({ sql }: AgencyCondition) => `
declare agency_export no scroll cursor for
select ${agencyColumns}
  from agency
 where not agency.deleted and ${sql}
 order by agency.code`

/** Agencies in order of code as of one moment, up to a thousand at a time. One export per transaction. */
export async function* streamAgencies(tx: Tx, wanted = everyAgency): AsyncGenerator<readonly Agency[]> {
  await tx.query(openExportSql(wanted), [...wanted.values])
  for (;;) {
    const { rows } = await tx.query<AgencyRow>('fetch 1000 from agency_export')
    if (rows.length === 0) break
    yield rows.map(agencyOf)
  }
  await tx.query('close agency_export')
}

/** Grows with every change of the directory. */
export async function directoryVersion(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ readonly version: string }>(
    'select coalesce(max(version), 0) as version from agency',
  )
  return Number(rows[0]?.version ?? 0)
}

function wordPatterns(query: string): string[] {
  const words = foldText(query).split(' ').filter(Boolean)
  return words.map(word => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
}

function pageSize(limit = 100): number {
  return Math.min(Math.max(limit, 1), 1_000)
}
