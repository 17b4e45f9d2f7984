import { addMandate, endMandate, listMandates, type MandateRecord } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Gateway } from '../../gateway.ts'
import { iso } from '../../routes/document-answers.ts'
import { agencyCode, nullableTime, problems, time } from '../../routes/schemas.ts'
import { audited } from '../audited.ts'

const mandateAnswer = Type.Object({
  id: Type.String(),
  principal: Type.String(),
  holder: Type.String(),
  kind: Type.String(),
  validFrom: time,
  validTo: nullableTime,
  createdAt: time,
})

/** Mandates to seal for another; for operators. */
export const mandateRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/admin/mandates',
    {
      schema: {
        operationId: 'listMandates',
        summary: 'Mandates to seal for another',
        tags: ['administration'],
        querystring: Type.Object({ principal: Type.Optional(agencyCode), holder: Type.Optional(agencyCode) }),
        response: { 200: Type.Object({ items: Type.Array(mandateAnswer) }), ...problems },
      },
    },
    async request => ({ items: (await listMandates(database, request.query)).map(mandateBody) }),
  )

  app.post(
    '/admin/mandates',
    {
      schema: {
        operationId: 'addMandate',
        summary: '"holder may seal for principal"',
        tags: ['administration'],
        body: Type.Object(
          {
            principal: agencyCode,
            holder: agencyCode,
            kind: Type.Union([Type.Literal('seal'), Type.Literal('transport')]),
            validFrom: time,
            validTo: Type.Optional(time),
          },
          { additionalProperties: false },
        ),
        response: { 201: mandateAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { validFrom, validTo, ...parties } = request.body
      const mandate = {
        ...parties,
        validFrom: new Date(validFrom),
        ...(validTo !== undefined && { validTo: new Date(validTo) }),
      }
      const action = { action: 'mandate.add', object: parties.principal, details: request.body }
      const added = await audited(gateway, request, action, tx => addMandate(tx, mandate))
      return reply.code(201).send(mandateBody(added))
    },
  )

  app.delete(
    '/admin/mandates/:id',
    {
      schema: {
        operationId: 'endMandate',
        summary: 'End a mandate now',
        tags: ['administration'],
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }),
        response: { 200: mandateAnswer, ...problems },
      },
    },
    async request => {
      const { id } = request.params
      const action = { action: 'mandate.end', object: id }
      return mandateBody(await audited(gateway, request, action, tx => endMandate(tx, id, gateway.now())))
    },
  )
}

function mandateBody({ validFrom, validTo, createdAt, ...same }: MandateRecord): Static<typeof mandateAnswer> {
  return {
    ...same,
    validFrom: validFrom.toISOString(),
    validTo: iso(validTo),
    createdAt: createdAt.toISOString(),
  }
}
