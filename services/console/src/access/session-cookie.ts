import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

// Over TLS the browser itself holds the cookie to this host and to TLS (RFC 6265bis, 4.1.3.2).
const overTls = '__Host-docaxis-session'
const overPlain = 'docaxis-session'

const nameFor = ({ protocol }: FastifyRequest): string => (protocol === 'https' ? overTls : overPlain)

/** The token that the browser sent, if any. */
export function sessionToken(request: FastifyRequest): string | undefined {
  return request.cookies[nameFor(request)]
}

/** Out of reach of scripts, and not sent along with what another site's page asks for. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(nameFor(request), token, options(request))
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), options(request))
}

// Lax, not strict: coming back from the OpenID provider is a visit that another site began.
const options = (request: FastifyRequest) =>
  ({ httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https', path: '/' }) as const

/** What state-changing requests of a session carry in `x-csrf-token`: only a page of this host can have read it. */
export function csrfTokenOf(token: string): string {
  return createHash('sha256').update('docaxis csrf\0').update(token).digest('base64url')
}

export function isCsrfToken(given: unknown, token: string): boolean {
  if (typeof given !== 'string') return false
  const [left, right] = [Buffer.from(given), Buffer.from(csrfTokenOf(token))]
  return left.length === right.length && timingSafeEqual(left, right)
}
