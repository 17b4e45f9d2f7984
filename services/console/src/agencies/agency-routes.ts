import { updateAgencyReceiving } from '@docaxis/store'
import { agencyLateness, agencyTraffic } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audited } from '../access/audited.ts'
import { everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { directoryManagers } from './rights.ts'
import { agencyParams } from './schemas.ts'
import { getSeenAgency } from './seen-agency.ts'
import { viewAgency } from './view-agency.ts'

const receiving = Type.Object({
  canReceive: Type.Boolean(),
  maxEnvelopeBytes: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  fileTypes: Type.Array(Type.String({ pattern: '^[a-z0-9]{1,10}$' }), { maxItems: 100 }),
})

/** One agency: who it is, what it takes, how much passes through it, and how it keeps its deadlines. */
export const agencyRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: everyRole }
  const asked = { config, schema: { params: agencyParams } }

  app.get('/agencies/:code', asked, async ({ person, params }) => viewAgency(console, person, params.code))

  app.get('/agencies/:code/traffic', asked, async ({ person, params }) => {
    const { agency } = await getSeenAgency(console, person, params.code)
    return { days: await agencyTraffic(database, agency.code) }
  })

  app.get('/agencies/:code/lateness', asked, async ({ person, params }) => {
    const { agency } = await getSeenAgency(console, person, params.code)
    return { months: await agencyLateness(database, agency.code) }
  })

  const change = { config: { may: directoryManagers }, schema: { params: agencyParams, body: receiving } }
  app.put('/agencies/:code/receiving', change, async (request, reply) => {
    const { agency } = await getSeenAgency(console, request.person, request.params.code)
    await audited(
      console,
      request,
      tx => updateAgencyReceiving(tx, agency.code, request.body),
      () => ({ action: 'agency.change', object: agency.code, details: request.body }),
    )
    return reply.code(204).send()
  })
}
