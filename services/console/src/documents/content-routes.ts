import { createReadStream } from 'node:fs'
import { createDocumentFinder } from '@docaxis/attachments'
import type { DocumentEnvelope } from '@docaxis/edxml'
import { HubError } from '@docaxis/errors'
import { checksOfDocument } from '@docaxis/store'
import { profileOf } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { attachmentViews } from './attachment-views.ts'
import { getReadable, notFound } from './view-document.ts'

/**
 * What an attachment may do in a browser: nothing but be drawn by the browser's own reader, inside a frame of our page.
 * The reader needs its styles; scripts, other hosts and forms stay out whatever the file holds.
 */
const contentSecurity = [
  "default-src 'none'",
  "object-src 'self'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

/** Attachments, for whoever may read the content; to everybody else they do not exist. What is infected goes to nobody. */
export const documentContentRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, blobs } = console
  const finder = createDocumentFinder(blobs)
  app.addHook('onClose', () => finder.close())

  const schema = {
    params: Type.Object({
      id: Type.String({ pattern: '^[0-9a-f]{24}$' }),
      position: Type.String({ pattern: '^\\d{1,4}$' }),
    }),
    querystring: Type.Object({ view: Type.Optional(Type.Literal('frame')) }),
  }
  app.get('/documents/:id/attachments/:position', { config: { may: everyRole }, schema }, async (request, reply) => {
    const { params, query, person } = request
    const document = await getReadable(database, person, params.id)
    const position = Number(params.position)
    const { attachments = [] } = document.envelope as Partial<DocumentEnvelope>
    const attachment = attachments[position]
    if (!attachment) throw notFound()
    const views = attachmentViews(attachments, await checksOfDocument(database, document.id), false)
    if (views[position]?.malware === 'infected')
      throw new HubError('MALWARE_FOUND', 'the file holds malware and is not given out')
    const { sha256, sizeBytes, acceptedAt } = document
    const profile = await profileOf(database, document.id)
    const file = await finder.find({
      sha256: attachment.content.sha256,
      envelope: { sha256, sizeBytes, profile, acceptedAt },
    })
    const isPdf = attachment.sniffedType === 'application/pdf'
    const inFrame = isPdf && query.view === 'frame'
    return reply
      .headers({
        'content-type': isPdf ? 'application/pdf' : 'application/octet-stream',
        'content-disposition': inFrame ? 'inline' : dispositionOf(attachment.name),
        'content-security-policy': contentSecurity,
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      })
      .send('bytes' in file ? Buffer.from(file.bytes) : createReadStream(file.path))
  })
}

/** A name from the packet goes out as RFC 8187 writes it: nothing in it can end the header. */
function dispositionOf(name: string): string {
  const plain = name.replace(/[\p{C}\p{Zl}\p{Zp}"\\/]/gu, '_').slice(0, 200)
  const encoded = encodeURIComponent(plain.toWellFormed()).replace(
    /['()*]/g,
    letter => `%${letter.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename*=UTF-8''${encoded}`
}
