import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { reportStatus } from '../mailbox/report-status.ts'
import { acceptanceAnswer, acceptanceBody } from './document-answers.ts'
import { observed } from './intake-log.ts'
import { idParams, problems } from './schemas.ts'

const statusCode = Type.Union([
  Type.Literal('01', { description: 'arrived' }),
  Type.Literal('02', { description: 'refused; needs a reason' }),
  Type.Literal('03', { description: 'accepted, entered in the register' }),
  Type.Literal('04', { description: 'assigned' }),
  Type.Literal('05', { description: 'being processed' }),
  Type.Literal('06', { description: 'finished' }),
  Type.Literal('15', { description: 'agrees to the update or take-back' }),
  Type.Literal('16', { description: 'refuses the update or take-back; needs a reason' }),
])
const staffText = Type.Optional(Type.String({ minLength: 1, maxLength: 200 }))

const statusBody = Type.Object(
  {
    code: statusCode,
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    staff: Type.Optional(
      Type.Object(
        { name: staffText, department: staffText, email: staffText, mobile: staffText },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

const statusAnswer = Type.Object({ ...acceptanceAnswer.properties, deliveryId: Type.String(), code: Type.String() })

/** Business states as JSON; the message itself may be posted as a document instead. */
export const statusRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.post(
    '/deliveries/:id/status',
    {
      schema: {
        operationId: 'reportStatus',
        summary: 'Report a business state; the hub writes the edXML status message',
        description: 'Idempotent by `Idempotency-Key`, or by being the same as the last report on the delivery.',
        tags: ['deliveries'],
        params: idParams,
        headers: Type.Object({ 'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }),
        body: statusBody,
        response: { 200: statusAnswer, 202: statusAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const deliveryId = request.params.id
      const idempotencyKey = request.headers['idempotency-key']
      request.logged.deliveryId = deliveryId
      const { acceptance, repeated } = await observed(request, gateway.metrics, () =>
        reportStatus(gateway.accept, callerOf(request), {
          ...request.body,
          deliveryId,
          ...(idempotencyKey !== undefined && { idempotencyKey }),
          traceparent: request.trace.traceparent,
        }),
      )
      reply.header('location', `/api/v1/documents/${acceptance.id}`)
      return reply
        .code(repeated ? 200 : 202)
        .send({ ...acceptanceBody(acceptance), deliveryId, code: request.body.code })
    },
  )
}
