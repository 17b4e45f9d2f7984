import { placedReceipts, receiptXml } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { getPlaced, notFound, viewDocument } from './view-document.ts'

const hubId = Type.String({ pattern: '^[0-9a-f]{24}$' })

/** One document, and the evidence about it. */
export const documentViewRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: everyRole }

  app.get('/documents/:id', { config, schema: { params: Type.Object({ id: hubId }) } }, async request =>
    viewDocument(database, request.person, request.params.id),
  )

  const params = Type.Object({ id: hubId, receipt: hubId })
  app.get('/documents/:id/receipts/:receipt', { config, schema: { params } }, async (request, reply) => {
    const { id, receipt } = request.params
    const { receivers } = await getPlaced(database, request.person, id)
    const known = await placedReceipts(database, id, receivers)
    const xml = known.some(candidate => candidate.id === receipt) ? await receiptXml(database, receipt) : undefined
    if (!xml) throw notFound()
    return reply
      .type('application/xml')
      .headers({
        'content-disposition': `attachment; filename="${receipt}.xml"`,
        'x-content-type-options': 'nosniff',
      })
      .send(xml)
  })
}
