export {
  type AlertKind,
  alertKinds,
  type DocumentAlert,
  type Finding,
  type Findings,
  type FoundDocument,
  hubAlerts,
} from './alert-kinds.ts'
export {
  type AlertCondition,
  type ClaimedRule,
  claimDueRule,
  postponeRule,
  readConditions,
  storeConditions,
} from './condition.ts'
export {
  type AlertConnection,
  type AlertDestination,
  type AlertTarget,
  changeDestination,
  createDestination,
  type DestinationWish,
  findDestination,
  listDestinations,
  type MailConnection,
  type MailTarget,
  openConnection,
  removeDestination,
  type WebhookConnection,
  type WebhookTarget,
} from './destination.ts'
export { documentFindings, levelOf, type Watch } from './document-findings.ts'
export {
  type AlertMessage,
  type AlertMessageQuery,
  type AlertText,
  type ClaimedAlert,
  claimAlerts,
  findAlertMessage,
  insertAlertMessage,
  insertTrial,
  listAlertMessages,
  type NewAlertMessage,
  retryAlert,
  type SettledAlert,
  settleAlert,
  tidyAlerts,
} from './message.ts'
export { queueFindings } from './queue-findings.ts'
export {
  type AlertRule,
  alertRoles,
  changeRule,
  createRule,
  findRule,
  listRules,
  type RuleWish,
  removeRule,
} from './rule.ts'
