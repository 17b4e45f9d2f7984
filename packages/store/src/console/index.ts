export {
  type Account,
  type AccountRights,
  createAccount,
  findAccount,
  listAccounts,
  type NewAccount,
  type Role,
  roles,
} from './account.ts'
export { changeAccount, requireOtherAdministrator, setDisabled, setPassword } from './account-change.ts'
export { type AgencySystem, listAgencySystems } from './agencies/agency-systems.ts'
export { agencyLateness, agencyTraffic, type LatenessMonth, type TrafficDay } from './agencies/agency-traffic.ts'
export {
  countBelow,
  countLevels,
  type LevelCount,
  listLocalities,
} from './agencies/agency-tree.ts'
export { agencyNames } from './agency-names.ts'
export * from './alerts/index.ts'
export {
  type Attention,
  countedUpTo,
  type LevelLate,
  lateByLevel,
  listAttention,
} from './attention.ts'
export type { AttentionKind } from './attention-sources.ts'
export { type AuditQuery, type AuditRow, listAudit } from './audit-list.ts'
export {
  askBreakGlass,
  type BreakGlass,
  contentRight,
  decideBreakGlass,
  listBreakGlass,
} from './break-glass.ts'
export { exportOfScope, importWithin, previewImportWithin } from './directory/imports.ts'
export {
  previewReformWithin,
  reformInScope,
  reformsInScope,
  reformWithin,
  requireWhollyInScope,
  type SeenReform,
} from './directory/reforms.ts'
export { decideRequest, type RequestView, requestsInScope } from './directory/requests.ts'
export { isInternal } from './documents/internal.ts'
export { type ListedDocument, listedDocuments } from './documents/listed-documents.ts'
export { type ListedLetter, listOpenLetters, openLettersOf } from './documents/open-letters.ts'
export {
  findPlacedDocument,
  type PlacedDocument,
  type PlacedReceipt,
  placedReceipts,
  profileOf,
  receiptXml,
} from './documents/placed-document.ts'
export type { DocumentNeed, DocumentQuestion, TrafficStep } from './documents/question.ts'
export { listFilters, removeFilter, type SavedFilter, saveFilter } from './documents/saved-filter.ts'
export { type PageWish, type SearchBounds, type SearchPage, searchDocuments } from './documents/search.ts'
export { type SearchTurn, takeSearchTurn } from './documents/search-turn.ts'
export { listHoursInScope, type OwnHours } from './hours-in-scope.ts'
export { liveSessions } from './live-sessions.ts'
export {
  type AccountWish,
  type AccountWithPassword,
  addAccount,
  changeRights,
  disableAccount,
  type Manager,
  resetAccount,
} from './manage-accounts.ts'
export { openLevels } from './open-levels.ts'
export { cheapCost, hashPassword, isPassword, randomPassword } from './password.ts'
export { endHealth, listHealth, type ProcessCheck, type ProcessHealth, reportHealth } from './process-health.ts'
export { codesWithin, type RegisterRow, registerRows } from './reports/register-list.ts'
export {
  type RefusalRow,
  type ReportCounts,
  type ReportGroup,
  type ReportQuestion,
  type ReportRow,
  type RowWish,
  refusalReasons,
  reportedUntil,
  reportRows,
  reportTotal,
} from './reports/report-figures.ts'
export { type ReportTurn, takeReportTurn } from './reports/report-turn.ts'
export { codesInScope, emptyScope, holdsAgency, inScope, type Scope, wholeHub } from './scope.ts'
export { type HoldsRights, rightsWithin } from './scope-holds.ts'
export { beginSession, endSession, endSessionsOf, findSession, type SessionLimits, sessionLimits } from './session.ts'
export {
  findBySubject,
  giveTryBack,
  passwordHashOf,
  type SignInTry,
  setTotp,
  takeTry,
  useTotpStep,
} from './sign-in.ts'
export { hourStart, type LevelFlow, levelFlows, type PulseMinute, pulse } from './traffic.ts'
export { takeTrafficTurn } from './traffic-turn.ts'
