import type { Sql } from '../../database.ts'
import type { AgencyRows } from '../../directory/agency-rows.ts'
import { codesInScope, inScope, type Scope } from '../scope.ts'

/** What somebody would write although their scope does not hold it. */
export interface Outside {
  /** The agency that would be written. */
  readonly code: string
  /** The place of the code or group that lies outside. */
  readonly field: 'code' | 'parent' | 'successor' | 'center' | 'choices' | 'groups' | 'codeForm'
  readonly value: string
}

/** What a row would add to the directory. What stands there already is nobody's doing. */
interface Addition {
  readonly code: string
  /** The agency above of one that is new; null: of one that is there, or that has none. */
  readonly newBelow: string | null
  readonly isNew: boolean
  /** Codes in these places; the agency above a new one is `newBelow`. */
  readonly links: Readonly<Record<'parent' | 'successor' | 'center' | 'choices', readonly string[]>>
  /** Forms under which it would be found beside those that find it now. */
  readonly forms: readonly string[]
  readonly groups: readonly string[]
}

/**
 * What of these agencies a scope does not hold: every agency that is written, and everything that is newly written into
 * one. A new agency lies where the agency above it does, so nobody makes one in another's province; a group or the codes
 * below an agency of others are theirs too, for mail would go astray by them.
 */
export async function outsideScope(sql: Sql, { batches }: AgencyRows, scope: Scope): Promise<Outside[]> {
  const codes = await codesInScope(sql, scope)
  if (codes === undefined) return []
  const additions: Addition[] = []
  for (const batch of batches) {
    const { rows } = await sql.query<Addition>(additionsSql, [batch])
    additions.push(...rows)
  }
  const isInside = insideTest(new Set(codes), additions)
  const foreignGroups = await groupsOfOthers(sql, scope, additions)
  const standing = await standingAbove(sql, additions)
  const isForeign = (form: string) => {
    const owner = above(form).find(code => standing.has(code))
    return owner !== undefined && !isInside(owner)
  }
  return additions.flatMap(addition => [
    ...(isInside(addition.code) ? [] : [outside(addition, 'code', addition.code)]),
    ...Object.entries(addition.links).flatMap(([field, values]) =>
      values.filter(value => !isInside(value)).map(value => outside(addition, field as Outside['field'], value)),
    ),
    ...addition.groups.filter(group => foreignGroups.has(group)).map(group => outside(addition, 'groups', group)),
    ...addition.forms.filter(isForeign).map(form => outside(addition, 'codeForm', form)),
  ])
}

const outside = ({ code }: Addition, field: Outside['field'], value: string): Outside => ({ code, field, value })

// What is new of a list or a single code; without a row in the directory all of it is.
const newOf = (column: string) => `
  case when given.${column} is distinct from agency.${column} then array_remove(array[given.${column}], null)
       else '{}' end`
const newIn = (column: string) => `
  array(select unnest(given.${column}) except select unnest(agency.${column}))`

const additionsSql = `
select given.code, agency.code is null as "isNew",
       case when agency.code is null then given.parent end as "newBelow",
       jsonb_build_object('parent', case when agency.code is null then '{}' else ${newOf('parent')} end,
                          'successor', ${newOf('successor')},
                          'center', ${newOf('center')}, 'choices', ${newIn('choices')}) as links,
       array(select unnest(array_remove(array[given.code, given.code_2016], null) || given.old_codes)
             except
             select unnest(array[agency.code, agency.code_2016] || agency.old_codes)) as forms,
       ${newIn('groups')} as groups
  from json_populate_recordset(null::agency, $1::json) as given
  left join agency on agency.code = given.code`

/** An agency that is new lies inside where the first one above it that is not new does. */
function insideTest(inside: ReadonlySet<string>, additions: readonly Addition[]): (code: string) => boolean {
  const newOnes = new Map(additions.filter(({ isNew }) => isNew).map(({ code, newBelow }) => [code, newBelow]))
  return code => {
    const passed = new Set<string>()
    let at = code
    while (newOnes.has(at) && !passed.has(at)) {
      passed.add(at)
      at = newOnes.get(at) ?? ''
    }
    return inside.has(at)
  }
}

/** Of these groups the ones that have members outside. */
async function groupsOfOthers(sql: Sql, scope: Scope, additions: readonly Addition[]): Promise<ReadonlySet<string>> {
  const values: unknown[] = [[...new Set(additions.flatMap(({ groups }) => groups))]]
  const { rows } = await sql.query<{ readonly name: string }>(
    `select distinct held.name
       from agency
      cross join unnest(agency.groups) as held (name)
      where held.name = any($1) and not agency.deleted and not (${inScope(values, scope, 'agency.code')})`,
    values,
  )
  return new Set(rows.map(({ name }) => name))
}

const standingSql = 'select code from agency where code = any($1) and not deleted'

/** Of the codes that new forms begin with, those that agencies have. */
async function standingAbove(sql: Sql, additions: readonly Addition[]): Promise<ReadonlySet<string>> {
  const codes = new Set(additions.flatMap(({ forms }) => forms.flatMap(above)))
  const { rows } = await sql.query<{ readonly code: string }>(standingSql, [[...codes]])
  return new Set(rows.map(({ code }) => code))
}

/** `H99.32.05` → `H99.32`, `H99`: a code belongs to the nearest agency whose code it begins with, as scopes read it. */
function above(form: string): string[] {
  const parts = form.split('.')
  return parts.slice(1).map((_part, index) => parts.slice(0, parts.length - 1 - index).join('.'))
}
