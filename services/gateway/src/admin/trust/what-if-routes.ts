import { whatIfRevoked } from '@docaxis/service'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Gateway } from '../../gateway.ts'
import { problems, sha256 } from '../../routes/schemas.ts'

const whatIfAnswer = Type.Object({
  authority: Type.Object({ sha256, subject: Type.String() }),
  agencies: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      stops: Type.Boolean({ description: 'It would have no other seal left' }),
      certificates: Type.Array(sha256),
      sealsFor: Type.Array(Type.String()),
      documents: Type.Integer({ description: 'Accepted from it and from those it seals for, in the last 30 days' }),
    }),
  ),
})

/** "What if this authority were revoked now: whose traffic stops?" */
export const whatIfRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/admin/trust/what-if',
    {
      schema: {
        operationId: 'whatIfRevoked',
        summary: 'Agencies whose seals lead to an anchor through this authority alone, and how much they send',
        tags: ['trust'],
        querystring: Type.Object({ ca: sha256 }),
        response: { 200: whatIfAnswer, ...problems },
      },
    },
    async request => {
      const { authority, agencies } = await whatIfRevoked(
        gateway.database,
        await gateway.trust.current(),
        request.query.ca,
        gateway.now(),
      )
      return {
        authority: { sha256: authority.sha256, subject: authority.subject.text },
        agencies: agencies.map(agency => ({
          ...agency,
          certificates: [...agency.certificates],
          sealsFor: [...agency.sealsFor],
        })),
      }
    },
  )
}
