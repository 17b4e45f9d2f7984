import { Readable } from 'node:stream'
import { HubError } from '@docaxis/errors'
import { findUpload, removeUpload } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { acceptBody } from '../intake/accept-document.ts'
import { notFound } from '../problems.ts'
import { acceptanceAnswer, acceptanceBody } from '../routes/document-answers.ts'
import { observed } from '../routes/intake-log.ts'
import { finding, hubId, idParams, problems } from '../routes/schemas.ts'
import { continueUpload, type UploadDeps, type UploadStep } from './continue-upload.ts'
import { inUse } from './held-lease.ts'
import { openUpload } from './open-upload.ts'
import { refusedBefore } from './refused-upload.ts'
import { checksumAlgorithms, parseChecksum, partType, tusExtensions, tusVersion } from './tus-headers.ts'
import type { Part } from './write-part.ts'

const creationHeaders = Type.Object({
  'upload-length': Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'Bytes of the whole envelope' }),
  'upload-metadata': Type.Optional(Type.String({ maxLength: 60_000, description: 'key base64,key base64' })),
})

const partHeaders = Type.Object({
  'upload-offset': Type.String({
    pattern: '^(0|[1-9][0-9]{0,14})$',
    description: 'Where this part begins: what HEAD answered',
  }),
  'upload-checksum': Type.Optional(Type.String({ description: `Algorithm and Base64; ${checksumAlgorithms}` })),
})

const openedAnswer = Type.Object({ id: hubId, warnings: Type.Array(finding) })

const empty = Type.Null({ description: 'What it says is in its headers' })

/** Large envelopes in parts, by the tus protocol 1.0.0; the last part is answered as `POST /documents` is. */
export const uploadRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database, blobs, settings } = gateway
  app.addContentTypeParser(partType, async (_request: FastifyRequest, payload: Readable) => payload)
  app.addHook('onRequest', requireTus)

  app.options(
    '/uploads',
    {
      schema: {
        operationId: 'describeUploads',
        summary: 'What the hub knows of tus, and the largest envelope it takes',
        tags: ['documents'],
        response: { 204: empty, ...problems },
      },
    },
    async (_request, reply) =>
      reply
        .code(204)
        .header('tus-version', tusVersion)
        .header('tus-extension', tusExtensions)
        .header('tus-max-size', settings.maxEnvelopeBytes)
        .header('tus-checksum-algorithm', checksumAlgorithms)
        .send(null),
  )

  app.post(
    '/uploads',
    {
      schema: {
        operationId: 'openUpload',
        summary: 'Open an upload of a known size, before a byte of it is sent',
        description:
          'Upload-Metadata may name `receivers`, codes with commas between: what they have against a packet of this size ' +
          'is told here, as intake would.',
        tags: ['documents'],
        headers: creationHeaders,
        response: { 201: openedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const metadata = request.headers['upload-metadata']
      const sizeBytes = Number(request.headers['upload-length'])
      const wish = { sizeBytes, ...(metadata && { metadata }) }
      const { upload, warnings } = await openUpload(gateway, callerOf(request), wish)
      request.logged.uploadId = upload.id
      return reply
        .code(201)
        .header('location', `/api/v1/uploads/${upload.id}`)
        .header('upload-offset', 0)
        .header('upload-expires', upload.expiresAt.toUTCString())
        .send({ id: upload.id, warnings: [...warnings] })
    },
  )

  app.head('/uploads/:id', { schema: { params: idParams } }, async (request, reply) => {
    const upload = await findUpload(database, callerOf(request).systemId, request.params.id)
    if (!upload) throw notFound()
    if (upload.state === 'refused') throw refusedBefore(upload)
    // Its offset moves. Whoever goes on learns so before it sends a part for nothing.
    if (upload.leasedForSeconds > 0) throw inUse(upload.leasedForSeconds)
    if (upload.metadata !== null) reply.header('upload-metadata', upload.metadata)
    return reply
      .header('cache-control', 'no-store')
      .header('upload-offset', upload.offsetBytes)
      .header('upload-length', upload.sizeBytes)
      .header('upload-expires', upload.expiresAt.toUTCString())
      .send()
  })

  const takePart = async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
    request.logged.uploadId = request.params.id
    const deps = uploadDeps(gateway, request)
    return sendStep(reply, await continueUpload(deps, callerOf(request), request.params.id, partOf(request)))
  }

  // tus 1.0.0, X-HTTP-Method-Override: for clients that cannot say PATCH, such as the JDK's of Java 8.
  app.post(
    '/uploads/:id',
    {
      schema: {
        hide: true,
        params: idParams,
        headers: Type.Object({ ...partHeaders.properties, 'x-http-method-override': Type.Literal('PATCH') }),
      },
    },
    takePart,
  )

  app.patch(
    '/uploads/:id',
    {
      schema: {
        operationId: 'continueUpload',
        summary: 'Send the next part of an upload; the last one sends the document',
        description:
          'Answers 204 with `Upload-Offset` until the envelope is whole, then what `POST /documents` answers to it. ' +
          'An empty part at the end of a finished upload gets that answer again. A client that cannot say PATCH says POST with ' +
          '`X-HTTP-Method-Override: PATCH`.',
        tags: ['documents'],
        consumes: [partType],
        params: idParams,
        headers: partHeaders,
        response: { 200: acceptanceAnswer, 202: acceptanceAnswer, 204: empty, ...problems },
      },
    },
    takePart,
  )

  app.delete(
    '/uploads/:id',
    {
      schema: {
        operationId: 'giveUpUpload',
        summary: 'Give an upload up; a document that it became stays',
        tags: ['documents'],
        params: idParams,
        response: { 204: empty, ...problems },
      },
    },
    async (request, reply) => {
      const { systemId } = callerOf(request)
      const { id } = request.params
      if (!(await removeUpload(database, systemId, id)))
        throw (await findUpload(database, systemId, id)) ? inUse() : notFound()
      await blobs.uploads.remove(id)
      return reply.code(204).send(null)
    },
  )
}

/** tus 1.0.0, Tus-Resumable: in every answer, and in every request but OPTIONS. */
async function requireTus(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('tus-resumable', tusVersion)
  const spoken = request.headers['tus-resumable']
  if (request.method === 'OPTIONS' || spoken === tusVersion) return
  reply.header('tus-version', tusVersion)
  throw new HubError('UPLOAD_VERSION', `the request says ${spoken ?? 'no version'}, the hub speaks ${tusVersion}`)
}

function uploadDeps(gateway: Gateway, request: FastifyRequest): UploadDeps {
  const { accept, metrics, settings } = gateway
  const told = { traceparent: request.trace.traceparent }
  return {
    ...accept,
    accept: body => observed(request, metrics, () => acceptBody(accept, callerOf(request), body, told)),
    lifetimeSeconds: settings.uploadHours * 3_600,
  }
}

function partOf({ headers, body }: FastifyRequest): Part {
  const declared = headers['content-length']
  const checksum = headers['upload-checksum']
  // A client may break off while nobody reads; without a listener that would end the process.
  if (body instanceof Readable) body.on('error', () => undefined)
  else if (body !== undefined && body !== null)
    throw new HubError('UNSUPPORTED_MEDIA_TYPE', `send a part as ${partType}`)
  return {
    offsetBytes: Number(headers['upload-offset']),
    body: body instanceof Readable ? body : Readable.from([]),
    ...(declared !== undefined && { declaredBytes: Number(declared) }),
    ...(typeof checksum === 'string' && { checksum: parseChecksum(checksum) }),
  }
}

function sendStep(reply: FastifyReply, step: UploadStep): FastifyReply {
  if (step.is === 'part') {
    reply.header('upload-offset', step.offsetBytes).header('upload-expires', step.expiresAt.toUTCString())
    return reply.code(204).send(null)
  }
  const { acceptance, repeated } = step.accepted
  reply.header('upload-offset', step.sizeBytes).header('location', `/api/v1/documents/${acceptance.id}`)
  return reply.code(repeated ? 200 : 202).send(acceptanceBody(acceptance))
}
