import { shippedYears, workingDays } from '@docaxis/calendar'
import { afterEach, describe, expect, it } from 'vitest'
import { type TellPlan, tellAt } from '../../src/alerts/tell-at.ts'

const days = workingDays(shippedYears)
const atOnce: TellPlan = { digestMinutes: null, digestHour: null, quietFrom: null, quietTo: null, workingDays: false }
const night: TellPlan = { ...atOnce, quietFrom: 22 * 60, quietTo: 7 * 60 }
const noon: TellPlan = { ...atOnce, quietFrom: 11 * 60 + 30, quietTo: 13 * 60 + 30 }

const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

// Friday 2026-03-06, Saturday, Sunday, Monday; 30 April 2026 is a Thursday and a holiday, as is 1 May.
const cases: readonly { readonly what: string; readonly at: string; readonly plan: TellPlan; readonly told: string }[] =
  [
    { what: 'at once', at: '2026-03-06T10:00', plan: atOnce, told: '2026-03-06T10:00' },
    {
      what: 'after so many minutes',
      at: '2026-03-06T10:00',
      plan: { ...atOnce, digestMinutes: 30 },
      told: '2026-03-06T10:30',
    },
    {
      what: 'at the hour of the day',
      at: '2026-03-06T07:59',
      plan: { ...atOnce, digestHour: 8 },
      told: '2026-03-06T08:00',
    },
    {
      what: 'at that hour tomorrow',
      at: '2026-03-06T08:01',
      plan: { ...atOnce, digestHour: 8 },
      told: '2026-03-07T08:00',
    },
    { what: 'a minute before the night', at: '2026-03-06T21:59', plan: night, told: '2026-03-06T21:59' },
    { what: 'when the night that began is over', at: '2026-03-06T22:00', plan: night, told: '2026-03-07T07:00' },
    { what: 'when the night that goes on is over', at: '2026-03-06T00:30', plan: night, told: '2026-03-06T07:00' },
    { what: 'when the night is just over', at: '2026-03-06T07:00', plan: night, told: '2026-03-06T07:00' },
    { what: 'after the noon rest', at: '2026-03-06T12:00', plan: noon, told: '2026-03-06T13:30' },
    {
      what: 'after the night that collecting runs into',
      at: '2026-03-06T21:45',
      plan: { ...night, digestMinutes: 30 },
      told: '2026-03-07T07:00',
    },
    {
      what: 'on Monday morning',
      at: '2026-03-06T22:30',
      plan: { ...night, workingDays: true },
      told: '2026-03-09T07:00',
    },
    {
      what: 'at the hour of the next working day',
      at: '2026-03-06T09:00',
      plan: { ...atOnce, digestHour: 8, workingDays: true },
      told: '2026-03-09T08:00',
    },
    {
      what: 'after the holidays',
      at: '2026-04-29T23:00',
      plan: { ...night, workingDays: true },
      told: '2026-05-04T07:00',
    },
  ]

describe.each(['UTC', 'Asia/Ho_Chi_Minh', 'America/New_York'])('in a process at %s', tz => {
  it.each(cases)('tells $what', ({ at, plan, told }) => {
    process.env.TZ = tz

    expect(tellAt(local(at), false, plan, days)).toEqual(local(told))
  })

  it.each(cases)('never holds hỏa tốc that others would be told of $what', ({ at, plan }) => {
    process.env.TZ = tz

    expect(tellAt(local(at), true, plan, days)).toEqual(local(at))
  })
})

/** A moment in Viet Nam. */
function local(text: string): Date {
  return new Date(`${text}:00+07:00`)
}
