import type { Sql } from '../../database.ts'
import { listBoundSystems, type SystemRecord } from '../../directory/system.ts'
import { agenciesOfSql } from '../../directory/system-agency.ts'
import { inScope, type Scope } from '../scope.ts'

/** A system that fetches for an agency. */
export interface AgencySystem extends SystemRecord {
  /** Agencies that it acts for, this one among them. */
  readonly serves: number
  /** All of them lie in the scope: whoever changes its credentials cuts nobody off whom they do not see. */
  readonly whole: boolean
}

/** Systems bound to an agency or to its center, in order of their ids. */
export async function listAgencySystems(sql: Sql, scope: Scope, agencyCode: string): Promise<AgencySystem[]> {
  const systems = await listBoundSystems(sql, agencyCode)
  const served = await countServed(
    sql,
    scope,
    systems.map(({ id }) => id),
  )
  return systems.map(system => ({ ...system, ...(served.get(system.id) ?? { serves: 0, whole: false }) }))
}

interface Served {
  readonly serves: number
  readonly whole: boolean
}

async function countServed(sql: Sql, scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, Served>> {
  const values: unknown[] = [ids]
  const { rows } = await sql.query<Served & { readonly id: string }>(
    `
select asked.id, count(*)::integer as serves, coalesce(bool_and(${inScope(values, scope, 'served.code')}), false) as whole
  from unnest($1::text[]) as asked(id)
 cross join lateral (${agenciesOfSql('asked.id')}) as served
 group by asked.id`,
    values,
  )
  return new Map(rows.map(({ id, ...served }) => [id, served]))
}
