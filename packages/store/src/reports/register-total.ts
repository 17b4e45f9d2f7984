import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from '../database.ts'
import { hanoiMonth } from '../directory/hanoi-day.ts'

/** How many documents an agency's registers hold for a month, on paper and electronic. */
export interface RegisterTotal {
  /** Directory code. */
  readonly agency: string
  /** `yyyy-mm`, in Asia/Ho_Chi_Minh. */
  readonly month: string
  /** Null: not known. One of the two is. */
  readonly outgoing: number | null
  readonly incoming: number | null
}

export type RegisterSource = 'form' | 'csv' | 'api'

export interface RegisterOrigin {
  readonly source: RegisterSource
  /** As the audit log names them: `user:login`, `system:id`. */
  readonly enteredBy: string
}

/** An entry, with where it comes from. */
export interface RegisterEntry extends RegisterTotal, RegisterOrigin {
  /** Of the person, where it was one. */
  readonly enteredByName: string | null
  readonly enteredAt: Date
  /** Null: it stands. */
  readonly replacedAt: Date | null
}

/** No register of a month is longer. */
export const mostRegistered = 10_000_000

/** Entries that say what stands already leave everything as it is; those that do not replace it, and it is kept. */
const putSql = `
with given as (
  select g.agency, (g.month || '-01')::date as month, g.outgoing, g.incoming
    from jsonb_to_recordset($1::jsonb) as g(agency text, month text, outgoing integer, incoming integer)
), changed as (
  select given.*
    from given
    left join register_total as current
      on current.agency_code = given.agency and current.month = given.month and current.replaced_at is null
   where (current.outgoing, current.incoming) is distinct from (given.outgoing, given.incoming)
), replaced as (
  update register_total
     set replaced_at = clock_timestamp()
    from changed
   where register_total.agency_code = changed.agency and register_total.month = changed.month
     and register_total.replaced_at is null
)
select agency, to_char(month, 'YYYY-MM') as month, outgoing, incoming from changed`

// A statement of its own: a single one would meet the rows it replaces in the unique index.
const insertSql = `
insert into register_total (agency_code, month, outgoing, incoming, source, entered_by)
select g.agency, (g.month || '-01')::date, g.outgoing, g.incoming, $2, $3
  from jsonb_to_recordset($1::jsonb) as g(agency text, month text, outgoing integer, incoming integer)`

/**
 * Keeps totals, each at most once for an agency and a month: the caller has asked whose they may be.
 *
 * @returns those that were not there before
 * @throws HubError `REQUEST_INVALID` for a month that has not begun, and where neither number is known
 */
export async function putRegisterTotals(
  tx: Tx,
  totals: readonly RegisterTotal[],
  { source, enteredBy }: RegisterOrigin,
): Promise<RegisterTotal[]> {
  await refuseUnusable(tx, totals)
  // Entered by hand, a few times a month: writers take turns.
  await tx.query('lock table register_total in share row exclusive mode')
  const { rows } = await tx.query<RegisterTotal>(putSql, [JSON.stringify(totals)])
  await tx.query(insertSql, [JSON.stringify(rows), source, enteredBy])
  return rows
}

const presentSql = `select to_char(${hanoiMonth('clock_timestamp()')}, 'YYYY-MM') as month`

async function refuseUnusable(tx: Tx, totals: readonly RegisterTotal[]): Promise<void> {
  const { rows } = await tx.query<{ month: string }>(presentSql)
  const present = rows[0]?.month ?? ''
  const future = totals.find(({ month }) => month > present)
  if (future) throw new HubError('REQUEST_INVALID', `the month ${future.month} has not begun`)
  const empty = totals.find(({ outgoing, incoming }) => outgoing === null && incoming === null)
  if (empty) throw new HubError('REQUEST_INVALID', `neither number of ${empty.agency} in ${empty.month} is given`)
}

const entryColumns = `
  total.agency_code as agency, to_char(total.month, 'YYYY-MM') as month, total.outgoing, total.incoming, total.source,
  total.entered_by as "enteredBy", account.name as "enteredByName", total.entered_at as "enteredAt",
  total.replaced_at as "replacedAt"`

const historySql = `
select ${entryColumns}
  from register_total as total
  left join account on 'user:' || account.login = total.entered_by
 where total.agency_code = $1 and ($2::text is null or total.month = ($2 || '-01')::date)
 order by total.month desc, total.id desc
 limit $3`

/** What was entered for an agency, the newest month and entry first, what was replaced too. */
export async function registerHistory(
  sql: Sql,
  agency: string,
  { month, limit }: { readonly month?: string; readonly limit: number },
): Promise<RegisterEntry[]> {
  const { rows } = await sql.query<RegisterEntry>(historySql, [agency, month ?? null, limit])
  return rows
}
