import type { Sql } from '../../database.ts'
import type { RegisterEntry } from '../../reports/register-total.ts'
import { inScope, type Scope } from '../scope.ts'

/** An agency of the scope, what stands for it in a month, and what went through the hub. */
export interface RegisterRow extends Omit<RegisterEntry, 'replacedAt'> {
  readonly name: string
  readonly sent: number
  readonly received: number
  /** Entries that it has replaced. */
  readonly corrections: number
}

/** What was entered for a month, by code of the agency. */
export async function registerRows(
  sql: Sql,
  scope: Scope,
  { month, after = '', limit }: { readonly month: string; readonly after?: string; readonly limit: number },
): Promise<RegisterRow[]> {
  const values: unknown[] = [`${month}-01`, after, limit]
  const { rows } = await sql.query<RegisterRow>(
    `
select total.agency_code as agency, agency.name, to_char(total.month, 'YYYY-MM') as month, total.outgoing, total.incoming,
       total.source, total.entered_by as "enteredBy", account.name as "enteredByName", total.entered_at as "enteredAt",
       coalesce(counted.sent, 0) as sent, coalesce(counted.received, 0) as received,
       (select count(*)::integer from register_total as earlier
         where earlier.agency_code = total.agency_code and earlier.month = total.month
           and earlier.replaced_at is not null) as corrections
  from register_total as total
  join agency on agency.code = total.agency_code
  left join account on 'user:' || account.login = total.entered_by
  left join report_month as counted on counted.agency = total.agency_code and counted.month = total.month
 where total.month = $1::date and total.replaced_at is null and total.agency_code > $2
   and ${inScope(values, scope, 'total.agency_code')}
 order by total.agency_code
 limit $3`,
    values,
  )
  return rows
}

/** Those of these codes that are agencies of the scope; the others are unknown to whoever asks, or there are none such. */
export async function codesWithin(sql: Sql, scope: Scope, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const values: unknown[] = [codes]
  const { rows } = await sql.query<{ code: string }>(
    `select code from agency where code = any($1) and ${inScope(values, scope, 'code')}`,
    values,
  )
  return new Set(rows.map(row => row.code))
}
