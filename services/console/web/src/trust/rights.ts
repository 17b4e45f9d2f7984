import type { Person, Role } from '../session.ts'

// As the routes of `services/console/src/trust/trust-routes.ts` say: what is trusted concerns the whole hub.

const staff: readonly Role[] = ['trust', 'operator', 'administrator', 'auditor']
const deciders: readonly Role[] = ['trust', 'administrator']

/** Sees what would follow and what waits for a second person. */
export function isTrustStaff({ role, scope }: Person): boolean {
  return scope.everything && staff.includes(role)
}

export function mayDecide({ role, scope }: Person): boolean {
  return scope.everything && deciders.includes(role)
}
