import {
  type AnchorListing,
  addAnchor,
  confirmRequest,
  dropAnchor,
  listAllAnchors,
  readCertificate,
} from '@docaxis/service'
import { anchorPurposes, decideTrustRequest, listTrustRequests, type TrustRequest } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { callerOf } from '../../caller.ts'
import type { Gateway } from '../../gateway.ts'
import { iso } from '../../routes/document-answers.ts'
import { idParams, nullableText, nullableTime, problems, sha256, time } from '../../routes/schemas.ts'
import { audited } from '../audited.ts'
import { encodedCertificate } from './encoded-certificate.ts'

const purpose = Type.Union(anchorPurposes.map(word => Type.Literal(word)))
const names = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), {
  maxItems: 100,
  description: 'Name limits: dn:C=VN, dns:gov.vn, mail:gov.vn, uri:.gov.vn, ip:10.0.0.0/8',
})

const anchorWish = Type.Object(
  {
    certificate: encodedCertificate,
    purposes: Type.Array(purpose, { minItems: 1, maxItems: 5 }),
    validFrom: Type.Optional(time),
    validTo: Type.Optional(time),
    permittedNames: Type.Optional(names),
    excludedNames: Type.Optional(names),
  },
  { additionalProperties: false },
)

const anchorAnswer = Type.Object({
  sha256,
  subject: Type.String(),
  notAfter: time,
  purposes: Type.Array(Type.String()),
  validFrom: nullableTime,
  validTo: nullableTime,
  permittedNames: Type.Array(Type.String()),
  excludedNames: Type.Array(Type.String()),
  source: Type.String({ description: 'import, configuration or demo' }),
})

const requestAnswer = Type.Object({
  id: Type.String(),
  action: Type.String(),
  object: sha256,
  askedBy: Type.String(),
  askedAt: time,
  decision: nullableText,
  decidedBy: nullableText,
  decidedAt: nullableTime,
})

const outcome = {
  200: Type.Object({ sha256 }),
  202: Type.Object({ request: requestAnswer }, { description: 'Waits for a second operator' }),
  ...problems,
}

/** Trust anchors, and what waits for a second operator (V25). */
export const anchorRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/admin/trust/anchors',
    {
      schema: {
        operationId: 'listAnchors',
        summary: 'Trust anchors in force: imported, configured, and the demo’s',
        tags: ['trust'],
        response: { 200: Type.Object({ items: Type.Array(anchorAnswer) }), ...problems },
      },
    },
    async () => ({ items: (await listAllAnchors(gateway)).map(anchorBody) }),
  )

  app.post(
    '/admin/trust/anchors',
    {
      schema: {
        operationId: 'addAnchor',
        summary: 'Trust an authority for the purposes named, within limits',
        description: 'Under `DOCAXIS_ANCHOR_OPERATORS=two` it waits until another operator confirms it.',
        tags: ['trust'],
        body: anchorWish,
        response: outcome,
      },
    },
    async (request, reply) => {
      const { systemId } = callerOf(request)
      const { certificate, ...details } = request.body
      const { sha256: object } = readCertificate(certificate)
      const action = { action: actionOf(gateway, 'anchor.add'), object, details }
      const done = await audited(gateway, request, action, tx => addAnchor(gateway, tx, request.body, systemId))
      gateway.trust.changed()
      return done.done
        ? reply.code(200).send({ sha256: done.sha256 })
        : reply.code(202).send({ request: requestBody(done.request) })
    },
  )

  app.delete(
    '/admin/trust/anchors/:sha256',
    {
      schema: {
        operationId: 'retireAnchor',
        summary: 'Trust an imported anchor no longer',
        tags: ['trust'],
        params: Type.Object({ sha256 }),
        response: outcome,
      },
    },
    async (request, reply) => {
      const { systemId } = callerOf(request)
      const object = request.params.sha256
      const action = { action: actionOf(gateway, 'anchor.retire'), object }
      const done = await audited(gateway, request, action, tx => dropAnchor(gateway, tx, object, systemId))
      gateway.trust.changed()
      return done.done
        ? reply.code(200).send({ sha256: done.sha256 })
        : reply.code(202).send({ request: requestBody(done.request) })
    },
  )

  app.get(
    '/admin/trust/requests',
    {
      schema: {
        operationId: 'listTrustRequests',
        summary: 'What waits for a second operator, newest first',
        tags: ['trust'],
        querystring: Type.Object({ decided: Type.Optional(Type.Boolean()) }),
        response: { 200: Type.Object({ items: Type.Array(requestAnswer) }), ...problems },
      },
    },
    async request => ({ items: (await listTrustRequests(gateway.database, request.query)).map(requestBody) }),
  )

  for (const [verb, decision] of [
    ['confirm', 'confirmed'],
    ['reject', 'rejected'],
  ] as const) {
    app.post(
      `/admin/trust/requests/:id/${verb}`,
      {
        schema: {
          operationId: `${verb}TrustRequest`,
          summary:
            verb === 'confirm' ? 'Do what another operator asked for; never one’s own' : 'Decline it, or take it back',
          tags: ['trust'],
          params: idParams,
          response: { 200: requestAnswer, ...problems },
        },
      },
      async request => {
        const { id } = request.params
        const { systemId: decidedBy } = callerOf(request)
        const decided = await audited(gateway, request, { action: `trust-request.${verb}`, object: id }, tx =>
          decision === 'confirmed'
            ? confirmRequest(gateway, tx, id, { decidedBy, actor: `system:${decidedBy}` })
            : decideTrustRequest(tx, id, { decision, decidedBy }),
        )
        gateway.trust.changed()
        return requestBody(decided)
      },
    )
  }
}

/** The audit log tells what was done from what was asked for. */
function actionOf({ settings }: Gateway, action: string): string {
  return settings.anchorOperators === 'two' ? `${action}.ask` : action
}

function anchorBody({ notAfter, validFrom, validTo, ...same }: AnchorListing): Static<typeof anchorAnswer> {
  const { purposes, permittedNames, excludedNames } = same
  return {
    ...same,
    notAfter: notAfter.toISOString(),
    purposes: [...purposes],
    validFrom: iso(validFrom),
    validTo: iso(validTo),
    permittedNames: [...permittedNames],
    excludedNames: [...excludedNames],
  }
}

function requestBody(request: TrustRequest): Static<typeof requestAnswer> {
  const { id, action, object, askedBy, askedAt, decision = null, decidedBy = null, decidedAt } = request
  return { id, action, object, askedBy, askedAt: askedAt.toISOString(), decision, decidedBy, decidedAt: iso(decidedAt) }
}
