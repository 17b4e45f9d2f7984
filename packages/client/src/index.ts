export type * from './answers.ts'
export { ApiProblem, HubUnreachable, type ProblemBody, type ProblemFinding, TransferDamaged } from './api-problem.ts'
export {
  type Client,
  type ClientOptions,
  createClient,
  type EnvelopeSource,
  type Receipt,
  type SendOptions,
  type Sent,
} from './client.ts'
export {
  type Conformance,
  type ConformanceStep,
  type ConformanceWish,
  createConformance,
  type Scorecard,
} from './conformance.ts'
export type { Downloaded, FetchedDelivery, FetchOptions } from './download.ts'
export type * from './life-answers.ts'
export type * from './queries.ts'
export { fileUploadMemory, type UploadMemory } from './upload/upload-memory.ts'
export type * from './verify-answers.ts'
export { verifyWebhook, type WebhookCall, WebhookRefused } from './webhook-signature.ts'
export type {
  NewWebhook,
  PulledMessage,
  RelayCalls,
  RelayOutcome,
  Webhook,
  WebhookChange,
  WebhookMessage,
  WebhookReplay,
  WebhookSecret,
  Webhooks,
} from './webhooks.ts'
