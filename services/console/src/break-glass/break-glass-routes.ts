import { recordAudit } from '@docaxis/store'
import { askBreakGlass, decideBreakGlass, listBreakGlass } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../access/person.ts'
import type { Console } from '../console.ts'

const params = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{24}$' }) })
/** A sentence, not a word: both agencies read it. */
const reason = Type.String({ minLength: 10, maxLength: 1000 })
const shown = 100

const askers = ['operator', 'auditor', 'administrator'] as const
const deciders = ['auditor', 'administrator'] as const

/** Content opened for somebody it is not for, by two people, with both agencies told. */
export const breakGlassRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console

  app.get('/break-glass', { config: { may: askers } }, async request => ({
    items: await listBreakGlass(database, request.person.scope, shown),
  }))

  app.post(
    '/documents/:id/break-glass',
    { config: { may: askers }, schema: { params, body: Type.Object({ reason }) } },
    async (request, reply) => {
      const { id: documentId } = request.params
      const { accountId, scope } = request.person
      const { reason } = request.body
      const actor = actorOf(request.person)
      const id = await database.transaction(async tx => {
        await recordAudit(tx, {
          actor,
          action: 'content.ask',
          object: documentId,
          outcome: 'asked',
          details: { reason },
        })
        return askBreakGlass(tx, { documentId, accountId, scope, reason })
      })
      return reply.code(201).send({ id })
    },
  )

  app.post(
    '/break-glass/:id/decision',
    { config: { may: deciders }, schema: { params, body: Type.Object({ allowed: Type.Boolean() }) } },
    async (request, reply) => {
      const { id } = request.params
      const { accountId, scope } = request.person
      const { allowed } = request.body
      await database.transaction(async tx => {
        const object = await decideBreakGlass(tx, id, { accountId, scope, allowed })
        const action = allowed ? 'content.allow' : 'content.refuse'
        await recordAudit(tx, {
          actor: actorOf(request.person),
          action,
          object,
          outcome: 'done',
          details: { request: id },
        })
      })
      return reply.code(204).send()
    },
  )
}
