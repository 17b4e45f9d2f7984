import {
  alertRoles,
  changeDestination,
  createDestination,
  type DestinationWish,
  findDestination,
  insertTrial,
  listDestinations,
  removeDestination,
} from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audited } from '../access/audited.ts'
import type { Console } from '../console.ts'
import { destinationWish, requireConnection, requireTarget } from './destination-wish.ts'
import { invalid } from './invalid.ts'
import { lookedAfter, requireLookedAfter } from './looked-after.ts'

const params = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{24}$' }) })

/** Where alerts go. What a connection holds is written and never read: only its host comes back. */
export const alertDestinationRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, config: hub } = console
  const config = { may: alertRoles }
  const rules = { insideHosts: hub.pushInsideHosts, plainHosts: hub.pushPlainHosts }

  const requireWish = ({ target, connection }: DestinationWish): void => {
    requireTarget(target)
    if (connection) requireConnection(connection, target.kind, rules)
  }

  app.get('/alerts/destinations', { config }, async request => {
    const accounts = await lookedAfter(console, request.person)
    return { items: (await listDestinations(database)).filter(({ accountId }) => accounts.has(accountId)) }
  })

  app.post('/alerts/destinations', { config, schema: { body: destinationWish } }, async (request, reply) => {
    const { body: wish, person } = request
    requireWish(wish)
    const { connection } = wish
    if (!connection) throw invalid('connection', 'Chưa có kết nối.', 'The connection is missing.')
    const box = await console.secretBox()
    const id = await audited(
      console,
      request,
      tx => createDestination(tx, box, person.accountId, { ...wish, connection }),
      object => ({ action: 'alert-destination.create', object }),
    )
    return reply.code(201).send({ id })
  })

  app.put('/alerts/destinations/:id', { config, schema: { params, body: destinationWish } }, async (request, reply) => {
    const { body: wish, person } = request
    const { id } = await requireLookedAfter(console, person, await findDestination(database, request.params.id))
    requireWish(wish)
    const box = await console.secretBox()
    await audited(
      console,
      request,
      tx => changeDestination(tx, box, id, wish),
      () => ({
        action: 'alert-destination.change',
        object: id,
        details: { connection: wish.connection !== undefined },
      }),
    )
    return reply.code(204).send()
  })

  app.delete('/alerts/destinations/:id', { config, schema: { params } }, async (request, reply) => {
    const { person } = request
    const { id } = await requireLookedAfter(console, person, await findDestination(database, request.params.id))
    await audited(
      console,
      request,
      tx => removeDestination(tx, id),
      () => ({ action: 'alert-destination.remove', object: id }),
    )
    return reply.code(204).send()
  })

  app.post('/alerts/destinations/:id/test', { config, schema: { params } }, async (request, reply) => {
    const { id, name } = await requireLookedAfter(
      console,
      request.person,
      await findDestination(database, request.params.id),
    )
    const link = hub.publicUrl === undefined ? null : new URL('/alerts', hub.publicUrl).href
    const trial = await audited(
      console,
      request,
      tx => insertTrial(tx, id, { ...trialText(name, request.person.name), link }),
      () => ({ action: 'alert-destination.test', object: id }),
    )
    return reply.code(202).send({ id: trial })
  })
}

function trialText(destination: string, person: string) {
  return {
    title: 'Gửi thử · A trial',
    text: [
      `${person} thử nơi nhận “${destination}” của bảng điều khiển trục liên thông. Không cần làm gì.`,
      `${person} tries out the destination “${destination}” of the hub's console. Nothing is to be done.`,
    ].join('\n'),
  }
}
