import { listAudit } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Console } from '../console.ts'

const text = Type.String({ minLength: 1, maxLength: 200 })
const day = Type.String({ format: 'date' })
const dayMs = 86_400_000
const perPage = 50

const question = Type.Object({
  actor: Type.Optional(text),
  action: Type.Optional(text),
  object: Type.Optional(text),
  from: Type.Optional(day),
  to: Type.Optional(day),
  before: Type.Optional(Type.String({ pattern: '^\\d{1,18}(\\.\\d{1,9})?$' })),
})

/** Who did what, in the console and through the interface for systems. */
export const auditRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const config = { may: ['auditor', 'administrator'] as const }

  app.get('/audit', { config, schema: { querystring: question } }, async request => {
    const { from, to, ...same } = request.query
    const items = await listAudit(console.database, {
      ...same,
      scope: request.person.scope,
      ...(from && { from: midnight(from) }),
      ...(to && { to: new Date(midnight(to).getTime() + dayMs) }),
      limit: perPage,
    })
    return { items, next: items.length === perPage ? items.at(-1)?.id : undefined }
  })
}

/** Days are those of Vietnam, wherever the server stands. */
function midnight(of: string): Date {
  return new Date(`${of}T00:00:00+07:00`)
}
