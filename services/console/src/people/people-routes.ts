import {
  type Account,
  addAccount,
  changeRights,
  disableAccount,
  listAccounts,
  type Manager,
  resetAccount,
  rightsWithin,
  roles,
} from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../access/person.ts'
import type { Console } from '../console.ts'

const names = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 1000 })
const scope = Type.Object({
  everything: Type.Boolean(),
  subtrees: names,
  systems: names,
  localities: names,
  groups: names,
})
const rights = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: Type.Enum([...roles]),
  scope,
  agencies: names,
}
const wish = Type.Object({
  ...rights,
  login: Type.String({ pattern: '^[a-z0-9][a-z0-9._@-]{0,99}$' }),
  withPassword: Type.Boolean(),
})
const params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) })

/** People and what they may. Administrators see and change those inside their own scope. */
export const peopleRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: ['administrator'] as const }

  app.get('/people', { config }, async request => {
    const holds = await rightsWithin(database, request.person.scope)
    return { items: (await listAccounts(database)).filter(holds).map(shown) }
  })

  app.post('/people', { config, schema: { body: wish } }, async (request, reply) => {
    const { account, password } = await addAccount(database, managerOf(request), request.body)
    return reply.code(201).send({ ...shown(account), password })
  })

  app.put('/people/:id', { config, schema: { params, body: Type.Object(rights) } }, async request =>
    shown(await changeRights(database, managerOf(request), request.params.id, request.body)),
  )

  app.post('/people/:id/reset', { config, schema: { params } }, async request => {
    const { account, password } = await resetAccount(database, managerOf(request), request.params.id)
    return { ...shown(account), password }
  })

  app.post('/people/:id/disable', { config, schema: { params } }, async request =>
    shown(await disableAccount(database, managerOf(request), request.params.id, true)),
  )

  app.post('/people/:id/enable', { config, schema: { params } }, async request =>
    shown(await disableAccount(database, managerOf(request), request.params.id, false)),
  )
}

function managerOf({ person }: FastifyRequest): Manager {
  return { actor: actorOf(person), scope: person.scope }
}

function shown({ createdAt, signedInAt, lockedUntil, disabledAt, ...same }: Account) {
  return {
    ...same,
    createdAt: createdAt.toISOString(),
    signedInAt: signedInAt?.toISOString(),
    lockedUntil: lockedUntil?.toISOString(),
    disabledAt: disabledAt?.toISOString(),
  }
}
