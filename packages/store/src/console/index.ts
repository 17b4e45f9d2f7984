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
export { agencyNames } from './agency-names.ts'
export {
  type Attention,
  type AttentionKind,
  countedUpTo,
  type LevelLate,
  lateByLevel,
  listAttention,
} from './attention.ts'
export { liveSessions } from './live-sessions.ts'
export { openLevels } from './open-levels.ts'
export { hashPassword, isPassword } from './password.ts'
export { endHealth, listHealth, type ProcessCheck, type ProcessHealth, reportHealth } from './process-health.ts'
export { codesInScope, emptyScope, inScope, type Scope } from './scope.ts'
export { beginSession, endSession, endSessionsOf, findSession, type SessionLimits, sessionLimits } from './session.ts'
export { type LevelFlow, levelFlows, type PulseMinute, pulse } from './traffic.ts'
export { takeTrafficTurn } from './traffic-turn.ts'
