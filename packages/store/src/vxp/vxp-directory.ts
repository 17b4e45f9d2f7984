import type { Level } from '@docaxis/directory'
import type { Tx } from '../database.ts'

/** Lists of the whole directory that VXP clients copy. */
export type VxpDirectoryList = 'agencies' | 'agencies-qd20' | 'units'

export interface VxpDirectoryQuery {
  readonly list: VxpDirectoryList
  /** Day in Asia/Ho_Chi_Minh, `yyyy-mm-dd`: agencies open and close by date. */
  readonly today: string
  /** Only agencies of this level. */
  readonly level?: Level
}

const isOpen = `
(not agency.deleted and coalesce(agency.valid_from <= $1::date, true) and coalesce(agency.valid_to > $1::date, true))`
const isGone = `(agency.deleted or coalesce(agency.valid_to <= $1::date, false))`
// Viet Nam keeps UTC+7 all year.
const modifiedAt = `to_char(agency.updated_at at time zone 'utc' + interval '7 hours', 'YYYY-MM-DD HH24:MI:SS')`

interface ListSql {
  /** Names on the wire and what stands under them; every value is a text. */
  readonly fields: Readonly<Record<string, string>>
  readonly where: string
}

// An agency's id is its code: it is what others name as `pid`, and it never changes meaning.
const lists: Readonly<Record<VxpDirectoryList, ListSql>> = {
  agencies: {
    fields: {
      id: 'agency.code',
      pid: 'agency.parent',
      code: 'agency.code',
      name: 'agency.name',
      mail: 'agency.mail',
      oldCode: 'coalesce(agency.old_codes[1], agency.code_2016)',
    },
    where: isOpen,
  },
  'agencies-qd20': {
    fields: {
      id: 'agency.code',
      code: 'agency.code',
      name: 'agency.name',
      mail: 'agency.mail',
      code102: 'agency.code_2016',
    },
    where: isOpen,
  },
  // For copies of the directory: closed and removed agencies too, marked.
  units: {
    fields: {
      id: 'agency.code',
      pid: 'agency.parent',
      code: 'agency.code',
      name: 'agency.name',
      mail: 'agency.mail',
      version: 'agency.version::text',
      centerCode: 'agency.center',
      deleted: `${isGone}::text`,
      modifyDate: modifiedAt,
      isAgency: `(agency.kind <> 'center')::text`,
    },
    where: 'true',
  },
}

/** Agencies a query. */
const pageSize = 5_000

// The database writes the JSON: as objects, 111,000 agencies would cost this process more than a second.
function pageSql({ fields, where }: ListSql): string {
  const members = Object.entries(fields).map(([name, value]) => `'"${name}":' || to_json(coalesce(${value}, ''))::text`)
  return `
select string_agg(page.json, ',' order by page.code) as json, max(page.code) as last
  from (select agency.code, '{' || ${members.join(" || ',' || ")} || '}' as json
          from agency
         where agency.code > $3 and ($2::text is null or agency.level = $2) and ${where}
         order by agency.code
         limit ${pageSize}) as page`
}

/**
 * The rows of a list as JSON texts, thousands with commas between at a time, in order of code. As of one moment where
 * the transaction is.
 */
export async function* streamVxpDirectory(tx: Tx, query: VxpDirectoryQuery): AsyncGenerator<string> {
  const text = pageSql(lists[query.list])
  let after = ''
  for (;;) {
    const { rows } = await tx.query<PageRow>(text, [query.today, query.level ?? null, after])
    const page = rows[0]
    if (!page?.json || page.last === null) return
    yield page.json
    after = page.last
  }
}

interface PageRow {
  readonly json: string | null
  readonly last: string | null
}
