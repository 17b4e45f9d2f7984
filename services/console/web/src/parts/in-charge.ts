import type { Role } from '../session.ts'

/** Who may send again, cancel and run again. */
export const inCharge: ReadonlySet<Role> = new Set<Role>(['operator', 'administrator'])
