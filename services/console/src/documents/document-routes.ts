import { printStoredReceipt } from '@docaxis/service'
import { isInternal, placedReceipts, receiptXml } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { getPlaced, notFound, viewDocument } from './view-document.ts'

const hubId = Type.String({ pattern: '^[0-9a-f]{24}$' })

/** One document, and the evidence about it. */
export const documentViewRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, printer } = console
  const config = { may: everyRole }

  app.get('/documents/:id', { config, schema: { params: Type.Object({ id: hubId }) } }, async request =>
    viewDocument(database, request.person, request.params.id),
  )

  const params = Type.Object({ id: hubId, receipt: hubId })
  const querystring = Type.Object({ format: Type.Optional(Type.Union([Type.Literal('xml'), Type.Literal('pdf')])) })
  app.get('/documents/:id/receipts/:receipt', { config, schema: { params, querystring } }, async (request, reply) => {
    const { id, receipt } = request.params
    const { format = 'xml' } = request.query
    const { everything } = request.person.scope
    const { receivers } = await getPlaced(database, request.person, id)
    const known = await placedReceipts(database, id, receivers)
    const xml = known.some(candidate => candidate.id === receipt) ? await receiptXml(database, receipt) : undefined
    if (!xml) throw notFound()
    const printing = { sql: database, printer, publicUrl: console.config.publicUrl }
    // As on the page: what circulates inside is hidden from the staff of the hub.
    const printed = () => printStoredReceipt(printing, { id: receipt, xml }, sphere => everything && isInternal(sphere))
    return reply
      .type(`application/${format}`)
      .headers({
        'content-disposition': `attachment; filename="${receipt}.${format}"`,
        'x-content-type-options': 'nosniff',
      })
      .send(format === 'pdf' ? await printed() : xml)
  })
}
