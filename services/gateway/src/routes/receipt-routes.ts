import { printStoredReceipt } from '@docaxis/service'
import { findReceipt, findStamp, givenStamp, listReceipts } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { readableAgencies } from '../readable-agencies.ts'
import { receiptBody, receiptSummary } from './document-answers.ts'
import { cursor, file, hubId, idParams, nullableText, pageLimit, problems, sha256, time } from './schemas.ts'

/** Receipts are signed within seconds of the fact. */
const retryAfterSeconds = 1
/** Stamps come in batches. */
const stampRetryAfterSeconds = 10

const format = Type.Union([Type.Literal('xml'), Type.Literal('pdf')], { description: 'xml when absent' })

const pending = Type.Object({ id: hubId, kind: Type.String(), state: Type.Literal('pending') })

const stampPending = Type.Object({ id: hubId, state: Type.Literal('pending') })

const receiptStamp = Type.Object({
  receiptSha256: sha256,
  tree: Type.Object({
    root: sha256,
    size: Type.Integer(),
    index: Type.Integer({ description: 'Place of the receipt, from 0' }),
    proof: Type.Array(sha256, { description: 'Lowest first (RFC 9162, section 2.1.3)' }),
  }),
  token: Type.String({ description: 'Time-stamp token over the 32 bytes of the root (RFC 3161), DER in Base64' }),
  tsa: Type.String(),
  genTime: time,
})

/** Signed evidence, for the system it was issued to and for whoever has followed its agency. */
export const receiptRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database: sql, printer, settings } = gateway
  // Whoever is given a receipt sent the document, or has followed who did: nothing is hidden from them.
  const printed = (receipt: { readonly id: string; readonly xml: Buffer }) =>
    printStoredReceipt({ sql, printer, publicUrl: settings.publicUrl }, receipt, () => false)

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
        summary: 'The signed receipt (XML), or as PDF for people; 202 until it is signed',
        description: 'The PDF holds the signed XML as an attached file, and a QR code that leads to its check.',
        tags: ['receipts'],
        params: idParams,
        querystring: Type.Object({ format: Type.Optional(format) }),
        produces: ['application/xml', 'application/pdf', 'application/json'],
        response: { 200: file, 202: pending, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { inherited } = await readableAgencies(gateway.database, caller)
      const receipt = await findReceipt(gateway.database, request.params.id, caller.systemId, inherited)
      if (!receipt) throw notFound()
      const { id, kind, xml } = receipt
      if (!xml) return reply.code(202).header('retry-after', retryAfterSeconds).send({ id, kind, state: 'pending' })
      const { format = 'xml' } = request.query
      return reply
        .type(`application/${format}`)
        .header('content-disposition', `attachment; filename="${id}.${format}"`)
        .header('cache-control', 'private, no-store')
        .send(format === 'pdf' ? await printed({ id, xml }) : xml)
    },
  )

  app.get(
    '/receipts/:id/stamp',
    {
      schema: {
        operationId: 'getReceiptStamp',
        summary: 'Time stamp of a receipt; 202 until it is there, 404 for a receipt that gets none',
        description: 'The leaf of the tree is SHA-256 of the byte 00 and the SHA-256 of the receipt (RFC 9162).',
        tags: ['receipts'],
        params: idParams,
        response: { 200: receiptStamp, 202: stampPending, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const caller = callerOf(request)
      const { inherited } = await readableAgencies(gateway.database, caller)
      const found = await findStamp(gateway.database, id, caller.systemId, inherited)
      if (!found) throw notFound()
      const body = givenStamp(found)
      if (body) return body
      return reply.code(202).header('retry-after', stampRetryAfterSeconds).send({ id, state: 'pending' })
    },
  )
}
