import { getAgency, mostRegistered, putRegisterTotals, type RegisterEntry, registerHistory } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { agencyCode, nullableText, nullableTime, problems, time } from '../routes/schemas.ts'
import { audited } from './audited.ts'

const month = Type.String({ pattern: '^2\\d{3}-(0[1-9]|1[0-2])$', description: 'In Asia/Ho_Chi_Minh' })
const count = Type.Union([Type.Integer({ minimum: 0, maximum: mostRegistered }), Type.Null()], {
  description: 'On paper and electronic; null: not known',
})

const entry = Type.Object({
  month,
  outgoing: count,
  incoming: count,
  source: Type.String({ description: 'form, csv or api' }),
  enteredBy: Type.String(),
  enteredByName: nullableText,
  enteredAt: time,
  replacedAt: nullableTime,
})

/** Ten years of months that were each corrected now and then. */
const longestHistory = 500

/** How many documents registers hold: what the console's reports take the electronic exchange as a share of. */
export const adminRegisterTotalRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/admin/register-totals/:code',
    {
      schema: {
        operationId: 'listRegisterTotals',
        summary: 'Totals of an agency’s registers by month, newest first, those that were corrected too',
        tags: ['administration'],
        params: Type.Object({ code: agencyCode }),
        response: { 200: Type.Object({ items: Type.Array(entry) }), ...problems },
      },
    },
    async request => {
      const { agency } = await getAgency(database, request.params.code)
      return { items: (await registerHistory(database, agency.code, { limit: longestHistory })).map(entryBody) }
    },
  )

  app.put(
    '/admin/register-totals/:code/:month',
    {
      schema: {
        operationId: 'putRegisterTotal',
        summary: 'Say how many documents an agency’s registers hold for a month',
        description:
          'Replaces what was said of the month before, and keeps it in the history. The same again changes nothing.',
        tags: ['administration'],
        params: Type.Object({ code: agencyCode, month }),
        body: Type.Object({ outgoing: count, incoming: count }, { additionalProperties: false }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const agency = (await getAgency(database, params.code)).agency.code
      const origin = { source: 'api', enteredBy: `system:${callerOf(request).systemId}` } as const
      const details = { source: origin.source, month: params.month }
      await audited(gateway, request, { action: 'register-total.put', object: agency, details }, tx =>
        putRegisterTotals(tx, [{ agency, month: params.month, ...body }], origin),
      )
      return reply.code(204).send(null)
    },
  )
}

function entryBody({ agency: _agency, enteredAt, replacedAt, ...entry }: RegisterEntry) {
  return { ...entry, enteredAt: enteredAt.toISOString(), replacedAt: replacedAt?.toISOString() ?? null }
}
