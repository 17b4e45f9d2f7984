import type { ServerResponse } from 'node:http'
import { HubError } from '@docaxis/errors'
import type { FastifyInstance } from 'fastify'

/** Lets a server end without breaking off what it has begun. */
export interface RequestsInHand {
  /** From now on requests are answered 503; resolves when the last one in hand is answered. */
  drain(): Promise<void>
  readonly draining: boolean
}

/** A restart takes some seconds. */
const retryAfterSeconds = 5

export function trackRequests(app: FastifyInstance): RequestsInHand {
  let open = 0
  let draining = false
  let emptied: (() => void) | undefined

  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config.endless) inHand(reply.raw)
    if (!draining || request.routeOptions.config.duringShutdown) return
    reply.header('connection', 'close')
    throw new HubError('SHUTTING_DOWN', 'the hub is stopping', { retryAfterSeconds })
  })

  function inHand(answer: ServerResponse): void {
    open += 1
    // A client that goes away ends its request too, without a response.
    answer.once('close', () => {
      open -= 1
      if (open === 0) emptied?.()
    })
  }

  return {
    get draining() {
      return draining
    },
    async drain() {
      draining = true
      if (open > 0) await new Promise<void>(resolve => (emptied = resolve))
    },
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered while the hub stops, such as health. */
    duringShutdown?: boolean
    /** Lasts as long as somebody watches: nobody waits for its end, the service that answers ends it. */
    endless?: boolean
  }
}
