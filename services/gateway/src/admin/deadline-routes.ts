import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { deadlinePage, pageOfDeadlines, pageQuery } from '../deadlines/deadline-page.ts'
import type { Gateway } from '../gateway.ts'
import { agencyCode, problems } from '../routes/schemas.ts'

/** Who is late, over all agencies: ids and states, nothing of anybody's documents. */
export const adminDeadlineRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/admin/deadlines',
    {
      schema: {
        operationId: 'listAllDeadlines',
        summary: 'Deadlines of all agencies that have passed, or come near, the earliest first',
        tags: ['administration'],
        querystring: Type.Object({
          receiver: Type.Optional(agencyCode),
          sender: Type.Optional(agencyCode),
          ...pageQuery,
        }),
        response: { 200: deadlinePage, ...problems },
      },
    },
    async request => {
      const { receiver, sender, ...query } = request.query
      const page = await pageOfDeadlines(gateway.database, query, {
        ...(receiver !== undefined && { receivers: [receiver] }),
        ...(sender !== undefined && { senders: [sender] }),
      })
      return { ...page, items: page.items.map(item => ({ ...item, subject: null })) }
    },
  )
}
