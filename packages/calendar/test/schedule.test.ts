import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWorkingHours, schedule } from '../src/index.ts'
import { days, hanoi, office } from './offices.ts'

const hourMs = 3_600_000

const saturdays = schedule(days, parseWorkingHours('Mo-Fr 07:00-11:30,13:30-17:00; Sa 07:30-11:30'))
const nights = schedule(days, parseWorkingHours('Mo-Su 00:00-24:00'))
const offices = fc.constantFrom(office, saturdays, nights)

/** Any moment from 2023, of which nothing is known, to 2027. */
const moment = fc.date({ min: new Date('2023-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const workingTime = fc.integer({ min: 0, max: 60 * 8 * hourMs })

describe('whatever the hours', () => {
  it('a deadline never ends in a closed hour', () => {
    fc.assert(
      fc.property(offices, moment, workingTime, (hours, at, time) => {
        const end = hours.add(at, time)
        const justBefore = new Date(end.getTime() - 1)

        expect([end, justBefore].some(moment => hours.opensAt(moment) <= moment)).toBe(true)
      }),
    )
  })

  it('more working time never ends earlier, and a later start neither', () => {
    fc.assert(
      fc.property(offices, moment, moment, workingTime, workingTime, (hours, a, b, less, more) => {
        const [early, late] = a < b ? [a, b] : [b, a]

        expect(hours.add(early, less + more) >= hours.add(early, less)).toBe(true)
        expect(hours.add(late, less) >= hours.add(early, less)).toBe(true)
      }),
    )
  })

  it('two stretches one after the other are one stretch', () => {
    fc.assert(
      fc.property(offices, moment, workingTime, workingTime, (hours, at, first, second) => {
        expect(hours.add(hours.add(at, first), second)).toEqual(hours.add(at, first + second))
      }),
    )
  })

  it('what was added is what lies between', () => {
    fc.assert(
      fc.property(offices, moment, workingTime, (hours, at, time) => {
        expect(hours.between(at, hours.add(at, time))).toBe(time)
      }),
    )
  })

  it('time between splits at any moment', () => {
    fc.assert(
      fc.property(offices, fc.tuple(moment, moment, moment), (hours, moments) => {
        const [a, b, c] = moments.sort((left, right) => left.getTime() - right.getTime()) as [Date, Date, Date]

        expect(hours.between(a, b) + hours.between(b, c)).toBe(hours.between(a, c))
      }),
    )
  })

  it('opens at the same time of day all year: there is no summer time', () => {
    fc.assert(
      fc.property(moment, at => {
        const opens = office.opensAt(at)
        const hourOfDay = ((opens.getTime() + 7 * hourMs) % (24 * hourMs)) / hourMs

        if (opens > at) expect([7.5, 13.5]).toContain(hourOfDay)
        expect(office.opensAt(opens)).toEqual(opens)
      }),
    )
  })

  it('the working day of a moment closes after it opens for it', () => {
    fc.assert(
      fc.property(offices, moment, (hours, at) => {
        expect(hours.opensAt(at) >= at).toBe(true)
        expect(hours.closesAt(at) > hours.opensAt(at)).toBe(true)
        expect(hours.between(at, hours.opensAt(at))).toBe(0)
      }),
    )
  })
})

it.each([
  { at: '2025-04-28 09:00', opens: '2025-04-28 09:00', why: 'in the morning' },
  { at: '2025-04-28 11:30', opens: '2025-04-28 13:30', why: 'as the morning ends' },
  { at: '2025-04-28 17:00', opens: '2025-04-29 07:30', why: 'as the day ends' },
  { at: '2025-04-29 18:00', opens: '2025-05-05 07:30', why: 'before 30 April, whose bridge day was exchanged' },
  { at: '2025-04-26 08:00', opens: '2025-04-26 08:00', why: 'on the Saturday worked in its place' },
  { at: '2025-01-24 17:30', opens: '2025-02-03 07:30', why: 'before nine days of Tết' },
  { at: '2024-09-01 10:00', opens: '2024-09-04 07:30', why: 'on the Sunday before National Day' },
])('$why: $at counts from $opens', ({ at, opens }) => {
  expect(office.opensAt(hanoi(at))).toEqual(hanoi(opens))
})

it('keeps the hours of the exchanged Friday on the Saturday in its place', () => {
  const fridays = schedule(days, parseWorkingHours('Mo-Th 07:30-11:30,13:30-17:00; Fr 08:00-12:00'))

  expect(fridays.opensAt(hanoi('2025-04-26 00:00'))).toEqual(hanoi('2025-04-26 08:00'))
  expect(fridays.closesAt(hanoi('2025-04-26 09:00'))).toEqual(hanoi('2025-04-26 12:00'))
})

it('counts working days both ways across a holiday', () => {
  const day = office.dayAt(dayNumber('2025-05-05'))?.day ?? 0

  expect(office.workingDayFrom(day, -1).opens).toEqual(hanoi('2025-04-29 07:30'))
  expect(office.workingDayFrom(day, 1).opens).toEqual(hanoi('2025-05-06 07:30'))
  expect(office.workingDayFrom(dayNumber('2025-05-01'), 0).opens).toEqual(hanoi('2025-05-05 07:30'))
})

it('names the years that nobody vouches for', () => {
  expect(office.unconfirmedYears(hanoi('2025-12-31 09:00'), hanoi('2025-12-31 17:00'))).toEqual([])
  expect(office.unconfirmedYears(hanoi('2025-12-31 09:00'), hanoi('2027-01-02 09:00'))).toEqual([2026, 2027])
})

it('gives up on hours that never open', () => {
  const never = schedule({ weekdayWorked: () => undefined, isConfirmed: () => true }, parseWorkingHours('07:30-11:30'))

  expect(() => never.opensAt(hanoi('2025-04-28 09:00'))).toThrow(RangeError)
})

function dayNumber(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / (24 * hourMs)
}
