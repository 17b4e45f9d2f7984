import { HubError } from '@docaxis/errors'
import { type AuthorityListing, listAuthoritiesWhole, readCertificate, requireAuthority } from '@docaxis/service'
import {
  addSources,
  listAuthorities,
  makeDue,
  registerAuthority,
  removeSource,
  retireAuthority,
  type Sql,
  setAuthorityPolicy,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Gateway } from '../../gateway.ts'
import { notFound } from '../../problems.ts'
import { iso } from '../../routes/document-answers.ts'
import { nullableText, nullableTime, problems, sha256, time } from '../../routes/schemas.ts'
import { audited } from '../audited.ts'
import { encodedCertificate } from './encoded-certificate.ts'

const revocation = Type.Union([Type.Literal('crl'), Type.Literal('ocsp'), Type.Literal('both')], {
  description: 'What counts for certificates it issued; both: whichever is there, and a revocation in either',
})
const maxCrlAgeHours = Type.Union([Type.Integer({ minimum: 1, maximum: 8760 }), Type.Null()])
const kind = Type.Union([Type.Literal('crl'), Type.Literal('ocsp')])
const url = Type.String({ pattern: '^http://', maxLength: 2000 })
const params = Type.Object({ sha256 })

const authorityAnswer = Type.Object({
  sha256,
  subject: Type.String(),
  notAfter: time,
  intermediate: Type.Boolean(),
  revocation,
  maxCrlAgeHours,
  sources: Type.Array(
    Type.Object({
      kind,
      url: Type.String(),
      givenBy: Type.String(),
      nextDueAt: time,
      lastTriedAt: nullableTime,
      lastGoodAt: nullableTime,
      failures: Type.Integer(),
      fault: nullableText,
    }),
  ),
  lists: Type.Array(
    Type.Object({ sha256, number: nullableText, delta: Type.Boolean(), thisUpdate: time, nextUpdate: nullableTime }),
  ),
  ocsp: Type.Union([
    Type.Object({
      asked: Type.Integer(),
      good: Type.Integer(),
      revoked: Type.Integer(),
      missing: Type.Integer(),
      failing: Type.Integer(),
      nextDueAt: nullableTime,
    }),
    Type.Null(),
  ]),
})

/** Certificate authorities: those that complete paths, what counts of their word, and where it is fetched. */
export const authorityRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/admin/trust/authorities',
    {
      schema: {
        operationId: 'listAuthorities',
        summary: 'Authorities with their policy, lists held, last good answer, next turn and failures',
        tags: ['trust'],
        response: { 200: Type.Object({ items: Type.Array(authorityAnswer) }), ...problems },
      },
    },
    async () => ({ items: (await listAuthoritiesWhole(database, gateway.now())).map(authorityBody) }),
  )

  app.post(
    '/admin/trust/authorities',
    {
      schema: {
        operationId: 'addAuthority',
        summary: 'Register an intermediate authority: it completes paths to an anchor and is trusted by none',
        tags: ['trust'],
        body: Type.Object({ certificate: encodedCertificate }, { additionalProperties: false }),
        response: { 200: Type.Object({ sha256, subject: Type.String() }), ...problems },
      },
    },
    async request => {
      const certificate = readCertificate(request.body.certificate)
      requireAuthority(certificate, gateway.now())
      const { sha256: object, der, notAfter } = certificate
      const subject = certificate.subject.text
      await audited(gateway, request, { action: 'authority.add', object }, tx =>
        registerAuthority(tx, { sha256: object, der, subject, notAfter, intermediate: true }),
      )
      gateway.trust.changed()
      return { sha256: object, subject }
    },
  )

  app.put(
    '/admin/trust/authorities/:sha256',
    {
      schema: {
        operationId: 'setAuthorityPolicy',
        summary: 'What counts of its word',
        tags: ['trust'],
        params,
        body: Type.Object(
          { revocation: Type.Optional(revocation), maxCrlAgeHours: Type.Optional(maxCrlAgeHours) },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const object = request.params.sha256
      const action = { action: 'authority.policy', object, details: request.body }
      await audited(gateway, request, action, tx => setAuthorityPolicy(tx, object, request.body))
      gateway.trust.changed()
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/admin/trust/authorities/:sha256',
    {
      schema: {
        operationId: 'retireAuthority',
        summary: 'It completes no path any more; an anchor stays one until it is retired as such',
        tags: ['trust'],
        params,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const object = request.params.sha256
      await audited(gateway, request, { action: 'authority.retire', object }, async tx => {
        if (!(await retireAuthority(tx, object))) throw notFound()
      })
      gateway.trust.changed()
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/admin/trust/authorities/:sha256/sources',
    {
      schema: {
        operationId: 'addSource',
        summary: 'A further address to fetch from, such as an internal mirror',
        description: 'A host whose address is one of the inside must stand in `DOCAXIS_TRUST_INSIDE_HOSTS` as well.',
        tags: ['trust'],
        params,
        body: Type.Object({ kind, url }, { additionalProperties: false }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const authority = request.params.sha256
      const action = { action: 'authority.source.add', object: authority, details: request.body }
      await audited(gateway, request, action, async tx => {
        await requireKnown(tx, authority)
        await addSources(tx, [{ ...request.body, authority, givenBy: 'operator' }])
      })
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/admin/trust/authorities/:sha256/sources',
    {
      schema: {
        operationId: 'removeSource',
        summary: 'An operator’s address is asked no longer',
        tags: ['trust'],
        params,
        querystring: Type.Object({ url }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const object = request.params.sha256
      const action = { action: 'authority.source.remove', object, details: request.query }
      await audited(gateway, request, action, async tx => {
        if (!(await removeSource(tx, object, request.query.url))) throw notFound()
      })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/admin/trust/authorities/:sha256/refresh',
    {
      schema: {
        operationId: 'refreshAuthority',
        summary: 'Ask the authority at the next turn, within seconds',
        tags: ['trust'],
        params,
        response: { 202: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const object = request.params.sha256
      await audited(gateway, request, { action: 'authority.refresh', object }, async tx => {
        await requireKnown(tx, object)
        await makeDue(tx, object)
      })
      return reply.code(202).send(null)
    },
  )
}

async function requireKnown(sql: Sql, sha256Hex: string): Promise<void> {
  const known = (await listAuthorities(sql)).some(authority => authority.sha256 === sha256Hex)
  if (!known) throw new HubError('NOT_FOUND', 'no authority has this certificate', { details: { sha256: sha256Hex } })
}

function authorityBody({ authority, sources, lists, ocsp }: AuthorityListing): Static<typeof authorityAnswer> {
  const { sha256: digest, subject, notAfter, intermediate, revocation: policy, maxCrlAgeHours: hours } = authority
  return {
    sha256: digest,
    subject,
    notAfter: notAfter.toISOString(),
    intermediate,
    revocation: policy,
    maxCrlAgeHours: hours,
    sources: sources.map(source => ({
      kind: source.kind,
      url: source.url,
      givenBy: source.givenBy,
      nextDueAt: source.dueAt.toISOString(),
      lastTriedAt: iso(source.triedAt),
      lastGoodAt: iso(source.goodAt),
      failures: source.failures,
      fault: source.fault,
    })),
    lists: lists.map(list => ({
      sha256: list.sha256,
      number: list.number ?? null,
      delta: list.delta,
      thisUpdate: list.thisUpdate.toISOString(),
      nextUpdate: iso(list.nextUpdate),
    })),
    ocsp: ocsp ? { ...ocsp, nextDueAt: iso(ocsp.nextDueAt) } : null,
  }
}
