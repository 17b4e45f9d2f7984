import { HubError } from '@docaxis/errors'
import { inTime } from '@docaxis/service'
import { findSystemByToken, type Sql, touchSystem } from '@docaxis/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { callerDecorator, callerOfSystem } from '../caller.ts'
import { sharedLookup } from '../shared-lookup.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers anybody. Every other route asks who calls. */
    public?: boolean
    /** Answers strangers too, where `admitsStranger` lets them in; whoever shows a token is asked for a good one. */
    strangers?: boolean
  }
}

export interface AuthenticationOptions {
  readonly sql: Sql
  /** Told of every failure before it is answered; may throw to answer otherwise. */
  readonly onFailure: (request: FastifyRequest) => Promise<void>
  /** Whether a call without a token is let through to a route for strangers. */
  readonly admitsStranger: (request: FastifyRequest) => boolean
}

const bearer = /^Bearer +([\w.~+/-]{20,200}=*) *$/i

/** A database that was frozen, or is behind a cut network, answers neither yes nor no: then nor do we, but in time. */
const patienceMs = 8_000
const retryAfterSeconds = 5

const databaseStandsStill = () =>
  new HubError('STORAGE_UNAVAILABLE', 'the database does not answer', { retryAfterSeconds })

/** `last_called_at` is kept to the minute; asking the database more often would be waste. */
const touchEveryMs = 30_000

/**
 * Asks every route but the public ones for `Authorization: Bearer` and leaves the caller on the request. No other
 * header speaks for anybody: X-Forwarded-* and the like are not read.
 */
export const authentication = fp<AuthenticationOptions>(
  async (app, { sql, onFailure, admitsStranger }) => {
    const findByToken = sharedLookup(token => inTime(findSystemByToken(sql, token), patienceMs, databaseStandsStill))
    const touchedAt = new Map<string, number>()

    async function touch(systemId: string): Promise<void> {
      const now = performance.now()
      if (now - (touchedAt.get(systemId) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return
      touchedAt.set(systemId, now)
      await touchSystem(sql, systemId)
    }

    app.decorateRequest(callerDecorator, null)
    app.addHook('onRequest', async (request, reply) => {
      const { config } = request.routeOptions
      if (config.public) return
      if (config.strangers && request.headers.authorization === undefined && admitsStranger(request)) return
      const token = bearerToken(request)
      const system = token === undefined ? undefined : await findByToken(token)
      if (!system) {
        await onFailure(request)
        throw unauthenticated(reply)
      }
      request.setDecorator(callerDecorator, callerOfSystem(system))
      request.logged.systemId = system.id
      await touch(system.id)
    })
  },
  { name: 'docaxis-authentication' },
)

function bearerToken(request: FastifyRequest): string | undefined {
  return bearer.exec(request.headers.authorization ?? '')?.[1]
}

function unauthenticated(reply: FastifyReply): HubError {
  reply.header('www-authenticate', 'Bearer realm="docaxis"')
  return new HubError('AUTHENTICATION_REQUIRED', 'a valid bearer token is needed')
}
