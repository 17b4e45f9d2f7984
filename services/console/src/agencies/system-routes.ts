import { HubError, vxpCallText } from '@docaxis/errors'
import { bindSystemAgency, createSystem, listVxpCalls } from '@docaxis/store'
import { type AgencySystem, listAgencySystems } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { audited } from '../access/audited.ts'
import type { Console } from '../console.ts'
import { issueCredential, listCredentials, revokeCredential } from './credential.ts'
import { daysAfter } from './days-after.ts'
import { directoryManagers, mayChangeSystem, systemStaff } from './rights.ts'
import { agencyCode, agencyParams } from './schemas.ts'
import { getSeenAgency, notFound } from './seen-agency.ts'

const systemParams = Type.Object({ code: agencyCode, system: Type.String({ minLength: 1, maxLength: 64 }) })
const credentialParams = Type.Object({
  ...systemParams.properties,
  credential: Type.String({ pattern: '^([0-9a-f]{24}|[0-9a-f]{64})$' }),
})
const wish = Type.Object({
  kind: Type.Enum(['token', 'vxp']),
  expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660 })),
  othersEndInDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
})
const newSystem = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  reason: Type.String({ minLength: 5, maxLength: 500 }),
})

type OfSystem = FastifyRequest<{ Params: { readonly code: string; readonly system: string } }>

/** Systems that fetch for an agency: how they prove themselves, and what was refused to them. */
export const agencySystemRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, now } = console

  const looked = { config: { may: systemStaff }, schema: { params: agencyParams } }
  app.get('/agencies/:code/systems', looked, async ({ person, params }) => {
    const { agency } = await getSeenAgency(console, person, params.code)
    const systems = await listAgencySystems(database, person.scope, agency.code)
    return {
      items: await Promise.all(
        systems.map(async system => ({
          ...systemView(system),
          mayChange: mayChangeSystem(person, system),
          credentials: await listCredentials(database, system.id, now()),
        })),
      ),
    }
  })

  // It may do nothing until it is given a token or a secret, and then what every system may, by the strict rules.
  const made = { config: { may: directoryManagers }, schema: { params: agencyParams, body: newSystem } }
  app.post('/agencies/:code/systems', made, async (request, reply) => {
    const { agency } = await getSeenAgency(console, request.person, request.params.code)
    const { id, name, reason } = request.body
    await audited(
      console,
      request,
      async tx => {
        await createSystem(tx, { id, name, profile: 'strict' })
        await bindSystemAgency(tx, id, agency.code)
      },
      () => ({ action: 'system.create', object: id, details: { name, agency: agency.code, reason } }),
    )
    return reply.code(201).send({ id })
  })

  const calls = { config: { may: systemStaff }, schema: { params: systemParams } }
  app.get('/agencies/:code/systems/:system/calls', calls, async request => {
    const { id, whole } = await getSystemOf(request)
    if (!whole) throw new HubError('FORBIDDEN', 'the system also calls for agencies outside of the scope')
    const items = await listVxpCalls(database, id)
    return {
      items: items.map(call => ({
        at: call.at.toISOString(),
        operation: call.operation,
        address: call.address,
        code: call.code,
        reason: call.reason ?? null,
        text: vxpCallText(call) ?? null,
      })),
    }
  })

  const issued = { config: { may: directoryManagers }, schema: { params: systemParams, body: wish } }
  app.post('/agencies/:code/systems/:system/credentials', issued, async (request, reply) => {
    const system = await getChangedSystem(request)
    const { kind, expiresInDays, othersEndInDays } = request.body
    const credential = await audited(
      console,
      request,
      tx =>
        issueCredential(tx, console.secretBox, system.id, {
          kind,
          ...(expiresInDays !== undefined && { expiresAt: daysAfter(now(), expiresInDays) }),
          ...(othersEndInDays !== undefined && { othersEndAt: daysAfter(now(), othersEndInDays) }),
        }),
      ({ id, ending }) => ({
        action: kind === 'token' ? 'token.issue' : 'vxp-secret.issue',
        object: system.id,
        details: { id, agency: request.params.code, ...request.body, ending },
      }),
    )
    return reply.code(201).send(credential)
  })

  const revoked = { config: { may: directoryManagers }, schema: { params: credentialParams } }
  app.delete('/agencies/:code/systems/:system/credentials/:credential', revoked, async (request, reply) => {
    const system = await getChangedSystem(request)
    const { code, credential } = request.params
    await audited(
      console,
      request,
      async tx => {
        const kind = await revokeCredential(tx, system.id, credential)
        if (!kind) throw notFound()
        return kind
      },
      kind => ({
        action: kind === 'token' ? 'token.revoke' : 'vxp-secret.revoke',
        object: system.id,
        details: { id: credential, agency: code },
      }),
    )
    return reply.code(204).send()
  })

  /** @throws HubError `NOT_FOUND`: the system does not fetch for an agency that the person sees */
  async function getSystemOf({ person, params }: OfSystem): Promise<AgencySystem> {
    const { agency } = await getSeenAgency(console, person, params.code)
    const systems = await listAgencySystems(database, person.scope, agency.code)
    const system = systems.find(({ id }) => id === params.system)
    if (!system) throw notFound()
    return system
  }

  /** @throws HubError `NOT_FOUND`, `FORBIDDEN` */
  async function getChangedSystem(request: OfSystem): Promise<AgencySystem> {
    const system = await getSystemOf(request)
    if (mayChangeSystem(request.person, system)) return system
    throw new HubError('FORBIDDEN', `${system.id} speaks for more than the person answers for`)
  }
}

function systemView({ id, name, profile, createdAt, disabledAt, lastCalledAt, serves, whole }: AgencySystem) {
  return {
    id,
    name,
    profile,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
    lastCalledAt: lastCalledAt?.toISOString() ?? null,
    serves,
    whole,
  }
}
