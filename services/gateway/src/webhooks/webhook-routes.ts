import { HubError } from '@docaxis/errors'
import { FetchFault, newWebhookSecret, webhookAddress } from '@docaxis/outbound'
import { changeWebhook, createWebhook, issueWebhookSecret, listWebhooks, removeWebhook } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audited } from '../admin/audited.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { hubId, problems } from '../routes/schemas.ts'
import { noticeType, webhookAnswer, webhookBody } from './webhook-answers.ts'
import { pathParams, type WebhookScope, webhookOf, webhookSecretBox } from './webhook-scope.ts'

const url = Type.Union([Type.String({ minLength: 8, maxLength: 2_000 }), Type.Null()], {
  description: 'https; null where a relay will come and ask',
})
const description = Type.Union([Type.String({ maxLength: 200 }), Type.Null()])
// Without `uniqueItems`: generators make a set of it, whose code for Java does not compile.
const types = Type.Array(noticeType, { maxItems: 50, description: 'Empty: everything' })

const newWebhook = Type.Object(
  { url, description: Type.Optional(description), types: Type.Optional(types) },
  { additionalProperties: false },
)
const change = Type.Partial(
  Type.Object({ url, description, types, state: Type.Union([Type.Literal('active'), Type.Literal('disabled')]) }),
  { additionalProperties: false },
)
const secretAnswer = { secret: Type.String({ description: 'Shown this once, kept encrypted' }), secretId: hubId }

const dayHours = 24
const overlap = Type.Integer({
  minimum: 0,
  maximum: 30 * dayHours,
  default: dayHours,
  description: 'How long the one before signs as well',
})

/** Where systems want to be told, and with which secret: by themselves, or by operators for them. */
export const webhookRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway; scope: WebhookScope }> = async (
  app,
  { gateway, scope },
) => {
  const { database } = gateway
  const { prefix, systemOf, operation, tag } = scope
  const params = pathParams(scope)
  const tags = [tag]

  app.get(
    prefix,
    {
      schema: {
        operationId: operation('listWebhooks'),
        summary: 'Webhooks, with how they are doing',
        tags,
        params: params.scope,
        response: { 200: Type.Object({ items: Type.Array(webhookAnswer) }), ...problems },
      },
    },
    async request => ({ items: (await listWebhooks(database, systemOf(request))).map(webhookBody) }),
  )

  app.post(
    prefix,
    {
      schema: {
        operationId: operation('createWebhook'),
        summary: 'A new webhook (Standard Webhooks) with its secret, which is shown this once',
        tags,
        params: params.scope,
        body: newWebhook,
        response: { 201: Type.Object({ ...webhookAnswer.properties, ...secretAnswer }), ...problems },
      },
    },
    async (request, reply) => {
      const { url: address, description: text = null, types: wanted = [] } = request.body
      requireAddress(gateway, address)
      const systemId = systemOf(request)
      const box = await webhookSecretBox(gateway)
      const secret = newWebhookSecret()
      const action = { action: 'webhook.add', object: systemId, details: { url: address, types: wanted } }
      const created = await audited(gateway, request, action, async tx => {
        const webhook = await createWebhook(tx, { systemId, url: address, description: text, types: wanted })
        const secretId = await issueWebhookSecret(tx, box, { webhookId: webhook.id, secret, overlapSeconds: 0 })
        return { ...webhookBody(webhook), secret, secretId }
      })
      return reply.code(201).header('cache-control', 'no-store').send(created)
    },
  )

  app.get(
    `${prefix}/:webhookId`,
    {
      schema: {
        operationId: operation('getWebhook'),
        summary: 'One webhook',
        tags,
        params: params.webhook,
        response: { 200: webhookAnswer, ...problems },
      },
    },
    async request => webhookBody(await webhookOf(database, request.params.webhookId, systemOf(request))),
  )

  app.put(
    `${prefix}/:webhookId`,
    {
      schema: {
        operationId: operation('changeWebhook'),
        summary: 'Change what is given of it; a new address or state starts without a past',
        tags,
        params: params.webhook,
        body: change,
        response: { 200: webhookAnswer, ...problems },
      },
    },
    async request => {
      requireAddress(gateway, request.body.url ?? null)
      const { webhookId } = request.params
      const action = { action: 'webhook.change', object: webhookId, details: request.body }
      return audited(gateway, request, action, async tx => {
        const changed = await changeWebhook(tx, webhookId, systemOf(request), request.body)
        if (!changed) throw notFound()
        return webhookBody(changed)
      })
    },
  )

  app.delete(
    `${prefix}/:webhookId`,
    {
      schema: {
        operationId: operation('removeWebhook'),
        summary: 'Remove it with its secrets and whatever waits for it',
        tags,
        params: params.webhook,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { webhookId } = request.params
      await audited(gateway, request, { action: 'webhook.remove', object: webhookId }, async tx => {
        if (!(await removeWebhook(tx, webhookId, systemOf(request)))) throw notFound()
      })
      return reply.code(204).send(null)
    },
  )

  app.post(
    `${prefix}/:webhookId/secrets`,
    {
      schema: {
        operationId: operation('issueWebhookSecret'),
        summary: 'The next secret; the one before signs as well for a while',
        tags,
        params: params.webhook,
        body: Type.Optional(Type.Object({ overlapHours: Type.Optional(overlap) }, { additionalProperties: false })),
        response: { 201: Type.Object(secretAnswer), ...problems },
      },
    },
    async (request, reply) => {
      const { webhookId } = request.params
      const overlapSeconds = (request.body?.overlapHours ?? dayHours) * 3_600
      const box = await webhookSecretBox(gateway)
      const secret = newWebhookSecret()
      const action = { action: 'webhook-secret.issue', object: webhookId, details: { overlapSeconds } }
      const secretId = await audited(gateway, request, action, async tx => {
        await webhookOf(tx, webhookId, systemOf(request))
        return issueWebhookSecret(tx, box, { webhookId, secret, overlapSeconds })
      })
      return reply.code(201).header('cache-control', 'no-store').send({ secret, secretId })
    },
  )
}

/** Told at once, where it can be. Where a name leads is found out when it is called. */
function requireAddress({ settings }: Gateway, address: string | null): void {
  if (address === null) return
  try {
    webhookAddress(address, { insideHosts: settings.pushInsideHosts, plainHosts: settings.pushPlainHosts })
  } catch (error) {
    if (error instanceof FetchFault) throw new HubError('REQUEST_INVALID', error.message, { cause: error })
    throw error
  }
}
