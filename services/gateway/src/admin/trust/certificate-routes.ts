import { HubError } from '@docaxis/errors'
import { holdCertificate, listExpiring, readCertificate } from '@docaxis/service'
import {
  type CertificateBinding,
  listCertificates,
  recordRevocations,
  resumeCertificate,
  revokeCertificate,
  suspendCertificate,
  type Tx,
  unbindCertificate,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Gateway } from '../../gateway.ts'
import { notFound } from '../../problems.ts'
import { iso } from '../../routes/document-answers.ts'
import { agencyCode, nullableText, nullableTime, problems, sha256, time } from '../../routes/schemas.ts'
import { audited } from '../audited.ts'
import { encodedCertificate } from './encoded-certificate.ts'

const reasonText = Type.String({ minLength: 1, maxLength: 500 })
const revocationReason = Type.Union(
  (
    [
      'unspecified',
      'keyCompromise',
      'affiliationChanged',
      'superseded',
      'cessationOfOperation',
      'privilegeWithdrawn',
    ] as const
  ).map(word => Type.Literal(word)),
  { description: 'CRLReason of RFC 5280; keyCompromise taints all it ever sealed' },
)

/** What stands in a certificate that ends soon; the rest is known of those that agencies hold. */
const certificateAnswer = Type.Object({
  sha256,
  kind: Type.String({ description: 'seal, official; in the list of ends also authority, anchor, hub' }),
  subject: Type.String(),
  notAfter: time,
  agency: nullableText,
  issuer: Type.Optional(Type.String()),
  serial: Type.Optional(Type.String()),
  notBefore: Type.Optional(time),
  person: Type.Optional(nullableText),
  position: Type.Optional(nullableText),
  boundAt: Type.Optional(time),
  endsAt: Type.Optional(nullableTime),
  unboundAt: Type.Optional(nullableTime),
  suspended: Type.Optional(Type.Union([Type.Object({ at: time, reason: Type.String() }), Type.Null()])),
  revoked: Type.Optional(Type.Union([Type.Object({ from: time, reason: Type.String() }), Type.Null()])),
})

const bindWish = Type.Object(
  {
    agency: agencyCode,
    certificate: encodedCertificate,
    official: Type.Optional(
      Type.Object(
        {
          person: Type.String({ minLength: 1, maxLength: 200 }),
          position: Type.Optional(Type.String({ maxLength: 200 })),
        },
        { additionalProperties: false, description: 'The official that signs with it; absent: it is a seal' },
      ),
    ),
    othersEndAt: Type.Optional({
      ...time,
      description: 'Rotation: the holder’s other certificates of the same kind count beside it until then',
    }),
  },
  { additionalProperties: false },
)

const params = Type.Object({ sha256 })
const changed = { 204: Type.Null(), ...problems }

/** Certificates of agencies and officials from registration to the end; for operators. */
export const certificateRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/admin/certificates',
    {
      schema: {
        operationId: 'listCertificates',
        summary: 'Certificates an agency holds or held; or all that end soon, the hub’s and authorities’ among them',
        tags: ['trust'],
        querystring: Type.Object({
          agency: Type.Optional(agencyCode),
          expiringWithinDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660 })),
        }),
        response: { 200: Type.Object({ items: Type.Array(certificateAnswer) }), ...problems },
      },
    },
    async request => {
      const { agency, expiringWithinDays: days } = request.query
      if (days !== undefined) return { items: (await listExpiring(gateway, { days, agency })).map(endingBody) }
      if (agency !== undefined) return { items: (await listCertificates(database, agency)).map(certificateBody) }
      throw new HubError('REQUEST_INVALID', 'say whose certificates, or within how many days they end')
    },
  )

  app.post(
    '/admin/certificates',
    {
      schema: {
        operationId: 'bindCertificate',
        summary: 'Register a seal of an agency or center, or the certificate of an official of it',
        tags: ['trust'],
        body: bindWish,
        response: {
          201: Type.Object({ sha256, subject: Type.String(), ending: Type.Array(sha256) }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { agency, certificate: text, official, othersEndAt } = request.body
      const certificate = readCertificate(text)
      const { sha256: object } = certificate
      const action = { action: 'certificate.bind', object, details: { agency, ...official } }
      const ending = await audited(gateway, request, action, tx =>
        holdCertificate(tx, certificate, {
          agency,
          ...(official && { official }),
          ...(othersEndAt !== undefined && { othersEndAt: new Date(othersEndAt) }),
        }),
      )
      return reply.code(201).send({ sha256: object, subject: certificate.subject.text, ending })
    },
  )

  app.delete(
    '/admin/certificates/:sha256',
    {
      schema: {
        operationId: 'unbindCertificate',
        summary: 'End a binding; it stays on record',
        tags: ['trust'],
        params,
        response: changed,
      },
    },
    async (request, reply) => {
      await change(request, 'unbind', {}, async tx => {
        if (!(await unbindCertificate(tx, request.params.sha256))) throw notFound()
      })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/admin/certificates/:sha256/suspend',
    {
      schema: {
        operationId: 'suspendCertificate',
        summary: 'Refuse it as revoked until it is resumed',
        tags: ['trust'],
        params,
        body: Type.Object({ reason: reasonText }, { additionalProperties: false }),
        response: changed,
      },
    },
    async (request, reply) => {
      const { reason } = request.body
      await change(request, 'suspend', { reason }, tx => suspendCertificate(tx, request.params.sha256, reason))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/admin/certificates/:sha256/resume',
    {
      schema: {
        operationId: 'resumeCertificate',
        summary: 'End a suspension',
        tags: ['trust'],
        params,
        response: changed,
      },
    },
    async (request, reply) => {
      await change(request, 'resume', {}, tx => resumeCertificate(tx, request.params.sha256))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/admin/certificates/:sha256/revoke',
    {
      schema: {
        operationId: 'revokeCertificate',
        summary: 'The hub’s own decision, for good; documents under way are flagged, or held by policy',
        tags: ['trust'],
        params,
        body: Type.Object(
          { reason: revocationReason, from: Type.Optional({ ...time, description: 'Now when absent' }) },
          { additionalProperties: false },
        ),
        response: changed,
      },
    },
    async (request, reply) => {
      const { reason, from: given } = request.body
      const from = given === undefined ? gateway.now() : new Date(given)
      const digest = request.params.sha256
      await change(request, 'revoke', { reason, from: from.toISOString() }, async tx => {
        await revokeCertificate(tx, digest, { from, reason })
        await recordRevocations(tx, [{ sha256: digest, source: 'hub', revokedAt: from, reason }])
      })
      return reply.code(204).send(null)
    },
  )

  function change(
    request: FastifyRequest<{ Params: Static<typeof params> }>,
    verb: string,
    details: Readonly<Record<string, unknown>>,
    work: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const action = { action: `certificate.${verb}`, object: request.params.sha256, details }
    return audited(gateway, request, action, work)
  }
}

function certificateBody(binding: CertificateBinding): Static<typeof certificateAnswer> {
  const {
    agencyCode: agency,
    official,
    suspended,
    revoked,
    notBefore,
    notAfter,
    boundAt,
    endsAt,
    unboundAt,
    ...same
  } = binding
  return {
    ...same,
    agency,
    person: official?.person ?? null,
    position: official?.position ?? null,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    boundAt: boundAt.toISOString(),
    endsAt: iso(endsAt),
    unboundAt: iso(unboundAt),
    suspended: suspended ? { ...suspended, at: suspended.at.toISOString() } : null,
    revoked: revoked ? { ...revoked, from: revoked.from.toISOString() } : null,
  }
}

function endingBody(ending: Awaited<ReturnType<typeof listExpiring>>[number]): Static<typeof certificateAnswer> {
  const { sha256: digest, kind, subject, notAfter, agencyCode: agency } = ending
  return { sha256: digest, kind, subject, notAfter: notAfter.toISOString(), agency }
}
