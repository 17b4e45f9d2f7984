import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { reportStatus } from '../mailbox/report-status.ts'
import { takeBack } from '../mailbox/take-back.ts'
import { acceptanceAnswer, acceptanceBody } from './document-answers.ts'
import { observed } from './intake-log.ts'
import { effectOutcome } from './life-answers.ts'
import { agencyCode, hubId, idParams, problems } from './schemas.ts'

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

const reason = Type.String({ minLength: 1, maxLength: 500 })
const staff = Type.Optional(
  Type.Object(
    { name: staffText, department: staffText, email: staffText, mobile: staffText },
    { additionalProperties: false },
  ),
)

const statusBody = Type.Object(
  { code: statusCode, reason: Type.Optional(reason), staff },
  { additionalProperties: false },
)

const statusAnswer = Type.Object({ ...acceptanceAnswer.properties, deliveryId: Type.String(), code: Type.String() })

const takeBackBody = Type.Object(
  {
    reason,
    receivers: Type.Optional(
      Type.Array(agencyCode, { minItems: 1, maxItems: 500, description: 'Absent: everybody it went to' }),
    ),
    staff,
  },
  { additionalProperties: false },
)

const takenBack = Type.Object({
  id: hubId,
  receiver: Type.String(),
  outcome: effectOutcome.properties.outcome,
  flagged: Type.Boolean(),
})

const keyHeader = Type.Object({ 'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 160 })) })

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

  app.post(
    '/documents/:id/take-back',
    {
      schema: {
        operationId: 'takeBackDocument',
        summary: 'Take a document back (status 13): withdrawn where nobody has fetched it, asked for elsewhere',
        description: 'The hub writes one edXML status message for each receiver. Safe to repeat.',
        tags: ['documents'],
        params: idParams,
        headers: keyHeader,
        body: takeBackBody,
        response: { 200: Type.Object({ items: Type.Array(takenBack) }), ...problems },
      },
    },
    async request => {
      const idempotencyKey = request.headers['idempotency-key']
      request.logged.documentId = request.params.id
      const items = await takeBack(gateway.accept, callerOf(request), {
        ...request.body,
        id: request.params.id,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
        traceparent: request.trace.traceparent,
      })
      request.logged.deliveries = items.length
      return { items: [...items] }
    },
  )
}
