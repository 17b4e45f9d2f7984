import { lifecycleState } from '@docaxis/directory'
import { type AgencyListing, findAgency, listGroup, searchAgencies } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { iso } from './document-answers.ts'
import { agencyCode, cursor, level, nullableText, nullableTime, pageLimit, problems, time } from './schemas.ts'

const agencyAnswer = Type.Object({
  code: Type.String(),
  code2016: nullableText,
  oldCodes: Type.Array(Type.String()),
  name: Type.String(),
  shortName: nullableText,
  kind: Type.String(),
  level,
  parent: nullableText,
  locality: nullableText,
  groups: Type.Array(Type.String()),
  mail: nullableText,
  lifecycle: Type.String({ description: 'not-yet-open, open or closed, today in Asia/Ho_Chi_Minh' }),
  validFrom: nullableText,
  validTo: nullableText,
  successor: nullableText,
  centerCode: nullableText,
  canReceive: Type.Boolean(),
  connected: Type.Boolean({ description: 'An enabled system fetches for it' }),
  lastSeenAt: nullableTime,
  limits: Type.Object({ maxEnvelopeBytes: Type.Integer() }),
  version: Type.Integer(),
  updatedAt: time,
})

const page = {
  after: Type.Optional(cursor),
  limit: Type.Optional(pageLimit),
}
const agencyPage = Type.Object({ items: Type.Array(agencyAnswer), next: nullableText })

/** The directory, for every authenticated system: who exists, who can receive. */
export const directoryRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/agencies',
    {
      schema: {
        operationId: 'listAgencies',
        summary: 'Agencies in order of code',
        tags: ['directory'],
        querystring: Type.Object({
          search: Type.Optional(
            Type.String({ maxLength: 200, description: 'Words of a name or code, with or without accents' }),
          ),
          level: Type.Optional(level),
          parent: Type.Optional(agencyCode),
          group: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
          ...page,
        }),
        response: { 200: agencyPage, ...problems },
      },
    },
    async request => {
      const { search, limit = 100, ...query } = request.query
      const filter = { ...query, ...(search !== undefined && { query: search }), limit: limit + 1 }
      return pageOf(gateway, await searchAgencies(database, filter), limit)
    },
  )

  app.get(
    '/agencies/:code',
    {
      schema: {
        operationId: 'getAgency',
        summary: 'One agency, by any form of its code',
        tags: ['directory'],
        params: Type.Object({ code: agencyCode }),
        response: { 200: agencyAnswer, ...problems },
      },
    },
    async request => {
      const listing = await findAgency(database, request.params.code)
      if (!listing) throw notFound()
      return agencyBody(gateway, listing)
    },
  )

  app.get(
    '/groups/:id',
    {
      schema: {
        operationId: 'getGroup',
        summary: 'Members of a group, such as all communes of a province',
        tags: ['directory'],
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) }),
        querystring: Type.Object(page),
        response: { 200: agencyPage, ...problems },
      },
    },
    async request => {
      const { after, limit = 100 } = request.query
      const filter = { limit: limit + 1, ...(after !== undefined && { after }) }
      const members = await listGroup(database, request.params.id, filter)
      if (members.length === 0 && after === undefined) throw notFound()
      return pageOf(gateway, members, limit)
    },
  )
}

function pageOf(gateway: Gateway, listings: readonly AgencyListing[], limit: number): Static<typeof agencyPage> {
  const items = listings.slice(0, limit).map(listing => agencyBody(gateway, listing))
  return { items, next: listings.length > limit ? (items.at(-1)?.code ?? null) : null }
}

function agencyBody(gateway: Gateway, { agency, connection }: AgencyListing): Static<typeof agencyAnswer> {
  return {
    code: agency.code,
    code2016: agency.code2016 ?? null,
    oldCodes: [...agency.oldCodes],
    name: agency.name,
    shortName: agency.shortName ?? null,
    kind: agency.kind,
    level: agency.level,
    parent: agency.parent ?? null,
    locality: agency.locality ?? null,
    groups: [...agency.groups],
    mail: agency.mail ?? null,
    lifecycle: lifecycleState(agency, gateway.now()),
    validFrom: agency.validFrom ?? null,
    validTo: agency.validTo ?? null,
    successor: agency.successor ?? null,
    centerCode: agency.center ?? null,
    canReceive: agency.canReceive,
    connected: connection.connected,
    lastSeenAt: iso(connection.lastCalledAt),
    limits: { maxEnvelopeBytes: gateway.settings.maxEnvelopeBytes },
    version: agency.version,
    updatedAt: agency.updatedAt.toISOString(),
  }
}
