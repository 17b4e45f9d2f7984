import { Readable } from 'node:stream'
import { HubError } from '@docaxis/errors'
import type { FastifyInstance } from 'fastify'

/**
 * Refuses U+0000 anywhere in a path, a query or a JSON body: no name or id has it, PostgreSQL cannot store it, and
 * programs written in C read up to it only. Runs before the route's schema.
 */
export function refuseNulCharacters(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ params, query, body }) => {
    const parsed = isBytes(body) ? [params, query] : [params, query, body]
    if (!parsed.some(holdsNul)) return
    throw new HubError('REQUEST_INVALID', 'the request holds the character U+0000, which no field takes')
  })
}

/** Envelopes, lists and imports are looked into by whoever reads them. */
function isBytes(body: unknown): boolean {
  return body instanceof Readable || body instanceof Uint8Array
}

/** Not recursive: a body may be nested deeper than the stack is. */
function holdsNul(value: unknown): boolean {
  const waiting = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string' && next.includes('\0')) return true
    if (typeof next === 'object' && next !== null) for (const held of Object.values(next)) waiting.push(held)
  }
  return false
}
