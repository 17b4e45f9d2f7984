import { HubError, vxpCallText } from '@docaxis/errors'
import {
  findVxpSettings,
  issueVxpSecret,
  listVxpCalls,
  listVxpSecrets,
  putVxpSettings,
  revokeVxpSecret,
  type Sql,
  type VxpSettings,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { iso } from '../routes/document-answers.ts'
import { hubId, nullableText, nullableTime, problems, time } from '../routes/schemas.ts'
import { isNetwork } from '../vxp/source-network.ts'
import { audited } from './audited.ts'

const systemParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) })

const settings = {
  rows: Type.Union([Type.Literal('per-system'), Type.Literal('per-agency')]),
  sourceNetworks: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
    maxItems: 100,
    description: 'CIDR networks that may call over plain HTTP; loopback and TLS always may',
  }),
  maxAgeSeconds: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: 'Oldest timestamp taken; 0: any; null: any for a legacy system, 15 minutes for a strict one',
  }),
  maxAheadSeconds: Type.Integer({ minimum: 0, description: 'How far in the future a timestamp may lie' }),
}
const settingsAnswer = Type.Object(settings)
const settingsBody = Type.Partial(Type.Object(settings), { additionalProperties: false })

const secretAnswer = Type.Object({
  secretId: hubId,
  createdAt: time,
  expiresAt: nullableTime,
  revokedAt: nullableTime,
})

const callAnswer = Type.Object({
  at: time,
  operation: Type.String(),
  address: Type.String(),
  code: Type.String({ description: 'ErrorCode, or the HTTP status where that is not 200' }),
  reason: nullableText,
  vi: nullableText,
  en: nullableText,
  details: Type.Record(Type.String(), Type.Unknown()),
})

/** Systems that speak VXP: how they are served, their secrets, their last calls; for operators. */
export const adminVxpRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/admin/systems/:id/vxp',
    {
      schema: {
        operationId: 'getVxpSettings',
        summary: 'How a system is served over VXP',
        tags: ['administration'],
        params: systemParams,
        response: { 200: settingsAnswer, ...problems },
      },
    },
    async request => settingsBodyOf(await settingsOf(database, request.params.id)),
  )

  app.put(
    '/admin/systems/:id/vxp',
    {
      schema: {
        operationId: 'putVxpSettings',
        summary: 'Change what is given of it',
        tags: ['administration'],
        params: systemParams,
        body: settingsBody,
        response: { 200: settingsAnswer, ...problems },
      },
    },
    async request => {
      const { id } = request.params
      const wrong = request.body.sourceNetworks?.find(network => !isNetwork(network))
      if (wrong !== undefined) throw new HubError('REQUEST_INVALID', `${wrong} is no address or CIDR network`)
      const action = { action: 'vxp.change', object: id, details: request.body }
      return audited(gateway, request, action, async tx => {
        const changed = { ...(await settingsOf(tx, id)), ...request.body }
        await putVxpSettings(tx, id, changed)
        return settingsBodyOf(changed)
      })
    },
  )

  app.get(
    '/admin/systems/:id/vxp-secrets',
    {
      schema: {
        operationId: 'listVxpSecrets',
        summary: 'VXP secrets of a system, without the secrets',
        tags: ['administration'],
        params: systemParams,
        response: { 200: Type.Object({ items: Type.Array(secretAnswer) }), ...problems },
      },
    },
    async request => {
      const { id } = request.params
      await settingsOf(database, id)
      const secrets = await listVxpSecrets(database, id)
      return {
        items: secrets.map(({ secretId, createdAt, expiresAt, revokedAt }) => ({
          secretId,
          createdAt: createdAt.toISOString(),
          expiresAt: iso(expiresAt),
          revokedAt: iso(revokedAt),
        })),
      }
    },
  )

  app.post(
    '/admin/systems/:id/vxp-secrets',
    {
      schema: {
        operationId: 'issueVxpSecret',
        summary: 'A further VXP secret; shown this once, stored encrypted',
        description:
          'The one before stays valid until it is revoked, so that the system can change over; no more than two are valid at once. `secret` brings along the one that a system has from another hub.',
        tags: ['administration'],
        params: systemParams,
        body: Type.Optional(
          Type.Object(
            {
              secret: Type.Optional(Type.String({ minLength: 16, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' })),
              expiresAt: Type.Optional(time),
            },
            { additionalProperties: false },
          ),
        ),
        response: { 201: Type.Object({ secret: Type.String(), secretId: hubId }), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { secret, expiresAt } = request.body ?? {}
      const box = await gateway.vxp.secretBox()
      if (!box) throw new HubError('STATE_CONFLICT', 'the hub has no key for secrets: set DOCAXIS_SECRETS_KEY_FILE')
      const issued = await audited(gateway, request, { action: 'vxp-secret.issue', object: id }, tx =>
        issueVxpSecret(tx, box, id, {
          ...(secret !== undefined && { secret }),
          ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
        }),
      )
      return reply.code(201).header('cache-control', 'no-store').send(issued)
    },
  )

  app.delete(
    '/admin/systems/:id/vxp-secrets/:secretId',
    {
      schema: {
        operationId: 'revokeVxpSecret',
        summary: 'Revoke a VXP secret at once',
        tags: ['administration'],
        params: Type.Object({ ...systemParams.properties, secretId: hubId }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id, secretId } = request.params
      await audited(gateway, request, { action: 'vxp-secret.revoke', object: id, details: { secretId } }, async tx => {
        if (!(await revokeVxpSecret(tx, id, secretId))) throw notFound()
      })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/admin/systems/:id/vxp-calls',
    {
      schema: {
        operationId: 'listVxpCalls',
        summary: 'The last 50 VXP calls of a system, newest first, with the reason of each refusal',
        description: 'Empty polls are not among them. `details.signHeader` is the text that the HMAC is taken over.',
        tags: ['administration'],
        params: systemParams,
        response: { 200: Type.Object({ items: Type.Array(callAnswer) }), ...problems },
      },
    },
    async request => {
      const { id } = request.params
      await settingsOf(database, id)
      await gateway.vxp.calls.flush()
      const calls = await listVxpCalls(database, id)
      return {
        items: calls.map(call => {
          const said = vxpCallText(call)
          const { at, operation, address, code, reason, details } = call
          return {
            at: at.toISOString(),
            operation,
            address,
            code,
            reason: reason ?? null,
            vi: said?.vi ?? null,
            en: said?.en ?? null,
            details: { ...details },
          }
        }),
      }
    },
  )
}

function settingsBodyOf({ sourceNetworks, ...same }: VxpSettings) {
  return { ...same, sourceNetworks: [...sourceNetworks] }
}

/** @throws HubError `NOT_FOUND`: there is no such system */
async function settingsOf(sql: Sql, id: string): Promise<VxpSettings> {
  const found = await findVxpSettings(sql, id)
  if (!found) throw notFound()
  return found
}
