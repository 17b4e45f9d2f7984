import { listDeadLetters, replayDeadLetter } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { iso } from '../routes/document-answers.ts'
import { idParams, nullableTime, pageLimit, problems, time } from '../routes/schemas.ts'
import { audited } from './audited.ts'

const deadLetter = Type.Object({
  id: Type.String(),
  group: Type.String(),
  topic: Type.String(),
  key: Type.String(),
  eventId: Type.String(),
  code: Type.String(),
  reason: Type.String(),
  attempts: Type.Integer(),
  at: time,
  replayedAt: nullableTime,
})

/** Events that the services gave up; for operators. */
export const adminDeadLetterRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/admin/dead-letters',
    {
      schema: {
        operationId: 'listDeadLetters',
        summary: 'Events that were given up, newest first',
        tags: ['administration'],
        querystring: Type.Object({ limit: Type.Optional(pageLimit), replayed: Type.Optional(Type.Boolean()) }),
        response: { 200: Type.Object({ items: Type.Array(deadLetter) }), ...problems },
      },
    },
    async request => {
      const { limit = 100, replayed = false } = request.query
      const letters = await listDeadLetters(gateway.database, { limit, includeReplayed: replayed })
      return {
        items: letters.map(({ event, at, replayedAt, ...letter }) => ({
          ...letter,
          eventId: event.id,
          at: at.toISOString(),
          replayedAt: iso(replayedAt),
        })),
      }
    },
  )

  app.post(
    '/admin/dead-letters/:id/replay',
    {
      schema: {
        operationId: 'replayDeadLetter',
        summary: 'Put the event on its topic again',
        tags: ['administration'],
        params: idParams,
        response: { 202: Type.Object({ id: Type.String() }), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await audited(gateway, request, { action: 'dead-letter.replay', object: id }, async tx => {
        if (!(await replayDeadLetter(tx, id))) throw notFound()
      })
      gateway.accept.bus.nudge()
      return reply.code(202).send({ id })
    },
  )
}
