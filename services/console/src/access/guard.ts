import { HubError } from '@docaxis/errors'
import { recordAudit, type Sql } from '@docaxis/store'
import { type Account, findSession } from '@docaxis/store/console'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { actorOf, type Person, personOf } from './person.ts'
import { isCsrfToken, sessionToken } from './session-cookie.ts'

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * Stands before every route of the console's interface: who calls, whether their role may, whether the request comes
 * from our own page, and a row in the audit log before anything is shown. When the row cannot be written, nothing is.
 */
export const guard = fastifyPlugin<{ readonly sql: Sql }>(
  async (app, { sql }) => {
    app.decorateRequest('person', null as unknown as Person)
    app.addHook('onRoute', ({ method, url, config }) => {
      if (config?.may === undefined) throw new Error(`${method} ${url} does not say who may call it`)
    })
    app.addHook('onRequest', async request => {
      const { may, wholeHub = false, audited = true, withGivenPassword = false } = request.routeOptions.config
      refuseOtherSites(request)
      // Only an address without a route comes here without saying.
      if (may === 'anybody' || may === undefined) return
      const account = await signedIn(sql, request)
      const person = personOf(account)
      request.person = person
      request.logged.person = person.login
      if (!may.includes(person.role)) {
        await audit(sql, request, 'refused')
        throw new HubError('FORBIDDEN', `the role ${person.role} may not do this`, { details: { may: [...may] } })
      }
      if (wholeHub && !person.scope.everything) {
        await audit(sql, request, 'refused')
        throw new HubError('FORBIDDEN', 'this concerns the whole hub, and the scope does not')
      }
      if (account.passwordGiven && !withGivenPassword) {
        throw new HubError('FORBIDDEN', 'the password was given by somebody else: choose an own one first')
      }
      if (audited) await audit(sql, request, 'allowed')
    })
  },
  { name: 'console-guard', dependencies: ['@fastify/cookie'] },
)

async function signedIn(sql: Sql, request: FastifyRequest): Promise<Account> {
  const token = sessionToken(request)
  const account = token === undefined ? undefined : await findSession(sql, token)
  if (token === undefined || account === undefined) throw new HubError('AUTHENTICATION_REQUIRED', 'nobody is signed in')
  if (!reading.has(request.method) && !isCsrfToken(request.headers['x-csrf-token'], token)) {
    throw new HubError('FORBIDDEN', 'the request does not carry the token of this session in x-csrf-token')
  }
  return account
}

/** Browsers say where a request comes from (Fetch Metadata); a change asked for by another site's page is none. */
function refuseOtherSites({ method, headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'] ?? 'same-origin'
  if (reading.has(method) || site === 'same-origin') return
  throw new HubError('FORBIDDEN', `the request comes from a page that is ${site}`)
}

/** Longer questions are cut: the log says what was asked for, it is no copy of it. */
const longestQuery = 300

function audit(sql: Sql, request: FastifyRequest, outcome: string): Promise<void> {
  const { method, url, routeOptions, person, params } = request
  const [object] = Object.values(params as Readonly<Record<string, string>>)
  const query = url.split('?', 2)[1]?.slice(0, longestQuery)
  return recordAudit(sql, {
    actor: actorOf(person),
    action: reading.has(method) ? 'console.view' : 'console.ask',
    ...(object !== undefined && { object }),
    outcome,
    details: { method, route: routeOptions.url, ...(query && { query }) },
  })
}
