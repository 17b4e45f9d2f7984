import type { Person, Role } from '../session.ts'

// As `services/console/src/agencies/rights.ts` says; the hub decides again.

const directoryManagers: readonly Role[] = ['directory', 'administrator']
const sealManagers: readonly Role[] = ['directory', 'trust', 'administrator']
const systemStaff: readonly Role[] = ['operator', 'directory', 'administrator', 'auditor']

export const mayManageDirectory = ({ role }: Person): boolean => directoryManagers.includes(role)
export const mayManageSeals = ({ role }: Person): boolean => sealManagers.includes(role)
export const maySeeSystems = ({ role }: Person): boolean => systemStaff.includes(role)
