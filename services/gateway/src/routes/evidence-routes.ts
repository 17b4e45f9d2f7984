import { type DocumentVerdicts, findDocument, findVerdicts } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { callerOf, requireOperator } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { readableAgencies } from '../readable-agencies.ts'
import { evidenceAnswer, evidenceBody, sendEvidence } from './evidence-answers.ts'
import { file, idParams, problems, sha256 } from './schemas.ts'

const pieceParams = Type.Object({ ...idParams.properties, sha256 })

interface Audience {
  readonly path: string
  readonly tag: string
  readonly suffix: string
  readonly find: (request: FastifyRequest, id: string) => Promise<DocumentVerdicts | undefined>
  readonly onRequest?: typeof requireOperator
}

/** What verdicts rest on (V47): for the parties of a packet, and for operators, who see verdicts and nothing else of it. */
export const evidenceRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway
  const audiences: readonly Audience[] = [
    {
      path: '/documents/:id/evidence',
      tag: 'documents',
      suffix: '',
      find: async (request, id) => {
        const { agencies } = await readableAgencies(database, callerOf(request))
        const document = await findDocument(database, id, agencies)
        return document && findVerdicts(database, document.id)
      },
    },
    {
      path: '/admin/documents/:id/evidence',
      tag: 'administration',
      suffix: 'AsOperator',
      find: (_request, id) => findVerdicts(database, id),
      onRequest: requireOperator,
    },
  ]

  for (const { path, tag, suffix, find, onRequest } of audiences) {
    const verdictsOf = async (request: FastifyRequest, id: string) => {
      const verdicts = await find(request, id)
      if (!verdicts) throw notFound()
      return verdicts
    }
    app.get(
      path,
      {
        ...(onRequest && { onRequest }),
        schema: {
          operationId: `getEvidence${suffix}`,
          summary: 'Verdicts on seal and attachments, and what they rest on',
          tags: [tag],
          params: idParams,
          response: { 200: evidenceAnswer, ...problems },
        },
      },
      async request => {
        const { id } = request.params
        const base = `/api/v1${path.replace(':id', id)}`
        return evidenceBody(database, await verdictsOf(request, id), base)
      },
    )

    app.get(
      `${path}/:sha256`,
      {
        ...(onRequest && { onRequest }),
        schema: {
          operationId: `getEvidencePiece${suffix}`,
          summary: 'One certificate, revocation list, OCSP response or time-stamp token, in DER',
          tags: [tag],
          params: pieceParams,
          produces: ['application/octet-stream'],
          response: { 200: file, ...problems },
        },
      },
      async (request, reply) => {
        const { id, sha256: hash } = request.params
        return sendEvidence(database, await verdictsOf(request, id), hash, reply)
      },
    )
  }
}
