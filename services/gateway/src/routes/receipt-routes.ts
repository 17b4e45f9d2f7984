import { findReceipt, listReceipts } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { receiptBody, receiptSummary } from './document-answers.ts'
import { cursor, file, hubId, idParams, nullableText, pageLimit, problems } from './schemas.ts'

/** Receipts are signed within seconds of the fact. */
const retryAfterSeconds = 1

const pending = Type.Object({ id: hubId, kind: Type.String(), state: Type.Literal('pending') })

/** Signed evidence, for the system it was issued to. */
export const receiptRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/receipts',
    {
      schema: {
        operationId: 'listReceipts',
        summary: 'Feed of signed receipts',
        description: '`next` is null after the newest; keep `position` and read on from it later.',
        tags: ['receipts'],
        querystring: Type.Object({ after: Type.Optional(cursor), limit: Type.Optional(pageLimit) }),
        response: {
          200: Type.Object({
            items: Type.Array(receiptSummary),
            next: nullableText,
            position: Type.String({ description: 'Pass as `after` to read what comes later' }),
          }),
          ...problems,
        },
      },
    },
    async request => {
      const { after, limit = 100 } = request.query
      const { systemId } = callerOf(request)
      const page = await listReceipts(gateway.database, { systemId, limit, ...(after !== undefined && { after }) })
      const next = page.items.length === limit ? page.next : null
      return { items: page.items.map(receiptBody), next, position: page.next }
    },
  )

  app.get(
    '/receipts/:id',
    {
      schema: {
        operationId: 'getReceipt',
        summary: 'The signed receipt (XML); 202 until it is signed',
        tags: ['receipts'],
        params: idParams,
        produces: ['application/xml', 'application/json'],
        response: { 200: file, 202: pending, ...problems },
      },
    },
    async (request, reply) => {
      const receipt = await findReceipt(gateway.database, request.params.id, callerOf(request).systemId)
      if (!receipt) throw notFound()
      const { id, kind, xml } = receipt
      if (!xml) return reply.code(202).header('retry-after', retryAfterSeconds).send({ id, kind, state: 'pending' })
      return reply
        .type('application/xml')
        .header('content-disposition', `attachment; filename="${id}.xml"`)
        .header('cache-control', 'private, no-store')
        .send(xml)
    },
  )
}
