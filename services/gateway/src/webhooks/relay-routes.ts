import { HubError } from '@docaxis/errors'
import { signWebhook } from '@docaxis/outbound'
import {
  claimWebhookMessages,
  type SettledAttempt,
  type Sql,
  settleWebhookMessage,
  type Webhook,
  webhookSecrets,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { problems } from '../routes/schemas.ts'
import { ownWebhooks, pathParams, webhookOf, webhookSecretBox } from './webhook-scope.ts'

/** A relay that got messages and said nothing for so long gets them again. */
const leaseMs = 60_000
const mostAtOnce = 100

const pulled = Type.Object({
  messageId: Type.String(),
  type: Type.String(),
  headers: Type.Object(
    {
      'webhook-id': Type.String(),
      'webhook-timestamp': Type.String(),
      'webhook-signature': Type.String(),
    },
    { description: 'To be posted with the body as they are' },
  ),
  body: Type.String(),
})

/** For offices that nobody outside can call: their relay asks for what waits, and tells what became of it. */
export const webhookRelayRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway
  const { prefix, tag } = ownWebhooks
  const params = pathParams(ownWebhooks)

  app.post(
    `${prefix}/:webhookId/pull`,
    {
      schema: {
        operationId: 'pullWebhookMessages',
        summary: 'Signed messages that wait for a relay; those not settled within a minute come again',
        tags: [tag],
        params: params.webhook,
        body: Type.Optional(
          Type.Object(
            { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: mostAtOnce, default: 20 })) },
            { additionalProperties: false },
          ),
        ),
        response: { 200: Type.Object({ items: Type.Array(pulled) }), ...problems },
      },
    },
    async (request, reply) => {
      const { webhookId } = request.params
      const limit = request.body?.limit ?? 20
      await relayedOf(database, webhookId, callerOf(request).systemId)
      const box = await webhookSecretBox(gateway)
      const claim = { webhookId, limit, perWebhook: mostAtOnce, leaseMs }
      const claimed = await database.transaction(tx => claimWebhookMessages(tx, claim))
      const secrets = (await webhookSecrets(database, box, [webhookId])).get(webhookId) ?? []
      reply.header('cache-control', 'no-store')
      return {
        items: claimed.map(({ id, type, body }) => ({
          messageId: id,
          type,
          headers: signWebhook({ id, at: gateway.now() }, body, secrets),
          body,
        })),
      }
    },
  )

  app.post(
    `${prefix}/:webhookId/messages/:messageId/outcome`,
    {
      schema: {
        operationId: 'settleWebhookMessage',
        summary: 'What became of a message that a relay passed on: taken with a 2xx, else it comes again later',
        tags: [tag],
        params: params.message,
        body: Type.Object(
          {
            durationMs: Type.Integer({ minimum: 0, maximum: 86_400_000 }),
            status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
            failure: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            state: Type.Union([Type.Literal('delivered'), Type.Literal('waiting'), Type.Literal('not-waiting')], {
              description: 'not-waiting: it was settled before, or there is none',
            }),
          }),
          ...problems,
        },
      },
    },
    async request => {
      const { webhookId, messageId } = request.params
      await relayedOf(database, webhookId, callerOf(request).systemId)
      const attempt = { messageId, webhookId, ...outcomeOf(request.body) }
      return { state: await database.transaction(tx => settleWebhookMessage(tx, attempt)) }
    },
  )
}

/** @throws HubError `NOT_FOUND`; `STATE_CONFLICT` for one that the hub calls itself, or that is disabled */
async function relayedOf(sql: Sql, webhookId: string, systemId: string): Promise<Webhook> {
  const webhook = await webhookOf(sql, webhookId, systemId)
  if (webhook.url !== null) throw new HubError('STATE_CONFLICT', 'the hub calls this webhook itself')
  if (webhook.state === 'disabled') throw new HubError('STATE_CONFLICT', 'this webhook is disabled')
  return webhook
}

type Told = Pick<SettledAttempt, 'durationMs' | 'status' | 'failure'>

/** Anything but a 2xx is a failure, whatever else is said. */
function outcomeOf({ durationMs, status, failure }: Told): Told {
  const taken = status !== undefined && status >= 200 && status < 300 && failure === undefined
  if (taken) return { durationMs, status }
  const reason = failure ?? (status === undefined ? 'no answer' : `answers status ${status}`)
  return { durationMs, failure: reason, ...(status !== undefined && { status }) }
}
