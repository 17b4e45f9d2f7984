import { calendarFaults, parseWorkingHours } from '@docaxis/calendar'
import { HubError } from '@docaxis/errors'
import {
  getAgency,
  listWorkingHours,
  putCalendarYear,
  putWorkingHours,
  readCalendar,
  type StoredYear,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import { agencyCode, problems } from '../routes/schemas.ts'
import { audited } from './audited.ts'

const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const daysOfYear = {
  confirmed: Type.Boolean({ description: 'Somebody vouches that it is whole' }),
  holidays: Type.Array(Type.Object({ from: day, to: day, name: Type.String({ minLength: 1, maxLength: 200 }) }), {
    maxItems: 100,
  }),
  swaps: Type.Array(Type.Object({ off: day, work: day }), { maxItems: 100 }),
}
const yearNumber = Type.Integer({ minimum: 2000, maximum: 2199 })
const hours = Type.String({ minLength: 1, maxLength: 300 })

const calendarAnswer = Type.Object({
  revision: Type.Integer(),
  standardHours: Type.String({ description: 'Of agencies for which neither they nor any above have their own' }),
  years: Type.Array(
    Type.Object({
      year: yearNumber,
      source: Type.Union([Type.Literal('release'), Type.Literal('operator')]),
      ...daysOfYear,
    }),
  ),
  hours: Type.Array(Type.Object({ agency: Type.String(), hours: Type.String() })),
})

/** Holidays and working hours. A change reckons open deadlines again; what was missed stays missed. */
export const adminCalendarRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/admin/calendar',
    {
      schema: {
        operationId: 'getCalendar',
        summary: 'Holidays by year, and working hours by agency',
        tags: ['administration'],
        response: { 200: calendarAnswer, ...problems },
      },
    },
    async () => {
      const { revision, years } = await readCalendar(database)
      const standardHours = gateway.settings.workingHours
      return { revision, standardHours, years: years.map(yearBody), hours: await listWorkingHours(database) }
    },
  )

  app.put(
    '/admin/calendar/years/:year',
    {
      schema: {
        operationId: 'putCalendarYear',
        summary: 'Put in the holidays and exchanged days of one year',
        tags: ['administration'],
        params: Type.Object({ year: yearNumber }),
        body: Type.Object(daysOfYear, { additionalProperties: false }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { year } = request.params
      const days = { ...request.body, year }
      const faults = calendarFaults(days)
      if (faults.length > 0) throw new HubError('REQUEST_INVALID', faults.join('; '))
      const details = { confirmed: days.confirmed, holidays: days.holidays, swaps: days.swaps }
      const action = { action: 'calendar.put-year', object: String(year), details }
      await audited(gateway, request, action, tx => putCalendarYear(tx, days))
      return reply.code(204).send(null)
    },
  )

  app.put(
    '/admin/calendar/hours/:code',
    {
      schema: {
        operationId: 'putWorkingHours',
        summary: 'Set the working hours of an agency and of all below it',
        description: 'Such as `Mo-Fr 07:00-11:30,13:30-17:00; Sa 07:30-11:30`; null takes them back.',
        tags: ['administration'],
        params: Type.Object({ code: agencyCode }),
        body: Type.Object({ hours: Type.Union([hours, Type.Null()]) }, { additionalProperties: false }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const wished = request.body.hours
      if (wished !== null) refuseUnreadable(wished)
      const object = (await getAgency(database, request.params.code)).agency.code
      const action = { action: 'calendar.put-hours', object, details: { hours: wished } }
      await audited(gateway, request, action, tx => putWorkingHours(tx, object, wished))
      return reply.code(204).send(null)
    },
  )
}

function yearBody({ year, version, confirmed, holidays, swaps }: StoredYear) {
  return {
    year,
    source: version === null ? ('operator' as const) : ('release' as const),
    confirmed,
    holidays: [...holidays],
    swaps: [...swaps],
  }
}

function refuseUnreadable(hours: string): void {
  try {
    parseWorkingHours(hours)
  } catch (cause) {
    throw new HubError('REQUEST_INVALID', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
