import { HubError } from '@docaxis/errors'
import { type AlertMessage, alertRoles, findAlertMessage, listAlertMessages, retryAlert } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audited } from '../access/audited.ts'
import type { Console } from '../console.ts'
import { lookedAfter, requireLookedAfter } from './looked-after.ts'

const params = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{24}$' }) })
const question = Type.Object({
  state: Type.Optional(Type.Enum(['waiting', 'sent', 'failed'])),
  before: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })),
})
const perPage = 50

/** What was told, and what the other side said to it. */
export const alertMessageRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: alertRoles }

  app.get('/alerts/messages', { config, schema: { querystring: question } }, async request => {
    const accountIds = [...(await lookedAfter(console, request.person))]
    const items = await listAlertMessages(database, { ...request.query, accountIds, limit: perPage })
    return { items: items.map(shown), next: items.length === perPage ? items.at(-1)?.seq : undefined }
  })

  app.get('/alerts/messages/:id', { config, schema: { params } }, async request =>
    shown(await requireLookedAfter(console, request.person, await findAlertMessage(database, request.params.id))),
  )

  app.post('/alerts/messages/:id/retry', { config, schema: { params } }, async (request, reply) => {
    const { person } = request
    const { id } = await requireLookedAfter(console, person, await findAlertMessage(database, request.params.id))
    await audited(
      console,
      request,
      async tx => {
        if (!(await retryAlert(tx, id))) throw new HubError('STATE_CONFLICT', 'this message has been sent')
      },
      () => ({ action: 'alert.retry', object: id }),
    )
    return reply.code(204).send()
  })
}

function shown({ accountId: _account, seq: _seq, createdAt, dueAt, settledAt, ...same }: AlertMessage) {
  return {
    ...same,
    createdAt: createdAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    settledAt: settledAt?.toISOString() ?? null,
  }
}
