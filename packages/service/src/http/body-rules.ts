import type { IncomingMessage } from 'node:http'
import { HubError } from '@docaxis/errors'
import type { FastifyInstance } from 'fastify'

/** Whether a request announces a body (RFC 9112 section 6). */
export function announcesBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

/**
 * Takes bodies as they are: what is compressed could grow beyond every limit, and the sender's signature covers the
 * bytes that are not.
 */
export function refuseCodedBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers }, reply) => {
    const transfer = headers['transfer-encoding']
    if (transfer !== undefined && transfer.toLowerCase() !== 'chunked') {
      reply.header('connection', 'close')
      throw new HubError('REQUEST_INVALID', 'of the transfer codings only chunked is taken')
    }
    const content = headers['content-encoding']
    if (content !== undefined && content.toLowerCase() !== 'identity') {
      // RFC 9110 section 15.5.16: names what would be taken.
      reply.header('accept-encoding', 'identity')
      throw new HubError('UNSUPPORTED_MEDIA_TYPE', 'send the body without Content-Encoding')
    }
  })
}
