import { HubError, helpTopic, helpTopics } from '@docaxis/errors'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'

const cached = 'public, max-age=3600'

/** What each code means and what to do: for everybody, since those who need it most are often not signed in. */
export const helpRoutes: FastifyPluginAsyncTypebox = async app => {
  const config = { may: 'anybody' as const }

  app.get('/help', { config }, async (_request, reply) => {
    reply.header('cache-control', cached)
    return { items: helpTopics }
  })

  const params = Type.Object({ code: Type.String({ maxLength: 150 }) })
  app.get('/help/:code', { config, schema: { params } }, async (request, reply) => {
    const topic = helpTopic(request.params.code)
    if (!topic) throw new HubError('NOT_FOUND', 'there is no such code')
    reply.header('cache-control', cached)
    return topic
  })
}
