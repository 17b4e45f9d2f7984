import { lifecycleState, receiveLimits, vxpKitMaxBytes } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import {
  type AgencyListing,
  directoryVersion,
  findAgency,
  findKitReceivers,
  listAgencyChanges,
  listGroup,
  searchAgencies,
} from '@docaxis/store'
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
  graceUntil: nullableText,
  successor: nullableText,
  choices: Type.Array(Type.String(), {
    description: 'Where to write instead: it was split and no single one follows it',
  }),
  centerCode: nullableText,
  canReceive: Type.Boolean(),
  connected: Type.Boolean({ description: 'An enabled system fetches for it' }),
  lastSeenAt: nullableTime,
  limits: Type.Object({
    maxEnvelopeBytes: Type.Integer({ description: 'Largest packet that is taken for it' }),
    fileTypes: Type.Union([Type.Array(Type.String()), Type.Null()], {
      description: 'Extensions of the files that it takes; null: any',
    }),
    getEdocMaxBytes: Type.Union([Type.Integer(), Type.Null()], {
      description: 'VXP kits alone fetch for it: above this they need `downloadEdoc`, and the sender is warned',
    }),
  }),
  version: Type.Integer({ description: 'Grows with every change of any agency' }),
  deleted: Type.Boolean({ description: 'Removed from the directory; told by `since` only' }),
  updatedAt: time,
})

const page = {
  after: Type.Optional(cursor),
  limit: Type.Optional(pageLimit),
}
const agencyPage = Type.Object({
  items: Type.Array(agencyAnswer),
  next: nullableText,
  version: Type.Optional(Type.Integer({ description: 'The directory’s when the page was read: the next `since`' })),
})

/** The directory, for every authenticated system: who exists, who can receive. */
export const directoryRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/agencies',
    {
      schema: {
        operationId: 'listAgencies',
        summary: 'Agencies in order of code, or what changed since a version',
        description:
          'With `since`: changes in their order, removed agencies too, alone or with `after` and `limit`. A copy reads the whole list, keeps the `version` of its first page, and asks for what came `since`.',
        tags: ['directory'],
        querystring: Type.Object({
          search: Type.Optional(
            Type.String({ maxLength: 200, description: 'Words of a name or code, with or without accents' }),
          ),
          level: Type.Optional(level),
          parent: Type.Optional(agencyCode),
          group: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
          since: Type.Optional(Type.Integer({ minimum: 0 })),
          ...page,
        }),
        response: { 200: agencyPage, ...problems },
      },
    },
    async request => {
      const { search, since, limit = 100, ...query } = request.query
      // Read first: what changes meanwhile is told again, never left out.
      const version = await directoryVersion(database)
      if (since !== undefined) return { ...(await changesSince(gateway, since, query.after, limit)), version }
      const filter = { ...query, ...(search !== undefined && { query: search }), limit: limit + 1 }
      return { ...(await pageOf(gateway, await searchAgencies(database, filter), limit)), version }
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
      return agencyBody(gateway, listing, await kitsAmong(gateway, [listing]))
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

/** Changes are paged by version: nothing is ever committed below one that was given out. */
async function changesSince(
  gateway: Gateway,
  since: number,
  after: string | undefined,
  limit: number,
): Promise<Static<typeof agencyPage>> {
  if (after !== undefined && !/^\d{1,15}$/.test(after)) {
    throw new HubError('REQUEST_INVALID', '`after` is no cursor of this list', { details: { after } })
  }
  const from = after === undefined ? since : Number(after)
  const changes = await listAgencyChanges(gateway.database, { since: from, limit: limit + 1 })
  const kits = await kitsAmong(gateway, changes)
  const items = changes.slice(0, limit).map(listing => agencyBody(gateway, listing, kits))
  return { items, next: changes.length > limit ? String(items.at(-1)?.version) : null }
}

async function pageOf(
  gateway: Gateway,
  listings: readonly AgencyListing[],
  limit: number,
): Promise<Static<typeof agencyPage>> {
  const kits = await kitsAmong(gateway, listings)
  const items = listings.slice(0, limit).map(listing => agencyBody(gateway, listing, kits))
  return { items, next: listings.length > limit ? (items.at(-1)?.code ?? null) : null }
}

/** Those that VXP kits alone fetch for. */
function kitsAmong({ database }: Gateway, listings: readonly AgencyListing[]): Promise<ReadonlySet<string>> {
  return findKitReceivers(
    database,
    listings.map(({ agency }) => agency.code),
  )
}

function limitsBody(gateway: Gateway, listing: AgencyListing, kits: ReadonlySet<string>) {
  const hubMaxBytes = gateway.settings.maxEnvelopeBytes
  const { maxEnvelopeBytes = hubMaxBytes, fileTypes } = receiveLimits(listing) ?? {}
  return {
    maxEnvelopeBytes: Math.min(maxEnvelopeBytes, hubMaxBytes),
    fileTypes: fileTypes ? [...fileTypes] : null,
    getEdocMaxBytes: kits.has(listing.agency.code) ? vxpKitMaxBytes : null,
  }
}

function agencyBody(gateway: Gateway, listing: AgencyListing, kits: ReadonlySet<string>): Static<typeof agencyAnswer> {
  const { agency, connection } = listing
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
    graceUntil: agency.graceUntil ?? null,
    successor: agency.successor ?? null,
    choices: [...(agency.choices ?? [])],
    centerCode: agency.center ?? null,
    canReceive: agency.canReceive,
    connected: connection.connected,
    lastSeenAt: iso(connection.lastCalledAt),
    limits: limitsBody(gateway, listing, kits),
    version: agency.version,
    deleted: agency.deleted,
    updatedAt: agency.updatedAt.toISOString(),
  }
}
