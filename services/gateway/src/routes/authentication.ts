import { HubError } from '@docaxis/errors'
import { findSystemByToken, type Sql } from '@docaxis/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { callerDecorator, callerOfSystem } from '../caller.ts'
import { lookedUpInTime } from '../database-patience.ts'
import { createLastCalled } from '../last-called.ts'
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

/**
 * Asks every route but the public ones for `Authorization: Bearer` and leaves the caller on the request. No other
 * header speaks for anybody: X-Forwarded-* and the like are not read.
 */
export const authentication = fp<AuthenticationOptions>(
  async (app, { sql, onFailure, admitsStranger }) => {
    const findByToken = sharedLookup(token => lookedUpInTime(findSystemByToken(sql, token)))
    const noteCall = createLastCalled(sql)

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
      await noteCall(system.id)
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
