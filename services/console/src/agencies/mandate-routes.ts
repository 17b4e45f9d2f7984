import { hanoiMidnight } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import { addMandate, endMandate, listMandates, type MandateRecord } from '@docaxis/store'
import { agencyNames } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audited } from '../access/audited.ts'
import { everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import type { NamedCode } from './agency-rows.ts'
import { daysAfter } from './days-after.ts'
import { sealManagers } from './rights.ts'
import { agencyCode, agencyParams } from './schemas.ts'
import { getSeenAgency, notFound } from './seen-agency.ts'

/** A center may hold one of each commune of a province. */
const mostShown = 100

const day = Type.String({ format: 'date' })
const wish = Type.Object({
  holder: agencyCode,
  kind: Type.Enum(['seal', 'transport']),
  from: day,
  /** The last day on which it counts. */
  to: Type.Optional(day),
})
const mandateParams = Type.Object({ code: agencyCode, mandate: Type.String({ pattern: '^[0-9a-f]{24}$' }) })

/** Who may seal for an agency, and for whom it may: only the agency that is sealed for gives and ends a mandate. */
export const mandateRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, now } = console

  const looked = { config: { may: everyRole }, schema: { params: agencyParams } }
  app.get('/agencies/:code/mandates', looked, async ({ person, params }) => {
    const { agency } = await getSeenAgency(console, person, params.code)
    const [given, held] = await Promise.all([
      listMandates(database, { principal: agency.code }),
      listMandates(database, { holder: agency.code }),
    ])
    const all = [...given, ...held]
    const shown = all.toReversed().slice(0, mostShown)
    const names = await agencyNames(
      database,
      shown.flatMap(({ principal, holder }) => [principal, holder]),
    )
    return { items: shown.map(mandate => mandateView(mandate, names, now())), total: all.length }
  })

  const added = { config: { may: sealManagers }, schema: { params: agencyParams, body: wish } }
  app.post('/agencies/:code/mandates', added, async (request, reply) => {
    const { agency } = await getSeenAgency(console, request.person, request.params.code)
    const { holder, kind, from, to } = request.body
    const mandate = {
      principal: agency.code,
      holder,
      kind,
      validFrom: midnight(from),
      ...(to !== undefined && { validTo: daysAfter(midnight(to), 1) }),
    }
    const { id } = await audited(
      console,
      request,
      tx => addMandate(tx, mandate),
      ({ id }) => ({ action: 'mandate.add', object: agency.code, details: { id, ...request.body } }),
    )
    return reply.code(201).send({ id })
  })

  const ended = { config: { may: sealManagers }, schema: { params: mandateParams } }
  app.delete('/agencies/:code/mandates/:mandate', ended, async (request, reply) => {
    const { agency } = await getSeenAgency(console, request.person, request.params.code)
    const { mandate: id } = request.params
    await audited(
      console,
      request,
      async tx => {
        const given = await listMandates(tx, { principal: agency.code })
        if (!given.some(mandate => mandate.id === id)) throw notFound()
        return endMandate(tx, id, now())
      },
      () => ({ action: 'mandate.end', object: id, details: { agency: agency.code } }),
    )
    return reply.code(204).send()
  })
}

/** @throws HubError `REQUEST_INVALID` for a day that does not exist */
function midnight(text: string): Date {
  const at = hanoiMidnight(text)
  if (Number.isNaN(at.getTime())) throw new HubError('REQUEST_INVALID', `${text} is no day`)
  return at
}

function mandateView(
  { id, principal, holder, kind, validFrom, validTo }: MandateRecord,
  names: ReadonlyMap<string, string>,
  at: Date,
) {
  const named = (code: string): NamedCode => ({ code, name: names.get(code) ?? null })
  return {
    id,
    principal: named(principal),
    holder: named(holder),
    kind,
    validFrom: validFrom.toISOString(),
    validTo: validTo?.toISOString() ?? null,
    state: validFrom > at ? 'coming' : validTo && validTo <= at ? 'ended' : 'valid',
  }
}
