import { writePem } from '@docaxis/pki'
import { type HubCertificateRow, listHubCertificates } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import { nullableTime, problems, sha256, time } from './schemas.ts'

const hubCertificate = Type.Object({
  sha256,
  subject: Type.String(),
  notBefore: time,
  notAfter: time,
  from: Type.Unsafe<string>({ ...time, description: 'It signs from here on; may lie ahead' }),
  until: Type.Unsafe<string | null>({
    ...nullableTime,
    description: 'Another signs from here on; null: none is known',
  }),
  pem: Type.String(),
})

/** What receipts verify against, those of earlier years too. Public: whoever holds a receipt may check it. */
export const hubCertificateRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/hub/certificates',
    {
      config: { public: true },
      schema: {
        operationId: 'listHubCertificates',
        summary: 'Every certificate that signed receipts, signs them, or will; newest first',
        description: 'No authentication.',
        tags: ['receipts'],
        security: [],
        response: { 200: Type.Object({ items: Type.Array(hubCertificate) }), ...problems },
      },
    },
    async () => ({ items: (await listHubCertificates(gateway.database)).map(bodyOf) }),
  )
}

function bodyOf(row: HubCertificateRow): Static<typeof hubCertificate> {
  const { sha256, subject, notBefore, notAfter, signsFrom, signsUntil, der } = row
  return {
    sha256,
    subject,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    from: signsFrom.toISOString(),
    until: signsUntil?.toISOString() ?? null,
    pem: writePem(der, 'CERTIFICATE'),
  }
}
