import { HubError } from '@docaxis/errors'
import { recordAudit, replayDeadLetter } from '@docaxis/store'
import { listOpenLetters } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { reasonBody } from './action-routes.ts'

const hubId = Type.String({ pattern: '^[0-9a-f]{24}$' })
const perPage = 50

/** What the services gave up, of the whole hub; the page of a document shows what is its own. */
export const deadLetterRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, bus } = console

  const list = {
    config: { may: everyRole, wholeHub: true },
    schema: { querystring: Type.Object({ after: Type.Optional(hubId) }) },
  }
  app.get('/dead-letters', list, async request => {
    const { after } = request.query
    const letters = await listOpenLetters(database, { limit: perPage + 1, ...(after && { after }) })
    const items = letters.slice(0, perPage).map(letter => ({ ...letter, at: letter.at.toISOString() }))
    return { items, next: letters.length > perPage ? (items.at(-1)?.id ?? null) : null }
  })

  const replay = {
    config: { may: ['operator', 'administrator'] as const, wholeHub: true },
    schema: { params: Type.Object({ id: hubId }), body: reasonBody },
  }
  app.post('/dead-letters/:id/replay', replay, async (request, reply) => {
    const { person, params, body } = request
    await database.transaction(async tx => {
      if (!(await replayDeadLetter(tx, params.id))) throw notOpen(params.id)
      await recordAudit(tx, {
        actor: actorOf(person),
        action: 'dead-letter.replay',
        object: params.id,
        outcome: 'done',
        details: { reason: body.reason },
      })
    })
    bus.nudge()
    return reply.code(204).send()
  })
}

function notOpen(id: string): HubError {
  return new HubError('NOT_FOUND', `no event was given up under ${id}, or it was run again`)
}
