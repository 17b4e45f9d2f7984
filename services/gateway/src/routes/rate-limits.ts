import { HubError } from '@docaxis/errors'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { callerOf } from '../caller.ts'
import { failuresPerMinute, type Gateway } from '../gateway.ts'
import { authentication } from './authentication.ts'
import { createUploadLimit } from './upload-limit.ts'

type Limiter = ReturnType<FastifyInstance['createRateLimit']>

/**
 * Who calls, and how often it may. Calls count per authenticated system; per address only failures do, so that systems
 * behind one address do not take each other's share.
 */
export const callers = fp<{ readonly gateway: Gateway }>(
  async (app, { gateway }) => {
    await app.register(rateLimit, { global: false })
    const failures = app.createRateLimit({
      max: failuresPerMinute,
      timeWindow: 60_000,
      keyGenerator: request => `address:${request.ip}`,
    })
    const calls = app.createRateLimit({
      max: gateway.settings.requestsPerMinute,
      timeWindow: 60_000,
      keyGenerator: request => `system:${callerOf(request).systemId}`,
    })

    await app.register(authentication, { sql: gateway.database, onFailure: request => count(failures, request) })
    const uploads = createUploadLimit()
    app.addHook('onRequest', async (request, reply) => {
      if (request.routeOptions.config.public) return
      await count(calls, request)
      uploads.enter(callerOf(request).systemId, request, reply)
    })
  },
  { name: 'docaxis-callers' },
)

async function count(limiter: Limiter, request: FastifyRequest): Promise<void> {
  const result = await limiter(request)
  if (result.isAllowed || !result.isExceeded) return
  throw new HubError('RATE_LIMITED', `more than ${result.max} calls a minute`, {
    retryAfterSeconds: result.ttlInSeconds,
    details: { max: result.max },
  })
}
