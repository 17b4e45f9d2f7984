export type * from './answers.ts'
export { ApiProblem, HubUnreachable, type ProblemBody, type ProblemFinding, TransferDamaged } from './api-problem.ts'
export {
  type AgencyQuery,
  type Client,
  type ClientOptions,
  createClient,
  type DeadlineQuery,
  type DocumentQuery,
  type EnvelopeSource,
  type InboxQuery,
  type Receipt,
  type SendOptions,
  type Sent,
} from './client.ts'
export type { FetchedDelivery, FetchOptions } from './fetch-delivery.ts'
export type * from './life-answers.ts'
export type {
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookMessage,
  WebhookReplay,
  WebhookSecret,
  Webhooks,
} from './webhooks.ts'
