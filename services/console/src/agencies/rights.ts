import type { SystemRecord } from '@docaxis/store'
import type { AgencySystem, Role } from '@docaxis/store/console'
import type { Person } from '../access/person.ts'

/** Who changes what an agency is and how its systems prove themselves. */
export const directoryManagers: readonly Role[] = ['directory', 'administrator']
/** Who says which certificates count for an agency, and who may seal for it. */
export const sealManagers: readonly Role[] = ['directory', 'trust', 'administrator']
/** Who looks at systems and at what was refused to them. */
export const systemStaff: readonly Role[] = ['operator', 'directory', 'administrator', 'auditor']

/**
 * Whether a person may give a system credentials, or take them away. Only where they see every agency that it serves: it
 * would speak, or fall silent, for all of them. The token of a system that may use the administration calls opens the
 * whole hub, so that only its administrators give it.
 */
export function mayChangeSystem({ role, scope }: Person, { whole, roles }: AgencySystem): boolean {
  if (!directoryManagers.includes(role) || !whole) return false
  return !isOperator({ roles }) || (role === 'administrator' && scope.everything)
}

function isOperator({ roles }: Pick<SystemRecord, 'roles'>): boolean {
  return roles.includes('operator')
}
