import { HubError } from '@docaxis/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** More than a busy system needs; each may hold memory and a connection for as long as its body takes to arrive. */
export const uploadsAtOnce = 128

/** An upload ends within seconds. */
const retryAfterSeconds = 2

export interface UploadLimit {
  /**
   * Counts one request with a body until it is over.
   *
   * @throws HubError `RATE_LIMITED`, before the body is read
   */
  enter(systemId: string, request: FastifyRequest, reply: FastifyReply): void
}

/** Bounds the bodies that one system may have under way, so that slow ones in great number harm nobody else. */
export function createUploadLimit(max = uploadsAtOnce): UploadLimit {
  const underWay = new Map<string, number>()

  function leave(systemId: string): void {
    const left = (underWay.get(systemId) ?? 1) - 1
    if (left === 0) underWay.delete(systemId)
    else underWay.set(systemId, left)
  }

  return {
    enter(systemId, { method }, reply) {
      if (method === 'GET' || method === 'HEAD') return
      const open = underWay.get(systemId) ?? 0
      if (open >= max) {
        throw new HubError('RATE_LIMITED', `more than ${max} uploads at once`, { retryAfterSeconds, details: { max } })
      }
      underWay.set(systemId, open + 1)
      reply.raw.once('close', () => leave(systemId))
    },
  }
}
