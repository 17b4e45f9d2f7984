import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import { deadlinePage, pageOfDeadlines, pageQuery } from '../deadlines/deadline-page.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { agencyCode, problems } from './schemas.ts'

/** What the calling system's agencies owe, or are owed: directives tracked to their end. */
export const deadlineRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/deadlines',
    {
      schema: {
        operationId: 'listDeadlines',
        summary: 'Deadlines that have passed, or come near, the earliest first',
        description:
          'As `receiver`: what the caller’s agencies owe. As `sender`: what is owed to them; with `kind=finish`, who has ' +
          'not finished what they were told to, and how late.',
        tags: ['deadlines'],
        querystring: Type.Object({
          role: Type.Optional(Type.Union([Type.Literal('receiver'), Type.Literal('sender')], { default: 'receiver' })),
          agency: Type.Optional(agencyCode),
          ...pageQuery,
        }),
        response: { 200: deadlinePage, ...problems },
      },
    },
    async request => {
      const { role = 'receiver', agency, ...query } = request.query
      const { agencies } = callerOf(request)
      // An unknown agency and somebody else's are told apart by nobody.
      if (agency !== undefined && !agencies.includes(agency)) throw notFound()
      const own = agency === undefined ? agencies : [agency]
      return pageOfDeadlines(gateway.database, query, role === 'receiver' ? { receivers: own } : { senders: own })
    },
  )
}
