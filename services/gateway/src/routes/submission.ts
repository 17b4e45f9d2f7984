import { Readable } from 'node:stream'
import { HubError } from '@docaxis/errors'
import type { FastifyRequest } from 'fastify'
import type { Submission } from '../intake/accept-document.ts'

/**
 * The body of a request as a stream, not yet read.
 *
 * @throws HubError `UNSUPPORTED_MEDIA_TYPE`: there is no XML body, or it is said not to be UTF-8
 */
export function submissionOf(request: FastifyRequest): Submission {
  const submission = streamOf(request, 'send the edXML file as application/xml')
  requireUtf8(request.headers['content-type'])
  return submission
}

/**
 * The same, of any kind of file.
 *
 * @throws HubError `UNSUPPORTED_MEDIA_TYPE` with this hint: there is no body, or none of a kind the route takes
 */
export function streamOf(request: FastifyRequest, hint: string): Submission {
  const { body } = request
  if (!(body instanceof Readable)) throw new HubError('UNSUPPORTED_MEDIA_TYPE', hint)
  const declared = request.headers['content-length']
  return {
    body,
    ...(declared !== undefined && { declaredBytes: Number(declared) }),
    traceparent: request.trace.traceparent,
  }
}

/** RFC 7303: a charset on the media type stands over what the file itself declares. */
function requireUtf8(contentType = ''): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1]
  if (charset === undefined || /^utf-?8$/i.test(charset)) return
  throw new HubError('UNSUPPORTED_MEDIA_TYPE', 'edXML is UTF-8; send it without another charset')
}
