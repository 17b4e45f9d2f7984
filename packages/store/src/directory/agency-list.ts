import { type Agency, foldText, type Level } from '@docaxis/directory'
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

export interface AgencyQuery {
  /** Words of a name, short name, locality or code, in any order, with or without accents. */
  readonly query?: string
  readonly level?: Level
  /** Code of the agency above. */
  readonly parent?: string
  readonly group?: string
  /** Code of the last agency seen. */
  readonly after?: string
  /** 1–1000; 100 unless told. */
  readonly limit?: number
}

const searchAgenciesSql = `
select ${listingColumns}
  from agency
 ${listingJoin}
 where not agency.deleted
   and agency.code > $1
   and agency.search like all ($2::text[])
   and ($3::text is null or agency.level = $3)
   and ($4::text is null or agency.parent = $4)
   and ($5::text is null or agency.groups @> array[$5])
 order by agency.code
 limit $6`

/** One page of the directory in order of code, closed agencies included, removed ones not. */
export async function searchAgencies(sql: Sql, query: AgencyQuery): Promise<AgencyListing[]> {
  const { rows } = await sql.query<ListingRow>(searchAgenciesSql, [
    query.after ?? '',
    wordPatterns(query.query ?? ''),
    query.level ?? null,
    query.parent ?? null,
    query.group ?? null,
    pageSize(query.limit),
  ])
  return rows.map(listingOf)
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

const openExportSql = `
declare agency_export no scroll cursor for
select ${agencyColumns}
  from agency
 where not agency.deleted
 order by agency.code`

/** Every agency in order of code as of one moment, up to a thousand at a time. One export per transaction. */
export async function* streamAgencies(tx: Tx): AsyncGenerator<readonly Agency[]> {
  await tx.query(openExportSql)
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
