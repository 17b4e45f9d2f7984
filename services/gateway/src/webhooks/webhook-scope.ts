import { HubError } from '@docaxis/errors'
import { findWebhook, type SecretBox, type Sql, type Webhook } from '@docaxis/store'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { hubId } from '../routes/schemas.ts'

/** Whose webhooks a set of routes is about: the caller's own, or, for operators, those of the system in the path. */
export interface WebhookScope {
  readonly prefix: string
  readonly tag: string
  /** Ids of operations differ, so that clients can be generated. */
  readonly operation: (name: string) => string
  readonly systemOf: (request: FastifyRequest) => string
  readonly systemInPath: boolean
}

export const ownWebhooks: WebhookScope = {
  prefix: '/webhooks',
  tag: 'webhooks',
  operation: name => name,
  systemOf: request => callerOf(request).systemId,
  systemInPath: false,
}

export const webhooksOfSystem: WebhookScope = {
  prefix: '/admin/systems/:id/webhooks',
  tag: 'administration',
  operation: name => `${name}OfSystem`,
  systemOf: request => (request.params as { readonly id: string }).id,
  systemInPath: true,
}

const systemId = Type.String({ minLength: 1, maxLength: 64, description: 'System' })

/** Path parameters, with the system where a path names one. */
export function pathParams({ systemInPath }: Pick<WebhookScope, 'systemInPath'>) {
  const system: object = systemInPath ? { id: systemId } : {}
  return {
    scope: Type.Object({ ...system }),
    webhook: Type.Object({ ...system, webhookId: hubId }),
    message: Type.Object({ ...system, webhookId: hubId, messageId: hubId }),
  }
}

/** @throws HubError `NOT_FOUND`: for a foreign one as for none */
export async function webhookOf(sql: Sql, id: string, system: string): Promise<Webhook> {
  const webhook = await findWebhook(sql, id, system)
  if (!webhook) throw notFound()
  return webhook
}

/** @throws HubError `STATE_CONFLICT` where the hub cannot keep secrets */
export async function webhookSecretBox(gateway: Gateway): Promise<SecretBox> {
  const box = await gateway.vxp.secretBox()
  if (!box) throw new HubError('STATE_CONFLICT', 'the hub has no key for secrets: set DOCAXIS_SECRETS_KEY_FILE')
  return box
}
