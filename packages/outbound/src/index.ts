export { isInside } from './addresses.ts'
export { FetchFault } from './fetch-fault.ts'
export { type Answer, type Guard, guardedExchange, type Question } from './guarded-exchange.ts'
export { isMailAddress } from './mail-address.ts'
export {
  fillBody,
  fillUrl,
  type MessageType,
  type Placeholder,
  type PlaceholderValues,
  placeholders,
  templateFault,
} from './message-template.ts'
export { type Address, outsideAddresses, type Resolve, resolveByDns } from './resolve-host.ts'
export {
  newWebhookSecret,
  type SignedParts,
  signWebhook,
  startSignature,
  type WebhookHeaders,
  webhookHeaders,
} from './standard-webhooks.ts'
export { type AddressRules, webhookAddress } from './webhook-address.ts'
export { withinTime } from './within-time.ts'
