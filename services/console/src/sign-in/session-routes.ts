import { HubError } from '@docaxis/errors'
import { recordAudit } from '@docaxis/store'
import { beginSession, endSession, findSession } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, everyRole, personOf } from '../access/person.ts'
import { clearSessionCookie, csrfTokenOf, sessionToken, setSessionCookie } from '../access/session-cookie.ts'
import type { Console } from '../console.ts'
import { checkPassword } from './check-password.ts'

/** Signing in and out, and what the page knows about who is there. */
export const sessionRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, config } = console

  app.get('/session', { config: { may: 'anybody' } }, async request => {
    const token = sessionToken(request)
    const account = token === undefined ? undefined : await findSession(database, token)
    const hub = { environment: config.environment ?? 'test', demo: config.demo ?? false }
    if (token === undefined || account === undefined) return { hub }
    const { passwordGiven, hasTotp, hasPassword } = account
    return { hub, person: { ...personOf(account), passwordGiven, hasTotp, hasPassword }, csrfToken: csrfTokenOf(token) }
  })

  const credentials = Type.Object({
    login: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 1000 }),
  })
  app.post('/session', { config: { may: 'anybody' }, schema: { body: credentials } }, async (request, reply) => {
    const { login, password } = request.body
    const account = await checkPassword(database, login, password)
    if (account === undefined)
      throw new HubError('AUTHENTICATION_REQUIRED', 'login and password do not belong together')
    const token = await database.transaction(async tx => {
      await recordAudit(tx, { actor: actorOf(account), action: 'console.sign-in', outcome: 'done' })
      return beginSession(tx, account.id)
    })
    setSessionCookie(request, reply, token)
    return reply.code(204).send()
  })

  app.delete('/session', { config: { may: everyRole, audited: false } }, async (request, reply) => {
    const token = sessionToken(request)
    if (token !== undefined) await endSession(database, token)
    await recordAudit(database, { actor: actorOf(request.person), action: 'console.sign-out', outcome: 'done' })
    clearSessionCookie(request, reply)
    return reply.code(204).send()
  })
}
