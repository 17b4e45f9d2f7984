import { confirmRequest, createTrustSource, listAllAnchors, whatIfRevoked } from '@docaxis/service'
import { decideTrustRequest, recordAudit } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { readAuthorities } from './authorities.ts'
import { readEnding } from './ending.ts'
import { readHubKeys } from './hub-keys.ts'
import { readRequests } from './requests.ts'

const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** Those who answer for whom the hub believes, and those who look at what they did. */
const staff = ['trust', 'operator', 'administrator', 'auditor'] as const
const deciders = ['trust', 'administrator'] as const

/** Whom the hub believes, how long still, and what hangs on it. */
export const trustRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, config, now } = console
  const trust = createTrustSource(database, config)
  const anchorDeps = { database, settings: config, now }

  app.get('/trust/certificates', { config: { may: everyRole } }, async request => ({
    items: await readEnding(console, request.person.scope),
  }))

  app.get('/trust/authorities', { config: { may: everyRole } }, async () => ({
    items: await readAuthorities(console),
  }))

  app.get('/trust/hub-keys', { config: { may: everyRole } }, async () => ({ items: await readHubKeys(console) }))

  app.get('/trust/anchors', { config: { may: staff, wholeHub: true } }, async () => ({
    items: await listAllAnchors(anchorDeps),
  }))

  const asked = { config: { may: staff, wholeHub: true }, schema: { querystring: Type.Object({ ca: sha256 }) } }
  app.get('/trust/what-if', asked, async request => {
    const { authority, agencies } = await whatIfRevoked(database, await trust.current(), request.query.ca, now())
    return { authority: { sha256: authority.sha256, subject: authority.subject.text }, agencies }
  })

  app.get('/trust/requests', { config: { may: staff, wholeHub: true } }, async () => ({
    items: await readRequests(console),
  }))

  const decision = {
    config: { may: deciders, wholeHub: true },
    schema: {
      params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{24}$' }) }),
      body: Type.Object({ decision: Type.Union([Type.Literal('confirmed'), Type.Literal('rejected')]) }),
    },
  }
  app.post('/trust/requests/:id/decision', decision, async (request, reply) => {
    const { id } = request.params
    const { decision } = request.body
    const by = actorOf(request.person)
    await database.transaction(async tx => {
      if (decision === 'confirmed') await confirmRequest(anchorDeps, tx, id, { decidedBy: by, actor: by })
      else await decideTrustRequest(tx, id, { decision, decidedBy: by })
      const verb = decision === 'confirmed' ? 'confirm' : 'reject'
      await recordAudit(tx, { actor: by, action: `trust-request.${verb}`, object: id, outcome: 'done' })
    })
    trust.changed()
    return reply.code(204).send()
  })
}
