import { HubError } from '@docaxis/errors'
import { importCrl } from '@docaxis/service'
import { listCrls } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Gateway } from '../../gateway.ts'
import { iso } from '../../routes/document-answers.ts'
import { nullableText, nullableTime, problems, sha256, time } from '../../routes/schemas.ts'
import { audited } from '../audited.ts'

const maxCrlBytes = 64 * 1024 * 1024

const crlAnswer = Type.Object({
  sha256,
  issuer: Type.String(),
  number: nullableText,
  delta: Type.Boolean(),
  /** Of one distribution point or kind of certificates only. */
  partial: Type.Boolean(),
  thisUpdate: time,
  nextUpdate: nullableTime,
  importedAt: time,
})

/** Revocation lists; for operators. */
export const crlRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.addContentTypeParser(
    ['application/pkix-crl', 'application/x-pem-file', 'application/octet-stream'],
    { parseAs: 'buffer', bodyLimit: maxCrlBytes },
    async (_request: unknown, body: Buffer) => body,
  )

  app.get(
    '/admin/crls',
    {
      schema: {
        operationId: 'listCrls',
        summary: 'Revocation lists held, the newest of each issuer and scope',
        tags: ['trust'],
        response: { 200: Type.Object({ items: Type.Array(crlAnswer) }), ...problems },
      },
    },
    async () => ({
      items: (await listCrls(gateway.database)).map(({ issuerKey: _, scope, number = null, ...list }) => ({
        ...list,
        number,
        partial: scope !== '',
        thisUpdate: list.thisUpdate.toISOString(),
        nextUpdate: iso(list.nextUpdate),
        importedAt: list.importedAt.toISOString(),
      })),
    }),
  )

  app.post(
    '/admin/crls',
    {
      bodyLimit: maxCrlBytes,
      schema: {
        operationId: 'importCrl',
        summary: 'Import a revocation list (DER or PEM) that a known authority signed',
        tags: ['administration'],
        consumes: ['application/pkix-crl', 'application/x-pem-file', 'application/octet-stream'],
        response: {
          200: Type.Object({ sha256, issuer: Type.String(), entries: Type.Integer(), kept: Type.Boolean() }),
          ...problems,
        },
      },
    },
    async request => {
      const { body } = request
      if (!Buffer.isBuffer(body)) throw new HubError('UNSUPPORTED_MEDIA_TYPE', 'send the list as application/pkix-crl')
      const trust = await gateway.trust.current()
      const { crl, kept } = await audited(gateway, request, { action: 'crl.import' }, tx => importCrl(tx, trust, body))
      gateway.trust.changed()
      return { sha256: crl.sha256, issuer: crl.issuer.text, entries: crl.size, kept }
    },
  )
}
