import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { acceptDocument, type Submission, validateDocument } from '../intake/accept-document.ts'
import { errorsOf, warningsOf } from '../intake/proof.ts'
import { attachmentAnswer, attachmentBodies, foundChecks } from './attachment-answers.ts'
import { acceptanceAnswer, acceptanceBody } from './document-answers.ts'
import { observed } from './intake-log.ts'
import { finding, nullableText, problems, sha256, verdict } from './schemas.ts'
import { submissionOf } from './submission.ts'

const validation = Type.Object({
  ok: Type.Boolean({ description: 'Whether sending it now would be accepted' }),
  documentId: nullableText,
  sha256,
  errors: Type.Array(finding),
  warnings: Type.Array(finding),
  verdict: Type.Optional(verdict),
  attachments: Type.Array(attachmentAnswer),
})

/** Sending and checking envelopes. The signature covers bytes, so the body reaches the use case unparsed. */
export const documentRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.addContentTypeParser('application/xml', async (_request: FastifyRequest, payload: Submission['body']) => payload)

  app.post(
    '/documents',
    {
      schema: {
        operationId: 'sendDocument',
        summary: 'Send one edXML packet',
        description: 'The same bytes again get the first answer with status 200.',
        tags: ['documents'],
        consumes: ['application/xml'],
        response: { 200: acceptanceAnswer, 202: acceptanceAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const submission = submissionOf(request)
      const { acceptance, repeated } = await observed(request, gateway.metrics, () =>
        acceptDocument(gateway.accept, caller, submission),
      )
      reply.header('location', `/api/v1/documents/${acceptance.id}`)
      return reply.code(repeated ? 200 : 202).send(acceptanceBody(acceptance))
    },
  )

  app.post(
    '/documents/validate',
    {
      schema: {
        operationId: 'validateDocument',
        summary: 'The whole chain of checks without sending',
        tags: ['documents'],
        consumes: ['application/xml'],
        response: { 200: validation, ...problems },
      },
    },
    async request => {
      const { body, proof, findings } = await validateDocument(gateway.accept, callerOf(request), submissionOf(request))
      const errors = errorsOf(findings)
      const { envelope } = proof
      const attachments = envelope?.kind === 'document' ? envelope.attachments : []
      return {
        ok: errors.length === 0,
        documentId: envelope?.documentId ?? null,
        sha256: body.sha256,
        errors: [...errors],
        warnings: [...warningsOf(findings)],
        attachments: attachmentBodies(attachments, foundChecks(proof.attachments.checks)),
        ...(proof.seal && { verdict: proof.seal as unknown as Static<typeof verdict> }),
      }
    },
  )
}
