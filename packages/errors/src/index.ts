export type { Bilingual, Finding, Severity } from './finding.ts'
export { type FindingPlace, finding } from './finding-texts.ts'
export { type HelpKind, type HelpTopic, helpTopic, helpTopics } from './help/index.ts'
export { HubError, type HubErrorOptions } from './hub-error.ts'
export { type ProblemCode, type ProblemRow, problemCodes } from './problem-codes.ts'
export {
  type SignatureState,
  type VerdictWord,
  type VerificationCode,
  type VerificationRow,
  verificationCodes,
} from './verification-codes.ts'
export {
  type VxpErrorCode,
  type VxpReason,
  type VxpReasonDetails,
  vxpCallText,
  vxpReasons,
} from './vxp-reasons.ts'
