import { isIPv6 } from 'node:net'
import { HubError } from '@docaxis/errors'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Wrong tries of one address within a window; an agency of hundreds behind one address mistypes less. */
const wrongTries = 30
const windowMs = 5 * 60_000

/** Guesses at passwords, by the address they come from: an account of its own stops only guesses at that account. */
export interface Guesses {
  /** @throws HubError `RATE_LIMITED` while the address has to wait, right passwords included */
  refuseIfTooMany(request: FastifyRequest): void
  /** Counts a wrong try. */
  count(request: FastifyRequest): Promise<void>
}

/**
 * Counted in each process by itself. The address is the peer's, or what a trusted proxy says
 * (`DOCAXIS_TRUSTED_PROXIES`): what others write into X-Forwarded-For counts for nothing.
 */
export async function countGuesses(app: FastifyInstance, now: () => Date): Promise<Guesses> {
  await app.register(rateLimit, { global: false })
  const limiter = app.createRateLimit({
    max: wrongTries - 1,
    timeWindow: windowMs,
    keyGenerator: request => networkOf(request.ip),
  })
  const waiting = new Map<string, number>()

  return {
    refuseIfTooMany(request) {
      const network = networkOf(request.ip)
      const waitMs = (waiting.get(network) ?? 0) - now().getTime()
      if (waitMs > 0) throw tooMany(Math.ceil(waitMs / 1000))
      waiting.delete(network)
    },
    async count(request) {
      const result = await limiter(request)
      if (result.isAllowed || !result.isExceeded) return
      forgetOver(waiting, now().getTime())
      waiting.set(networkOf(request.ip), now().getTime() + result.ttl)
    },
  }
}

function tooMany(retryAfterSeconds: number): HubError {
  return new HubError('RATE_LIMITED', `too many wrong sign-ins from this address; wait ${retryAfterSeconds} s`, {
    retryAfterSeconds,
    details: { retryAfterSeconds },
  })
}

function forgetOver(waiting: Map<string, number>, nowMs: number): void {
  for (const [network, until] of waiting) if (until <= nowMs) waiting.delete(network)
}

/** A household or an office has a /64 of IPv6 to itself, with more addresses than anybody can count. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail = ''] = address.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return [...front, ...(address.includes('::') ? zeros : []), ...back].slice(0, 4).join(':')
}
