import { HubError } from '@docaxis/errors'
import {
  applyReform,
  cancelReform,
  getReform,
  listReforms,
  previewReform,
  type ReformPreview,
  type ReformRecord,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { iso } from '../routes/document-answers.ts'
import { hubId, pageLimit, problems } from '../routes/schemas.ts'
import { audited } from './audited.ts'
import { previewAnswer, reformAnswer } from './reform-schemas.ts'

/** All communes of a country merged in one file take some 5 MB. */
const maxReformBytes = 32 * 1024 * 1024

const params = Type.Object({ id: hubId })

/** Reforms of the directory, for operators. */
export const adminReformRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  // The file is read by packages/directory, which names faults by line; no other parser touches it.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: maxReformBytes },
    async (_request: unknown, body: Buffer) => body,
  )

  app.post(
    '/admin/reforms/preview',
    {
      bodyLimit: maxReformBytes,
      schema: {
        operationId: 'previewReform',
        summary: 'What a reform file would touch now; writes nothing',
        description:
          'The figures count all, the lists give the first `limit` each. Faults of the file come by line, and then nothing is told of it.',
        tags: ['administration'],
        consumes: ['application/json'],
        querystring: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 20_000 })) }),
        response: { 200: previewAnswer, ...problems },
      },
    },
    async request => {
      const file = fileOf(request.body)
      return previewBody(await gateway.database.transaction(tx => previewReform(tx, file, request.query)))
    },
  )

  app.post(
    '/admin/reforms',
    {
      bodyLimit: maxReformBytes,
      schema: {
        operationId: 'applyReform',
        summary: 'Do a reform, all of it or nothing; one of a later day waits for it',
        tags: ['administration'],
        consumes: ['application/json'],
        response: { 201: reformAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const file = fileOf(request.body)
      const by = `system:${callerOf(request).systemId}`
      const action = { action: 'directory.reform.ask' }
      const reform = await audited(gateway, request, action, tx => applyReform(tx, file, { by }))
      return reply.code(201).send(reformBody(reform))
    },
  )

  app.get(
    '/admin/reforms',
    {
      schema: {
        operationId: 'listReforms',
        summary: 'Reforms that were done, wait, were cancelled or are blocked; newest first',
        tags: ['administration'],
        querystring: Type.Object({ limit: Type.Optional(pageLimit) }),
        response: { 200: Type.Object({ items: Type.Array(reformAnswer) }), ...problems },
      },
    },
    async request => {
      const found = await listReforms(gateway.database, request.query.limit ?? 100)
      return { items: found.map(reformBody) }
    },
  )

  app.get(
    '/admin/reforms/:id',
    {
      schema: {
        operationId: 'getReform',
        summary: 'One reform: what it would have touched when it was asked for, and what it did',
        tags: ['administration'],
        params,
        response: { 200: reformAnswer, ...problems },
      },
    },
    async request => reformBody(await getReform(gateway.database, request.params.id)),
  )

  app.delete(
    '/admin/reforms/:id',
    {
      schema: {
        operationId: 'cancelReform',
        summary: 'Cancel a reform that waits for its day',
        tags: ['administration'],
        params,
        response: { 200: reformAnswer, ...problems },
      },
    },
    async request => {
      const { id } = request.params
      const by = `system:${callerOf(request).systemId}`
      const action = { action: 'directory.reform.cancel', object: id }
      return reformBody(await audited(gateway, request, action, tx => cancelReform(tx, id, { by })))
    },
  )
}

function fileOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body)) throw new HubError('REQUEST_INVALID', 'the body holds no file')
  return body
}

function previewBody(preview: ReformPreview): Static<typeof previewAnswer> {
  const { certificates, mandates, agencies } = preview
  return {
    ...preview,
    agencies: agencies.map(agency => ({ ...agency, changes: [...agency.changes], choices: [...agency.choices] })),
    systems: [...preview.systems],
    certificates: certificates.map(({ endsAt, ...rest }) => ({ ...rest, endsAt: endsAt.toISOString() })),
    mandates: mandates.map(({ endsAt, ...rest }) => ({ ...rest, endsAt: endsAt.toISOString() })),
    deliveries: [...preview.deliveries],
    tasks: [...preview.tasks],
  }
}

function reformBody(reform: ReformRecord): Static<typeof reformAnswer> {
  const { outcome, faults, askedAt, settledAt, ...rest } = reform
  return {
    ...rest,
    outcome: outcome ?? null,
    faults: (faults ?? []).map(fault => ({ ...fault })),
    askedAt: askedAt.toISOString(),
    settledAt: iso(settledAt),
  }
}
