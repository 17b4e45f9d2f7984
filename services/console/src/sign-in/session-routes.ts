import { HubError } from '@docaxis/errors'
import { recordAudit } from '@docaxis/store'
import { endSession, endSessionsOf, findSession } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, everyRole, personOf } from '../access/person.ts'
import { clearSessionCookie, csrfTokenOf, sessionToken } from '../access/session-cookie.ts'
import type { Console } from '../console.ts'
import { checkSignIn } from './check-sign-in.ts'
import { countGuesses } from './guesses.ts'
import { openSession } from './open-session.ts'

const credentials = Type.Object({
  login: Type.String({ minLength: 1, maxLength: 100 }),
  password: Type.String({ minLength: 1, maxLength: 1000 }),
  code: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
})

/** Signing in and out, and what the page knows about who is there. */
export const sessionRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, config, secretBox, now } = console
  const signIn = { sql: database, secretBox, now }
  const guesses = await countGuesses(app, now)

  app.get('/session', { config: { may: 'anybody' } }, async request => {
    const token = sessionToken(request)
    const account = token === undefined ? undefined : await findSession(database, token)
    const hub = {
      environment: config.environment ?? 'test',
      demo: config.demo ?? false,
      oidc: config.oidcIssuer !== undefined,
    }
    if (token === undefined || account === undefined) return { hub }
    const { passwordGiven, hasTotp, hasPassword } = account
    return { hub, person: { ...personOf(account), passwordGiven, hasTotp, hasPassword }, csrfToken: csrfTokenOf(token) }
  })

  app.post('/session', { config: { may: 'anybody' }, schema: { body: credentials } }, async (request, reply) => {
    guesses.refuseIfTooMany(request)
    const outcome = await checkSignIn(signIn, request.body)
    if (outcome.kind === 'code') return { next: 'code' }
    if (outcome.kind === 'wrong') {
      await guesses.count(request)
      const actor = actorOf({ login: request.body.login.toLowerCase() })
      await recordAudit(database, { actor, action: 'console.sign-in', outcome: 'refused' })
      throw new HubError('AUTHENTICATION_REQUIRED', 'login and password do not belong together')
    }
    await openSession(console, request, reply, { account: outcome.account, via: 'password' })
    return { next: 'done' }
  })

  app.delete('/session', { config: { may: everyRole, withGivenPassword: true } }, async (request, reply) => {
    const token = sessionToken(request)
    if (token !== undefined) await endSession(database, token)
    await recordAudit(database, { actor: actorOf(request.person), action: 'console.sign-out', outcome: 'done' })
    clearSessionCookie(request, reply)
    return reply.code(204).send()
  })

  app.delete('/sessions', { config: { may: everyRole } }, async (request, reply) => {
    const { accountId } = request.person
    const ended = await endSessionsOf(database, accountId)
    const actor = actorOf(request.person)
    await recordAudit(database, { actor, action: 'console.sign-out-everywhere', outcome: 'done', details: { ended } })
    clearSessionCookie(request, reply)
    return reply.code(204).send()
  })
}
