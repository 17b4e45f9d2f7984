import { Readable } from 'node:stream'
import { HubError } from '@docaxis/errors'
import type { FastifyRequest } from 'fastify'
import type { Submission } from '../intake/accept-document.ts'

/**
 * The body of a request as a stream, not yet read.
 *
 * @throws HubError `UNSUPPORTED_MEDIA_TYPE`: there is no XML body
 */
export function submissionOf(request: FastifyRequest): Submission {
  const { body } = request
  if (!(body instanceof Readable)) {
    throw new HubError('UNSUPPORTED_MEDIA_TYPE', 'send the edXML file as application/xml')
  }
  const declared = request.headers['content-length']
  return {
    body,
    ...(declared !== undefined && { declaredBytes: Number(declared) }),
    traceparent: request.trace.traceparent,
  }
}
