import { testNoticeType } from '@docaxis/events'
import {
  findWebhookMessage,
  insertWebhookMessages,
  listWebhookMessages,
  newHubId,
  replayWebhookMessages,
  webhookMessageId,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audited } from '../admin/audited.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { nullableText, pageLimit, problems, time } from '../routes/schemas.ts'
import { messageAnswer, messageBody, messageState } from './webhook-answers.ts'
import { pathParams, type WebhookScope, webhookOf } from './webhook-scope.ts'

const seqCursor = Type.String({ pattern: '^[0-9]{1,18}$' })
const replayed = Type.Object({ replayed: Type.Integer({ description: 'Messages that are sent again' }) })

/** What was told to a webhook, with what became of it; again, and as a test. */
export const webhookMessageRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway; scope: WebhookScope }> = async (
  app,
  { gateway, scope },
) => {
  const { database } = gateway
  const { prefix, systemOf, operation, tag } = scope
  const params = pathParams(scope)
  const tags = [tag]

  app.post(
    `${prefix}/:webhookId/test`,
    {
      schema: {
        operationId: operation('testWebhook'),
        summary: 'Send a test message, as any other is sent',
        tags,
        params: params.webhook,
        response: { 202: Type.Object({ messageId: Type.String() }), ...problems },
      },
    },
    async (request, reply) => {
      const { webhookId } = request.params
      await webhookOf(database, webhookId, systemOf(request))
      const eventId = `${newHubId()}:test`
      const message = { type: testNoticeType, timestamp: gateway.now().toISOString(), data: { webhookId } }
      const body = JSON.stringify(message)
      await insertWebhookMessages(database, [{ webhookId, eventId, type: testNoticeType, priority: 1, body }])
      return reply.code(202).send({ messageId: webhookMessageId(webhookId, eventId) })
    },
  )

  app.get(
    `${prefix}/:webhookId/messages`,
    {
      schema: {
        operationId: operation('listWebhookMessages'),
        summary: 'What was told, newest first, with the last tries',
        description: 'Settled messages are kept for 30 days.',
        tags,
        params: params.webhook,
        querystring: Type.Object({
          state: Type.Optional(messageState),
          after: Type.Optional(seqCursor),
          limit: Type.Optional(pageLimit),
        }),
        response: { 200: Type.Object({ items: Type.Array(messageAnswer), next: nullableText }), ...problems },
      },
    },
    async request => {
      const { webhookId } = request.params
      const { state, after, limit = 100 } = request.query
      await webhookOf(database, webhookId, systemOf(request))
      const page = await listWebhookMessages(database, {
        webhookId,
        limit,
        ...(state && { state }),
        ...(after !== undefined && { before: after }),
      })
      return { items: page.items.map(messageBody), next: page.next }
    },
  )

  app.get(
    `${prefix}/:webhookId/messages/:messageId`,
    {
      schema: {
        operationId: operation('getWebhookMessage'),
        summary: 'One message',
        tags,
        params: params.message,
        response: { 200: messageAnswer, ...problems },
      },
    },
    async request => {
      const { webhookId, messageId } = request.params
      await webhookOf(database, webhookId, systemOf(request))
      const message = await findWebhookMessage(database, webhookId, messageId)
      if (!message) throw notFound()
      return messageBody(message)
    },
  )

  app.post(
    `${prefix}/:webhookId/messages/:messageId/replay`,
    {
      schema: {
        operationId: operation('replayWebhookMessage'),
        summary: 'Send one message again, under the same id',
        tags,
        params: params.message,
        response: { 202: replayed, ...problems },
      },
    },
    async (request, reply) => {
      const { webhookId, messageId } = request.params
      const action = { action: 'webhook.replay', object: webhookId, details: { messageId } }
      const count = await audited(gateway, request, action, async tx => {
        await webhookOf(tx, webhookId, systemOf(request))
        return replayWebhookMessages(tx, { webhookId, messageId })
      })
      if (count === 0) throw notFound()
      return reply.code(202).send({ replayed: count })
    },
  )

  app.post(
    `${prefix}/:webhookId/replay`,
    {
      schema: {
        operationId: operation('replayWebhook'),
        summary: 'Send again what was told in a span of time, under the same ids',
        tags,
        params: params.webhook,
        body: Type.Object(
          { from: time, to: Type.Optional(time), failedOnly: Type.Optional(Type.Boolean()) },
          { additionalProperties: false },
        ),
        response: { 202: replayed, ...problems },
      },
    },
    async (request, reply) => {
      const { webhookId } = request.params
      const { from, to, failedOnly = false } = request.body
      const action = { action: 'webhook.replay', object: webhookId, details: request.body }
      const count = await audited(gateway, request, action, async tx => {
        await webhookOf(tx, webhookId, systemOf(request))
        const span = { webhookId, from: new Date(from), failedOnly, ...(to !== undefined && { to: new Date(to) }) }
        return replayWebhookMessages(tx, span)
      })
      return reply.code(202).send({ replayed: count })
    },
  )
}
