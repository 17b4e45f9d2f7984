import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrival, type DeadlineKind, deadlineOf, sendBy } from '../src/index.ts'
import { hanoi, office } from './offices.ts'

const limits = { urgentWorkingMinutes: 120, veryUrgentMinutes: 30, mostUrgentMinutes: 15 }

function deadline(kind: DeadlineKind, arrival: Omit<Arrival, 'at'> & { at: string }) {
  return deadlineOf(kind, { ...arrival, at: hanoi(arrival.at) }, office, limits)
}

describe('receipt is told the same working day', () => {
  it.each([
    { at: '2025-04-28 09:00', from: '2025-04-28 09:00', due: '2025-04-28 17:00' },
    { at: '2025-04-28 16:59', from: '2025-04-28 16:59', due: '2025-04-28 17:00' },
    { at: '2025-04-28 17:00', from: '2025-04-29 07:30', due: '2025-04-29 17:00' },
    { at: '2025-04-25 22:00', from: '2025-04-26 07:30', due: '2025-04-26 17:00' },
    { at: '2025-04-29 18:00', from: '2025-05-05 07:30', due: '2025-05-05 17:00' },
  ])('arrived $at: counted from $from, due $due', ({ at, from, due }) => {
    expect(deadline('acknowledge', { at, priority: 0 })).toMatchObject({
      countedFrom: hanoi(from),
      dueAt: hanoi(due),
      clock: 'working',
    })
  })

  it('reminds as the afternoon begins, and tells again after one working day and after three', () => {
    expect(deadline('acknowledge', { at: '2025-04-28 09:00', priority: 0 })?.steps).toEqual([
      { name: 'reminder', at: hanoi('2025-04-28 13:30') },
      { name: 'missed', at: hanoi('2025-04-28 17:00') },
      { name: 'escalation-1', at: hanoi('2025-04-29 17:00') },
      { name: 'escalation-2', at: hanoi('2025-05-06 17:00') },
    ])
  })

  it('reminds nobody of what has just come', () => {
    const steps = deadline('acknowledge', { at: '2025-04-28 14:00', priority: 0 })?.steps

    expect(steps?.map(step => step.name)).toEqual(['missed', 'escalation-1', 'escalation-2'])
  })
})

describe('an urgent document is fetched at once', () => {
  it.each([
    { priority: 4, at: '2025-04-27 23:00', due: '2025-04-27 23:15' },
    { priority: 3, at: '2025-04-27 23:00', due: '2025-04-27 23:15' },
    { priority: 2, at: '2025-04-27 23:00', due: '2025-04-27 23:30' },
    { priority: 1, at: '2025-04-27 23:00', due: '2025-04-28 09:30' },
    { priority: 1, at: '2025-04-28 10:30', due: '2025-04-28 14:30' },
  ])('priority $priority at $at: by $due', ({ priority, at, due }) => {
    expect(deadline('fetch', { at, priority })?.dueAt).toEqual(hanoi(due))
  })

  it('rests on no holiday when it runs round the clock', () => {
    const round = { at: '2026-04-27 23:00', priority: 3 }

    expect(deadline('fetch', round)).toMatchObject({
      clock: 'round',
      countedFrom: hanoi(round.at),
      unconfirmedYears: [],
    })
  })

  it('has no such deadline when it is not urgent', () => {
    expect(deadline('fetch', { at: '2025-04-28 09:00', priority: 0 })).toBeUndefined()
  })
})

describe('what has a due date is finished by it', () => {
  it.each([
    { dueOn: '2025-05-06', due: '2025-05-06 17:00', why: 'at the end of that day' },
    { dueOn: '2025-05-01', due: '2025-05-05 17:00', why: 'a day off moves to the next working day' },
    { dueOn: '2025-04-20', due: '2025-04-28 17:00', why: 'a day that was over on arrival is the day of arrival' },
  ])('$dueOn: $why', ({ dueOn, due }) => {
    expect(deadline('finish', { at: '2025-04-28 09:00', priority: 0, dueOn })?.dueAt).toEqual(hanoi(due))
  })

  it('reminds on the morning of the working day before', () => {
    const steps = deadline('finish', { at: '2025-04-28 09:00', priority: 0, dueOn: '2025-05-05' })?.steps

    expect(steps?.[0]).toEqual({ name: 'reminder', at: hanoi('2025-04-29 07:30') })
  })

  it('is never late for want of a 06 when there is no due date', () => {
    expect(deadline('finish', { at: '2025-04-28 09:00', priority: 3 })).toBeUndefined()
  })
})

it('ends within a century whatever the sender wrote', () => {
  const found = deadline('finish', { at: '2025-04-28 09:00', priority: 0, dueOn: '9999-12-31' })

  expect(found?.steps.at(-1)?.at.getUTCFullYear()).toBe(2125)
})

it('says when it rests on a year that nobody vouches for', () => {
  expect(deadline('acknowledge', { at: '2025-12-30 09:00', priority: 0 })?.unconfirmedYears).toEqual([])
  expect(deadline('finish', { at: '2025-12-30 09:00', priority: 0, dueOn: '2028-02-04' })?.unconfirmedYears).toEqual([
    2028,
  ])
})

it('takes its steps in order and misses nothing before it is due, whatever arrives when', () => {
  const moment = fc.date({ min: new Date('2023-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  const kinds = fc.constantFrom<DeadlineKind>('fetch', 'acknowledge', 'finish')
  fc.assert(
    fc.property(moment, moment, fc.integer({ min: 0, max: 4 }), kinds, (at, due, priority, kind) => {
      const arrival = { at, priority, dueOn: due.toISOString().slice(0, 10) }
      const found = deadlineOf(kind, arrival, office, limits)
      if (!found) return

      expect(found.dueAt > at).toBe(true)
      expect(found.countedFrom >= at).toBe(true)
      const missed = found.steps.findIndex(step => step.name === 'missed')
      expect(found.steps[missed]?.at).toEqual(found.dueAt)
      expect(found.steps.map(step => step.at)).toEqual(found.steps.map(step => step.at).toSorted((a, b) => +a - +b))
      expect(found.steps.slice(0, missed).map(step => step.name)).not.toContain('escalation-1')
    }),
  )
})

it.each([
  { issuedOn: '2025-04-28', by: '2025-04-29 11:30' },
  { issuedOn: '2025-04-29', by: '2025-05-05 11:30' },
  { issuedOn: '2025-04-26', by: '2025-04-28 11:30' },
])('of $issuedOn: sent in time until $by', ({ issuedOn, by }) => {
  expect(sendBy(issuedOn, office)).toEqual(hanoi(by))
})
