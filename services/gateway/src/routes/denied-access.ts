import { recordAudit, type Sql } from '@docaxis/store'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { type Caller, callerDecorator } from '../caller.ts'

/**
 * Writes an audit row when an authenticated system asks for what is not its own, or for what it may not do. Unknown and
 * foreign objects are answered alike and written alike; the row comes after the answer, so its time tells nothing.
 */
export const deniedAccess = fp<{ readonly sql: Sql }>(
  async (app, { sql }) => {
    app.addHook('onResponse', async (request, reply) => {
      const outcome = outcomes[reply.statusCode]
      const caller = request.getDecorator<Caller | null>(callerDecorator)
      if (!outcome || !caller) return
      await recordAudit(sql, {
        actor: `system:${caller.systemId}`,
        action: 'access.deny',
        ...objectOf(request),
        outcome,
        details: { method: request.method, route: request.routeOptions.url },
      })
    })
  },
  { name: 'docaxis-denied-access', dependencies: ['docaxis-callers'] },
)

const outcomes: Readonly<Record<number, string | undefined>> = { 403: 'forbidden', 404: 'not-found' }

/** An id as it could be ours; anything else in its place is not repeated in the log. */
function objectOf(request: FastifyRequest): { readonly object?: string } {
  const { id } = (request.params ?? {}) as { readonly id?: string }
  return id !== undefined && /^[\w.#-]{1,64}$/.test(id) ? { object: id } : {}
}
