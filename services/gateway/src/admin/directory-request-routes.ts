import { HubError } from '@docaxis/errors'
import {
  applyDirectoryRequest,
  type DirectoryRequest,
  decideDirectoryRequest,
  listDirectoryRequests,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { iso } from '../routes/document-answers.ts'
import { agencyCode, hubId, level, nullableText, nullableTime, pageLimit, problems, time } from '../routes/schemas.ts'
import { audited } from './audited.ts'

const state = Type.Union([Type.Literal('pending'), Type.Literal('approved'), Type.Literal('refused')])

const requestAnswer = Type.Object({
  id: hubId,
  systemId: Type.String(),
  kind: Type.String({ description: '`register`, `change` or `close`' }),
  agencyCode: Type.String(),
  wish: Type.Record(Type.String(), Type.String()),
  state,
  requestedAt: time,
  decidedAt: nullableTime,
  decidedBy: nullableText,
  reason: nullableText,
})

const params = Type.Object({ id: hubId })

/** What systems ask to have changed in the directory; operators decide. */
export const adminDirectoryRequestRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (
  app,
  { gateway },
) => {
  app.get(
    '/admin/directory-requests',
    {
      schema: {
        operationId: 'listDirectoryRequests',
        summary: 'What systems ask to have changed in the directory, oldest first',
        tags: ['administration'],
        querystring: Type.Object({ state: Type.Optional(state), limit: Type.Optional(pageLimit) }),
        response: { 200: Type.Object({ items: Type.Array(requestAnswer) }), ...problems },
      },
    },
    async request => {
      const { state: wanted = 'pending', limit = 100 } = request.query
      const found = await listDirectoryRequests(gateway.database, { state: wanted, limit })
      return { items: found.map(requestBody) }
    },
  )

  app.post(
    '/admin/directory-requests/:id/approve',
    {
      schema: {
        operationId: 'approveDirectoryRequest',
        summary: 'Do what was asked for',
        description:
          'A new agency is bound to the system that asked; `level` is that below its parent unless given. Closing takes `validTo`, the first day on which the code is closed, and a `successor` where there is one.',
        tags: ['administration'],
        params,
        body: Type.Optional(
          Type.Object(
            {
              level: Type.Optional(level),
              validTo: Type.Optional(Type.String({ format: 'date' })),
              successor: Type.Optional(agencyCode),
            },
            { additionalProperties: false },
          ),
        ),
        response: { 200: requestAnswer, ...problems },
      },
    },
    async request => {
      const { id } = request.params
      const action = { action: 'directory.approve', object: id, details: request.body ?? {} }
      return audited(gateway, request, action, async tx => {
        const approved = await decideDirectoryRequest(tx, id, { state: 'approved', by: callerOf(request).systemId })
        if (!approved) throw notFound()
        await applyDirectoryRequest(tx, approved, request.body ?? {}, gateway.now())
        return requestBody(approved)
      })
    },
  )

  app.post(
    '/admin/directory-requests/:id/refuse',
    {
      schema: {
        operationId: 'refuseDirectoryRequest',
        summary: 'Leave the directory as it is',
        tags: ['administration'],
        params,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
        response: { 200: requestAnswer, ...problems },
      },
    },
    async request => {
      const { id } = request.params
      const { reason } = request.body
      const action = { action: 'directory.refuse', object: id, details: { reason } }
      return audited(gateway, request, action, async tx => {
        const by = callerOf(request).systemId
        const refused = await decideDirectoryRequest(tx, id, { state: 'refused', by, reason })
        if (!refused) throw new HubError('NOT_FOUND', 'nothing of this id is pending')
        return requestBody(refused)
      })
    },
  )
}

function requestBody(request: DirectoryRequest): Static<typeof requestAnswer> {
  const { id, systemId, kind, agencyCode: code, wish, requestedAt, decidedAt, decidedBy, reason } = request
  return {
    id,
    systemId,
    kind,
    agencyCode: code,
    wish: { ...wish },
    state: request.state,
    requestedAt: requestedAt.toISOString(),
    decidedAt: iso(decidedAt),
    decidedBy: decidedBy ?? null,
    reason: reason ?? null,
  }
}
