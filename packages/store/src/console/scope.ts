import type { Sql } from '../database.ts'

/**
 * Which agencies a person sees: the union of all that is named. Nothing named is nothing seen; `everything` is for the
 * staff of the hub.
 */
export interface Scope {
  readonly everything: boolean
  /** An agency and all below it, by code (`H99` holds `H99.32.05`) and by the directory's tree. */
  readonly subtrees: readonly string[]
  /** Connected systems: the agencies that each acts for. */
  readonly systems: readonly string[]
  readonly localities: readonly string[]
  /** Named groups of the directory. */
  readonly groups: readonly string[]
}

export const emptyScope: Scope = { everything: false, subtrees: [], systems: [], localities: [], groups: [] }
export const wholeHub: Scope = { ...emptyScope, everything: true }

/**
 * The condition that an agency's code lies in a scope, as a fragment for `where`. It depends on no outer row, so
 * PostgreSQL works the codes out once per statement.
 *
 * @param values of the statement; those of the fragment are appended
 * @param column an expression of the statement that gives a code, such as `document.sender`; never outside input
 */
export function inScope(values: unknown[], scope: Scope, column: string): string {
  if (scope.everything) return 'true'
  if (isEmpty(scope)) return 'false'
  return `${column} in (${codesSql(values, scope)})`
}

/** Codes of a scope in order; undefined for everything. Codes of removed agencies are among them: history stays. */
export async function codesInScope(sql: Sql, scope: Scope): Promise<readonly string[] | undefined> {
  if (scope.everything) return undefined
  if (isEmpty(scope)) return []
  const values: unknown[] = []
  const { rows } = await sql.query<{ readonly code: string }>(`${codesSql(values, scope)} order by code`, values)
  return rows.map(row => row.code)
}

const holdsSql = `
with recursive line(code, parent) as (
  select agency.code, agency.parent from agency where agency.code = $1
   union
  select agency.code, agency.parent from line join agency on agency.code = line.parent
)
select from line
  join unnest($2::text[]) as root(code) on line.code = root.code or starts_with(line.code, root.code || '.')
 union all
select from agency
  join system_agency on system_agency.agency_code in (agency.code, agency.center)
 where agency.code = $1 and system_agency.system_id = any($3) and not agency.deleted
 union all
select from agency
 where agency.code = $1 and (agency.locality = any($4) or agency.groups && $5)
 limit 1`

/** Whether an agency lies in a scope: as `codesInScope` says, asked upwards from one code instead of over the directory. */
export async function holdsAgency(sql: Sql, scope: Scope, code: string): Promise<boolean> {
  if (scope.everything || isEmpty(scope)) return scope.everything
  const { subtrees, systems, localities, groups } = scope
  const { rowCount } = await sql.query(holdsSql, [code, subtrees, systems, localities, groups])
  return rowCount === 1
}

function isEmpty({ subtrees, systems, localities, groups }: Scope): boolean {
  return [subtrees, systems, localities, groups].every(list => list.length === 0)
}

function codesSql(values: unknown[], scope: Scope): string {
  const place = (list: readonly string[]): string => `$${values.push([...list])}::text[]`
  const roots = place(scope.subtrees)
  const systems = place(scope.systems)
  const localities = place(scope.localities)
  const groups = place(scope.groups)
  return `
with recursive inside(code) as (
  select agency.code
    from agency
    join unnest(${roots}) as root(code) on agency.code = root.code or starts_with(agency.code, root.code || '.')
   union
  select agency.code
    from inside
    join agency on agency.parent = inside.code
)
select code from inside
 union
select agency.code
  from system_agency
  join agency on system_agency.agency_code in (agency.code, agency.center)
 where system_agency.system_id = any(${systems}) and not agency.deleted
 union
select agency.code
  from agency
 where agency.locality = any(${localities}) or agency.groups && ${groups}`
}
