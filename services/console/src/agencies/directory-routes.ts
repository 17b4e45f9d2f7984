import { agencyKinds, levels } from '@docaxis/directory'
import { type AgencyQuery, searchAgencies } from '@docaxis/store'
import { countLevels, listLocalities } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { everyRole, type Person } from '../access/person.ts'
import type { Console } from '../console.ts'
import { type AgencyRow, agencyRows } from './agency-rows.ts'
import { agencyCode } from './schemas.ts'

/** Of the 111,000 agencies of the country nobody is sent more at once. */
const perPage = 100

const level = Type.Enum([...levels])
const filters = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200 })),
  level: Type.Optional(level),
  kind: Type.Optional(Type.Enum([...agencyKinds])),
  locality: Type.Optional(Type.String({ maxLength: 200 })),
  connected: Type.Optional(Type.Enum(['yes', 'no'])),
  state: Type.Optional(Type.Enum(['open', 'closed'])),
  parent: Type.Optional(agencyCode),
  after: Type.Optional(agencyCode),
})

/** Below an agency, or the top of a level. */
const branch = Type.Union([
  Type.Object({ parent: agencyCode, after: Type.Optional(agencyCode) }, { additionalProperties: false }),
  Type.Object({ level, after: Type.Optional(agencyCode) }, { additionalProperties: false }),
])

interface AgencyPage {
  readonly items: readonly AgencyRow[]
  /** Code to go on after; null at the end. */
  readonly next: string | null
}

/** The directory as far as a person sees it: searched, or opened branch by branch. */
export const directoryRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: everyRole }

  app.get('/agency-levels', { config }, async ({ person: { scope } }) => {
    const [counts, localities] = await Promise.all([countLevels(database, scope), listLocalities(database, scope)])
    return { levels: counts, localities }
  })

  app.get('/agencies', { config, schema: { querystring: filters } }, async ({ person, query }) =>
    pageOf(person, questionOf(query)),
  )

  app.get('/agency-branch', { config, schema: { querystring: branch } }, async ({ person, query }) =>
    pageOf(person, 'parent' in query ? query : { ...query, topOnly: true }),
  )

  async function pageOf(person: Person, question: AgencyQuery): Promise<AgencyPage> {
    const found = await searchAgencies(database, { ...question, scope: person.scope, limit: perPage + 1 })
    const items = await agencyRows(console, person, found.slice(0, perPage))
    return { items, next: found.length > perPage ? (items.at(-1)?.code ?? null) : null }
  }
}

function questionOf({ q, connected, state, ...same }: Static<typeof filters>): AgencyQuery {
  return {
    ...same,
    ...(q && { query: q }),
    ...(connected && { connected: connected === 'yes' }),
    ...(state && { closed: state === 'closed' }),
  }
}
