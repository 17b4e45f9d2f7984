import {
  type Account,
  addAccount,
  changeRights,
  disableAccount,
  emptyScope,
  listAccounts,
  type Manager,
  resetAccount,
  roles,
} from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { nullableTime, problems, time } from '../routes/schemas.ts'

const names = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 1000 })
const role = Type.Enum([...roles])
const name = Type.String({ minLength: 1, maxLength: 200 })
const login = Type.String({ pattern: '^[a-z0-9][a-z0-9._@-]{0,99}$' })
const loginParams = Type.Object({ login })

const scopeParts = { everything: Type.Boolean(), subtrees: names, systems: names, localities: names, groups: names }
const scope = Type.Object(scopeParts, { description: 'Agencies whose exchange is seen; a union' })
const scopeWish = Type.Partial(Type.Object(scopeParts), { additionalProperties: false })
const agencies = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
  maxItems: 1000,
  description: 'Where the person works: content of what these sent or received, and of nothing else',
})

const accountAnswer = Type.Object({
  login,
  name,
  role,
  scope,
  agencies,
  hasPassword: Type.Boolean(),
  hasTotp: Type.Boolean(),
  createdAt: time,
  signedInAt: nullableTime,
  lockedUntil: nullableTime,
  disabledAt: nullableTime,
})
const withPassword = Type.Object({
  account: accountAnswer,
  password: Type.Union([Type.String({ description: 'Shown once; its holder chooses another' }), Type.Null()]),
})

const rights = { name, role, scope: Type.Optional(scopeWish), agencies: Type.Optional(agencies) }
const accountWish = Type.Object(
  {
    ...rights,
    login,
    withPassword: Type.Optional(Type.Boolean({ description: 'false: signs in by OpenID Connect only' })),
  },
  { additionalProperties: false },
)
const accountChange = Type.Partial(Type.Object({ ...rights, disabled: Type.Boolean() }), {
  additionalProperties: false,
})

/** Accounts of people at the console: how the first administrator comes to be. */
export const adminAccountRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway
  const described = { tags: ['administration'] }

  app.get(
    '/admin/accounts',
    {
      schema: {
        ...described,
        operationId: 'listAccounts',
        summary: 'Everybody who may sign in to the console',
        response: { 200: Type.Object({ items: Type.Array(accountAnswer) }), ...problems },
      },
    },
    async () => ({ items: (await listAccounts(database)).map(shown) }),
  )

  app.post(
    '/admin/accounts',
    {
      schema: {
        ...described,
        operationId: 'createAccount',
        summary: 'Give somebody an account at the console, and a password that is shown once',
        body: accountWish,
        response: { 201: withPassword, ...problems },
      },
    },
    async (request, reply) => {
      const { withPassword = true, scope = {}, agencies = [], ...same } = request.body
      const wish = { ...same, agencies, withPassword, scope: { ...emptyScope, ...scope } }
      const { account, password = null } = await addAccount(database, managerOf(request), wish)
      return reply.code(201).send({ account: shown(account), password })
    },
  )

  app.patch(
    '/admin/accounts/:login',
    {
      schema: {
        ...described,
        operationId: 'changeAccount',
        summary: 'Change what somebody may, or disable the account',
        params: loginParams,
        body: accountChange,
        response: { 200: accountAnswer, ...problems },
      },
    },
    async request => {
      const { login } = request.params
      const { disabled, scope, ...same } = request.body
      const manager = managerOf(request)
      const change = { ...same, ...(scope && { scope: { ...emptyScope, ...scope } }) }
      const account = await changeRights(database, manager, login, change)
      return shown(disabled === undefined ? account : await disableAccount(database, manager, login, disabled))
    },
  )

  app.post(
    '/admin/accounts/:login/reset',
    {
      schema: {
        ...described,
        operationId: 'resetAccount',
        summary: 'A new password, no second factor, no lock; signs the holder out everywhere',
        params: loginParams,
        response: { 200: withPassword, ...problems },
      },
    },
    async request => {
      const { account, password } = await resetAccount(database, managerOf(request), request.params.login)
      return { account: shown(account), password }
    },
  )
}

/** An operator's token stands for the whole hub. */
function managerOf(request: FastifyRequest): Manager {
  return { actor: `system:${callerOf(request).systemId}`, scope: { ...emptyScope, everything: true } }
}

function shown({ login, name, role, scope, agencies, hasPassword, hasTotp, ...times }: Account) {
  const { subtrees, systems, localities, groups } = scope
  return {
    login,
    name,
    role,
    scope: {
      everything: scope.everything,
      subtrees: [...subtrees],
      systems: [...systems],
      localities: [...localities],
      groups: [...groups],
    },
    agencies: [...agencies],
    hasPassword,
    hasTotp,
    createdAt: times.createdAt.toISOString(),
    signedInAt: times.signedInAt?.toISOString() ?? null,
    lockedUntil: times.lockedUntil?.toISOString() ?? null,
    disabledAt: times.disabledAt?.toISOString() ?? null,
  }
}
