import {
  agenciesOf,
  bindSystemAgency,
  createSystem,
  disableSystem,
  enableSystem,
  findSystem,
  issueToken,
  listSystems,
  listTokens,
  type NewSystem,
  revokeToken,
  type SystemChange,
  type SystemRecord,
  type Tx,
  unbindSystemAgency,
  updateSystem,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { iso } from '../routes/document-answers.ts'
import { agencyCode, cursor, nullableText, nullableTime, pageLimit, problems, time } from '../routes/schemas.ts'
import { audited } from './audited.ts'

const systemId = Type.String({ minLength: 1, maxLength: 64 })
const systemParams = Type.Object({ id: systemId })
const policy = Type.Union([Type.Literal('record'), Type.Literal('refuse-invalid'), Type.Literal('require-valid')])

const attachmentPolicy = Type.Union([
  Type.Literal('before-accept'),
  Type.Literal('before-deliver'),
  Type.Literal('record'),
])

const settings = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    profile: Type.Optional(Type.Union([Type.Literal('legacy'), Type.Literal('strict')])),
    signaturePolicy: Type.Optional(policy),
    statusPolicy: Type.Optional(policy),
    attachmentPolicy: Type.Optional(attachmentPolicy),
    badReceiver: Type.Optional(Type.Union([Type.Literal('refuse-all'), Type.Literal('deliver-others')])),
    roles: Type.Optional(Type.Array(Type.Literal('operator'), { maxItems: 1 })),
    maxFileBytes: Type.Optional(Type.Integer({ minimum: 50 * 1024 * 1024 })),
    receiveMaxBytes: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
        description: 'Largest packet it takes for its agencies; null: whatever the hub takes',
      }),
    ),
    receiveFileTypes: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z0-9]{1,10}$' }), {
        maxItems: 100,
        description: 'Extensions of the files it takes for its agencies; none: any',
      }),
    ),
    disabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

const systemAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  profile: Type.String(),
  signaturePolicy: Type.String(),
  statusPolicy: Type.String(),
  attachmentPolicy: Type.String(),
  badReceiver: Type.String(),
  roles: Type.Array(Type.String()),
  maxFileBytes: Type.Union([Type.Integer(), Type.Null()]),
  receiveMaxBytes: Type.Union([Type.Integer(), Type.Null()]),
  receiveFileTypes: Type.Array(Type.String()),
  createdAt: time,
  disabledAt: nullableTime,
  lastCalledAt: nullableTime,
})

const tokenAnswer = Type.Object({
  tokenId: Type.String(),
  createdAt: time,
  expiresAt: nullableTime,
  revokedAt: nullableTime,
})

/** Connected systems, their tokens and the agencies they act for; for operators. */
export const adminSystemRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/admin/systems',
    {
      schema: {
        operationId: 'listSystems',
        summary: 'Connected systems in order of their ids',
        tags: ['administration'],
        querystring: Type.Object({ after: Type.Optional(cursor), limit: Type.Optional(pageLimit) }),
        response: { 200: Type.Object({ items: Type.Array(systemAnswer), next: nullableText }), ...problems },
      },
    },
    async request => {
      const { after, limit = 100 } = request.query
      const rows = await listSystems(database, { limit: limit + 1, ...(after !== undefined && { after }) })
      const items = rows.slice(0, limit).map(systemBody)
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },
  )

  app.put(
    '/admin/systems/:id',
    {
      schema: {
        operationId: 'putSystem',
        summary: 'Make a system, or change what is given of it',
        description:
          'A new system is strict unless `profile` says legacy. A strict one starts with `require-valid`, a legacy one with `record`; what is inside attachments is checked and recorded unless `attachmentPolicy` says more.',
        tags: ['administration'],
        params: systemParams,
        body: settings,
        response: { 200: systemAnswer, ...problems },
      },
    },
    async request => {
      const { id } = request.params
      const action = { action: 'system.change', object: id, details: request.body }
      return systemBody(await audited(gateway, request, action, tx => putSystem(tx, id, request.body)))
    },
  )

  app.get(
    '/admin/systems/:id/tokens',
    {
      schema: {
        operationId: 'listTokens',
        summary: 'Tokens of a system, without their secrets',
        tags: ['administration'],
        params: systemParams,
        response: { 200: Type.Object({ items: Type.Array(tokenAnswer) }), ...problems },
      },
    },
    async request => {
      const tokens = await listTokens(database, (await existing(database, request.params.id)).id)
      return {
        items: tokens.map(({ tokenId, createdAt, expiresAt, revokedAt }) => ({
          tokenId,
          createdAt: createdAt.toISOString(),
          expiresAt: iso(expiresAt),
          revokedAt: iso(revokedAt),
        })),
      }
    },
  )

  app.post(
    '/admin/systems/:id/tokens',
    {
      schema: {
        operationId: 'issueToken',
        summary: 'A further token; shown this once, stored hashed',
        tags: ['administration'],
        params: systemParams,
        body: Type.Optional(Type.Object({ expiresAt: Type.Optional(time) }, { additionalProperties: false })),
        response: { 201: Type.Object({ token: Type.String(), tokenId: Type.String() }), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const expiresAt = request.body?.expiresAt
      const issued = await audited(gateway, request, { action: 'token.issue', object: id }, async tx => {
        await existing(tx, id)
        return issueToken(tx, id, expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) })
      })
      return reply.code(201).header('cache-control', 'no-store').send(issued)
    },
  )

  app.delete(
    '/admin/systems/:id/tokens/:tokenId',
    {
      schema: {
        operationId: 'revokeToken',
        summary: 'Revoke a token at once',
        tags: ['administration'],
        params: Type.Object({ id: systemId, tokenId: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id, tokenId } = request.params
      await audited(gateway, request, { action: 'token.revoke', object: id, details: { tokenId } }, async tx => {
        const tokens = await listTokens(tx, id)
        if (!tokens.some(token => token.tokenId === tokenId)) throw notFound()
        await revokeToken(tx, tokenId)
      })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/admin/systems/:id/agencies',
    {
      schema: {
        operationId: 'listSystemAgencies',
        summary: 'Codes of the agencies a system acts for',
        tags: ['administration'],
        params: systemParams,
        response: { 200: Type.Object({ items: Type.Array(Type.String()) }), ...problems },
      },
    },
    async request => ({ items: await agenciesOf(database, (await existing(database, request.params.id)).id) }),
  )

  const binding = Type.Object({ id: systemId, code: agencyCode })

  app.put(
    '/admin/systems/:id/agencies/:code',
    {
      schema: {
        operationId: 'bindAgency',
        summary: 'Let a system act for an agency',
        tags: ['administration'],
        params: binding,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id, code } = request.params
      const action = { action: 'system.bind', object: id, details: { agency: code } }
      await audited(gateway, request, action, tx => bindSystemAgency(tx, id, code))
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/admin/systems/:id/agencies/:code',
    {
      schema: {
        operationId: 'unbindAgency',
        summary: 'End it',
        tags: ['administration'],
        params: binding,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id, code } = request.params
      const action = { action: 'system.unbind', object: id, details: { agency: code } }
      await audited(gateway, request, action, async tx => {
        if (!(await unbindSystemAgency(tx, id, code))) throw notFound()
      })
      return reply.code(204).send(null)
    },
  )
}

async function putSystem(tx: Tx, id: string, { disabled, ...given }: Static<typeof settings>): Promise<SystemRecord> {
  const known = await findSystem(tx, id)
  const changed = known ? await updateSystem(tx, id, given) : await createSystem(tx, newSystem(id, given))
  if (disabled === undefined) return changed
  return disabled ? disableSystem(tx, id) : enableSystem(tx, id)
}

/** Who wants to be asked for less says so: nobody gets unproven seals accepted by leaving a word out. */
function newSystem(id: string, { receiveMaxBytes, ...given }: SystemChange): NewSystem {
  const limit = typeof receiveMaxBytes === 'number' ? { receiveMaxBytes } : {}
  return { profile: 'strict', ...given, ...limit, id, name: given.name ?? id }
}

async function existing(sql: Parameters<typeof findSystem>[0], id: string): Promise<SystemRecord> {
  const system = await findSystem(sql, id)
  if (!system) throw notFound()
  return system
}

function systemBody(system: SystemRecord): Static<typeof systemAnswer> {
  const { createdAt, disabledAt, lastCalledAt, roles, maxFileBytes, receiveMaxBytes, receiveFileTypes, ...same } =
    system
  return {
    ...same,
    roles: [...roles],
    maxFileBytes: maxFileBytes ?? null,
    receiveMaxBytes: receiveMaxBytes ?? null,
    receiveFileTypes: [...(receiveFileTypes ?? [])],
    createdAt: createdAt.toISOString(),
    disabledAt: iso(disabledAt),
    lastCalledAt: iso(lastCalledAt),
  }
}
