import type { Sql } from '../database.ts'
import type { AccountRights } from './account.ts'
import { codesInScope, emptyScope, type Scope } from './scope.ts'

/** Asks whether a scope holds what an account may do: nobody gives, or looks after, more than they have themselves. */
export type HoldsRights = (rights: Pick<AccountRights, 'scope' | 'agencies'>) => boolean

/**
 * Part by part, not by the agencies that happen to be there today: a locality of another province stays outside
 * although it is empty now.
 */
export async function rightsWithin(sql: Sql, outer: Scope): Promise<HoldsRights> {
  if (outer.everything) return () => true
  const below = new Set(await codesInScope(sql, { ...emptyScope, subtrees: outer.subtrees }))
  const seen = new Set(await codesInScope(sql, outer))
  return ({ scope, agencies }) =>
    !scope.everything &&
    scope.subtrees.every(code => below.has(code)) &&
    (['systems', 'localities', 'groups'] as const).every(part => scope[part].every(it => outer[part].includes(it))) &&
    agencies.every(code => seen.has(code))
}
