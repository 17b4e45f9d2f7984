import { listFilters, removeFilter, saveFilter } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { documentRows } from './document-rows.ts'
import { questionOf, questionQuery } from './question.ts'
import { notFound } from './view-document.ts'

const hubId = Type.String({ pattern: '^[0-9a-f]{24}$' })
const perPage = 50

/** The list of documents, and the questions that people keep. */
export const documentListRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: everyRole }
  // Concerns nobody but the caller.
  const own = { may: everyRole, audited: false }

  const querystring = Type.Object({ ...questionQuery, after: Type.Optional(hubId) })
  app.get('/documents', { config, schema: { querystring } }, async request => {
    const { after, ...query } = request.query
    return documentRows(database, request.person, questionOf(query), { limit: perPage, ...(after && { after }) })
  })

  app.get('/document-filters', { config: own }, async request => ({
    items: await listFilters(database, request.person.accountId),
  }))

  const filter = Type.Object({
    name: Type.String({ minLength: 1, maxLength: 100 }),
    query: Type.String({ maxLength: 2000 }),
  })
  app.post('/document-filters', { config: own, schema: { body: filter } }, async (request, reply) =>
    reply.code(201).send(await saveFilter(database, request.person.accountId, request.body)),
  )

  const params = Type.Object({ id: hubId })
  app.delete('/document-filters/:id', { config: own, schema: { params } }, async (request, reply) => {
    if (!(await removeFilter(database, request.person.accountId, request.params.id))) throw notFound()
    return reply.code(204).send()
  })
}
