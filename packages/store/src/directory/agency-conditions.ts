import { inScope, type Scope } from '../console/scope.ts'
import { hanoiToday } from './hanoi-day.ts'

// Conditions over `agency` for those who look through the whole of it. Their lists depend on no row, so that PostgreSQL
// works each out once per statement.

const bound = `
select system_agency.agency_code
  from system_agency
  join system on system.id = system_agency.system_id
 where system.disabled_at is null`

/** An enabled system is bound to the agency or to its center: as `connection` of `agency.ts` tells it, without asking row by row. */
export const isConnected = `
(agency.code in (${bound}) or coalesce(agency.center in (${bound}), false))`

/** Its code is closed today in Asia/Ho_Chi_Minh. */
export const isClosed = `(coalesce(agency.valid_to <= (select ${hanoiToday}), false))`

/**
 * Nobody stands above it within the scope. Whoever is named as standing above is there: imports see to it.
 *
 * @param values of the statement; those of the condition are appended
 */
export function isTop(values: unknown[], scope: Scope): string {
  return `(agency.parent is null or not (${inScope(values, scope, 'agency.parent')}))`
}
