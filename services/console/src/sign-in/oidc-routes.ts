import { HubError } from '@docaxis/errors'
import { recordAudit } from '@docaxis/store'
import { findBySubject } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../access/person.ts'
import type { Console } from '../console.ts'
import { createOidc, type Oidc, type OidcJourney } from './oidc.ts'
import { openSession } from './open-session.ts'

const journeyCookie = 'docaxis-oidc'
const journeySeconds = 600

/** Signing in at an OpenID provider: there, and back. */
export const oidcRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, config, logger } = console
  const oidc = createOidc(config)
  const cookie = { path: '/console/api/oidc', httpOnly: true, sameSite: 'lax' } as const
  const route = { config: { may: 'anybody' } } as const

  const question = Type.Object({ to: Type.Optional(Type.String({ maxLength: 2000 })) })
  app.get('/oidc', { ...route, schema: { querystring: question } }, async (request, reply) => {
    const { url, journey } = await configured(oidc).begin(ownPath(request.query.to))
    const secure = request.protocol === 'https'
    reply.setCookie(journeyCookie, packed(journey), { ...cookie, secure, maxAge: journeySeconds })
    return reply.redirect(url.href)
  })

  app.get('/oidc/return', route, async (request, reply) => {
    const journey = unpacked(request.cookies[journeyCookie])
    reply.clearCookie(journeyCookie, cookie)
    const account = await proved(request, journey).catch(error => {
      logger.warn({ err: error }, 'a sign-in by OpenID Connect was refused')
      return undefined
    })
    // The person stands before a page, not a program: they are told there.
    if (!account) return reply.redirect('/?sign-in=refused')
    await openSession(console, request, reply, { account, via: 'oidc' })
    return reply.redirect(journey?.to ?? '/')
  })

  async function proved(request: FastifyRequest, journey: OidcJourney | undefined) {
    if (journey === undefined) throw new HubError('AUTHENTICATION_REQUIRED', 'this browser began no sign-in')
    const { subject, login } = await configured(oidc).finish(request.url, journey)
    const account = await findBySubject(database, subject, login)
    if (account) return account
    await recordAudit(database, {
      actor: actorOf({ login }),
      action: 'console.sign-in',
      outcome: 'refused',
      details: { via: 'oidc' },
    })
    throw new HubError('AUTHENTICATION_REQUIRED', 'nobody has an account under this name')
  }
}

function configured(oidc: Oidc | undefined): Oidc {
  if (oidc) return oidc
  throw new HubError('NOT_FOUND', 'no OpenID provider is set')
}

/** Back to a page of ours, and to no other host. */
function ownPath(to = '/'): string {
  return /^\/(?![/\\])/.test(to) ? to : '/'
}

function packed(journey: OidcJourney): string {
  return Buffer.from(JSON.stringify(journey)).toString('base64url')
}

function unpacked(cookie = ''): OidcJourney | undefined {
  try {
    const { state, nonce, verifier, to } = JSON.parse(Buffer.from(cookie, 'base64url').toString()) as OidcJourney
    return { state: String(state), nonce: String(nonce), verifier: String(verifier), to: ownPath(String(to)) }
  } catch {
    return undefined
  }
}
