import { noticeTypes, testNoticeType } from '@docaxis/events'
import type { Webhook, WebhookMessage } from '@docaxis/store'
import { type Static, Type } from 'typebox'
import { hubId, nullableText, nullableTime, time } from '../routes/schemas.ts'

export const noticeType = Type.Unsafe<string>({ type: 'string', enum: [...noticeTypes] })

export const webhookAnswer = Type.Object({
  id: hubId,
  url: Type.Union([Type.String(), Type.Null()], { description: 'Null: a relay comes and asks' }),
  description: nullableText,
  types: Type.Array(noticeType, { description: 'What is told; empty: everything' }),
  state: Type.Union([Type.Literal('active'), Type.Literal('disabled')]),
  disabledReason: nullableText,
  createdAt: time,
  breaker: Type.Union([Type.Literal('closed'), Type.Literal('open'), Type.Literal('half-open')], {
    description: 'open: left alone until `openUntil`, because it failed again and again',
  }),
  failures: Type.Integer({ description: 'Since the last success' }),
  openUntil: nullableTime,
  lastSuccessAt: nullableTime,
  lastFailureAt: nullableTime,
  lastFailure: nullableText,
  waiting: Type.Integer(),
  failed: Type.Integer({ description: 'Given up and not replayed' }),
})

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function webhookBody({ systemId: _, ...webhook }: Webhook): Static<typeof webhookAnswer> {
  return {
    ...webhook,
    types: [...webhook.types],
    createdAt: webhook.createdAt.toISOString(),
    openUntil: iso(webhook.openUntil),
    lastSuccessAt: iso(webhook.lastSuccessAt),
    lastFailureAt: iso(webhook.lastFailureAt),
  }
}

export const messageState = Type.Union([Type.Literal('waiting'), Type.Literal('delivered'), Type.Literal('failed')])

export const messageAnswer = Type.Object({
  id: Type.String({ description: 'As `webhook-id` of every try' }),
  type: Type.String({ description: `A type of the list, or ${testNoticeType}` }),
  body: Type.String({ description: 'The bytes that are signed' }),
  state: messageState,
  attempts: Type.Integer(),
  createdAt: time,
  dueAt: nullableTime,
  settledAt: nullableTime,
  lastAttempts: Type.Array(
    Type.Object({
      at: time,
      durationMs: Type.Integer(),
      status: Type.Union([Type.Integer(), Type.Null()]),
      failure: nullableText,
    }),
    { description: 'The last 20, newest first. What was answered is not kept' },
  ),
})

export function messageBody(message: WebhookMessage): Static<typeof messageAnswer> {
  return {
    ...message,
    createdAt: message.createdAt.toISOString(),
    dueAt: iso(message.dueAt),
    settledAt: iso(message.settledAt),
    lastAttempts: message.lastAttempts.map(attempt => ({ ...attempt, at: attempt.at.toISOString() })),
  }
}
