import { letGo, listHeld, refuseHeldDeliveries } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { hubId, idParams, pageLimit, problems, time } from '../routes/schemas.ts'
import { audited } from './audited.ts'

const heldAnswer = Type.Object({
  id: hubId,
  documentId: hubId,
  sender: Type.String(),
  receiver: Type.String(),
  reasons: Type.Array(Type.String()),
  acceptedAt: time,
  heldAt: time,
})

/** Deliveries that wait for an operator's decision. */
export const adminHeldRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/admin/held-deliveries',
    {
      schema: {
        operationId: 'listHeldDeliveries',
        summary: 'Deliveries that are held, oldest first, and why',
        tags: ['administration'],
        querystring: Type.Object({ limit: Type.Optional(pageLimit) }),
        response: { 200: Type.Object({ items: Type.Array(heldAnswer) }), ...problems },
      },
    },
    async request => {
      const held = await listHeld(gateway.database, request.query.limit ?? 100)
      return {
        items: held.map(({ acceptedAt, heldAt, reasons, ...same }) => ({
          ...same,
          reasons: [...reasons],
          acceptedAt: acceptedAt.toISOString(),
          heldAt: heldAt.toISOString(),
        })),
      }
    },
  )

  app.post(
    '/admin/held-deliveries/:id/release',
    {
      schema: {
        operationId: 'releaseHeldDelivery',
        summary: 'Put it into its mailbox after all',
        tags: ['administration'],
        params: idParams,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { systemId } = callerOf(request)
      await audited(gateway, request, { action: 'delivery.release', object: id }, async tx => {
        if ((await letGo(tx, [id], { systemId })).length === 0) throw notFound()
      })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/admin/held-deliveries/:id/refuse',
    {
      schema: {
        operationId: 'refuseHeldDelivery',
        summary: 'Deliver it never: the sender gets a non-delivery receipt with the reason',
        tags: ['administration'],
        params: idParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { reason } = request.body
      const { systemId } = callerOf(request)
      await audited(gateway, request, { action: 'delivery.refuse', object: id, details: { reason } }, async tx => {
        if ((await refuseHeldDeliveries(tx, { ids: [id], systemId, reason })).length === 0) throw notFound()
      })
      gateway.accept.bus.nudge()
      return reply.code(204).send(null)
    },
  )
}
