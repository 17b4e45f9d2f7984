export {
  type Agency,
  type AgencyKind,
  type AgencyLookup,
  type AgencyRecord,
  agencyKinds,
  type Connection,
  type DirectoryEntry,
  type Level,
  levelRank,
  levels,
} from './agency.ts'
export { type CodeFault, type CodeForm, codeFault, codeForm, maxCodeLength, normalizeCode } from './agency-code.ts'
export { hanoiDay, hanoiMidnight } from './days.ts'
export { type FieldChange, fieldChanges } from './field-changes.ts'
export type { DirectoryNode } from './import/check.ts'
export { csvHeader, formatCsv, formatCsvRows } from './import/csv.ts'
export type { ImportFault } from './import/faults.ts'
export { type AgencyField, agencyFields } from './import/fields.ts'
export { formatJson, formatJsonRows } from './import/json.ts'
export { type DirectoryFormat, type DirectoryReading, readDirectory } from './import/read-directory.ts'
export { levelOneAgencies } from './level-one.ts'
export { ancestors, type LifecycleState, lifecycleState, openChoices, openSuccessor } from './lifecycle.ts'
export {
  type LimitFault,
  limitFaults,
  type PacketMeasure,
  type ReceiveLimits,
  receiveLimits,
  vxpKitMaxBytes,
} from './receive-limits.ts'
export { type ReformReading, readReform } from './reform/read-reform.ts'
export { type Reform, type ReformChange, type ReformClosing, type ReformPlan, reformDeeds } from './reform/reform.ts'
export type { ReformFault } from './reform/reform-faults.ts'
export {
  isSilent,
  type ReceiverFault,
  type ReceiverWarning,
  type ResolvedReceiver,
  resolveReceiver,
  resolveReceivers,
} from './resolve-receiver.ts'
export { type ResolvedSender, resolveSender, type SenderStanding } from './resolve-sender.ts'
export { foldText, sameName } from './search-text.ts'
