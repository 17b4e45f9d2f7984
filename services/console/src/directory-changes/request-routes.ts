import { levels } from '@docaxis/directory'
import { decideRequest, type RequestView, requestsInScope } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../access/person.ts'
import type { Console } from '../console.ts'
import { hubId, managers, reason } from './managers.ts'

const limit = 100

const wish = Type.Record(Type.String({ maxLength: 20 }), Type.String({ maxLength: 200 }))
const decision = Type.Object({
  decision: Type.Enum(['approved', 'refused']),
  reason,
  /** The wish as it was shown. */
  seen: wish,
  level: Type.Optional(Type.Enum([...levels])),
  validTo: Type.Optional(Type.String({ format: 'date' })),
  successor: Type.Optional(Type.String({ minLength: 1, maxLength: 35 })),
})

/** What systems ask to have changed in the directory, and what a person decides about it. */
export const requestRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, now } = console
  const config = { may: managers }

  const querystring = Type.Object({ state: Type.Optional(Type.Enum(['pending', 'approved', 'refused'])) })
  app.get('/agency-requests', { config, schema: { querystring } }, async request => {
    const { state = 'pending' } = request.query
    const found = await requestsInScope(database, { state, scope: request.person.scope, limit, now: now() })
    return { items: found.map(shown) }
  })

  const params = Type.Object({ id: hubId })
  app.post('/agency-requests/:id/decision', { config, schema: { params, body: decision } }, async (request, reply) => {
    const { person, params, body } = request
    const { decision, reason, seen, ...approval } = body
    const by = actorOf(person)
    await database.transaction(tx =>
      decideRequest(tx, params.id, { decision, reason, seen, approval, by, scope: person.scope, now: now() }),
    )
    return reply.code(204).send()
  })
}

function shown({ request, name, changes, obstacle }: RequestView) {
  const { id, systemId, kind, agencyCode, wish, state, requestedAt, decidedAt, decidedBy, reason } = request
  return {
    id,
    systemId,
    kind,
    code: agencyCode,
    name,
    wish,
    changes,
    obstacle,
    state,
    requestedAt: requestedAt.toISOString(),
    decidedAt: decidedAt?.toISOString(),
    decidedBy,
    reason,
  }
}
