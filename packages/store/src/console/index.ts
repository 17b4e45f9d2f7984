export {
  type Account,
  type AccountRights,
  createAccount,
  findAccount,
  findPassword,
  listAccounts,
  type NewAccount,
  type Role,
  roles,
} from './account.ts'
export { hashPassword, isPassword } from './password.ts'
export { codesInScope, emptyScope, inScope, type Scope } from './scope.ts'
export { beginSession, endSession, endSessionsOf, findSession, type SessionLimits, sessionLimits } from './session.ts'
