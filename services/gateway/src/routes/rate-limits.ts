import { HubError } from '@docaxis/errors'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { type Caller, callerDecorator, callerOf } from '../caller.ts'
import { failuresPerMinute, type Gateway } from '../gateway.ts'
import { authentication } from './authentication.ts'
import { createNetworks } from './networks.ts'
import { createUploadLimit } from './upload-limit.ts'

/** Files that one address may have verified a minute without signing in, and at once. */
const strangersPerMinute = 30
const strangeUploadsAtOnce = 2

type Limiter = ReturnType<FastifyInstance['createRateLimit']>

/**
 * Who calls, and how often it may. Calls count per authenticated system; per address only failures do, so that systems
 * behind one address do not take each other's share. Strangers, where a route admits them, count per address.
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

    const strangers = app.createRateLimit({
      max: strangersPerMinute,
      timeWindow: 60_000,
      keyGenerator: request => `stranger:${request.ip}`,
    })

    const known = createNetworks(gateway.settings.publicVerify)
    await app.register(authentication, {
      sql: gateway.database,
      onFailure: request => count(failures, request),
      admitsStranger: request => known.has(request.ip),
    })
    const uploads = createUploadLimit()
    const strangeUploads = createUploadLimit(strangeUploadsAtOnce)
    app.addHook('onRequest', async (request, reply) => {
      if (request.routeOptions.config.public) return
      const caller = request.getDecorator<Caller | null>(callerDecorator)
      await count(caller ? calls : strangers, request)
      if (caller) uploads.enter(caller.systemId, request, reply)
      else strangeUploads.enter(request.ip, request, reply)
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
