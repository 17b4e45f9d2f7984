import type { DeadlineStep } from '@docaxis/calendar'
import type { DueDeadline } from '@docaxis/store'
import { expect, it } from 'vitest'
import { judgeDeadline } from '../../src/deadlines/judge-deadline.ts'

const hour = (count: number) => new Date(Date.UTC(2025, 3, 28, count))

const steps: readonly DeadlineStep[] = [
  { name: 'reminder', at: hour(6) },
  { name: 'missed', at: hour(10) },
  { name: 'escalation-1', at: hour(34) },
]

const due: DueDeadline = {
  deliveryId: '0a1b2c3d4e5f60718293a4b5',
  kind: 'acknowledge',
  documentId: '5d2f0c1a9b8e7f6a5d4c3b2a',
  sender: 'G99',
  systemId: 'g99',
  receiver: 'H99.32.05',
  parent: 'H99.32',
  state: 'open',
  arrivedAt: hour(2),
  priority: 0,
  dueOn: null,
  hours: '07:30-11:30,13:30-17:00',
  dueAt: hour(10),
  unconfirmedYears: [],
  step: 0,
  transport: 'available',
  business: null,
  metAt: null,
  isVoid: false,
  traceparent: null,
}

const judge = (change: Partial<DueDeadline>, at: Date) => judgeDeadline({ ...due, ...change }, { steps }, at)

it('reminds, and comes back when it is due', () => {
  const { told, look } = judge({}, hour(7))

  expect(told?.name).toBe('reminder')
  expect(look).toMatchObject({ state: 'open', step: 1, nextAt: hour(10), missed: null })
})

it('is missed at the very moment it is due, with what was true then', () => {
  const { told, look } = judge({ step: 1, transport: 'fetched', business: '13' }, hour(10))

  expect(told?.name).toBe('missed')
  expect(look).toMatchObject({ state: 'missed', nextAt: hour(34) })
  expect(look.missed).toEqual({ at: hour(10), transport: 'fetched', business: '13' })
})

it('tells only the last of the steps that passed while nobody watched', () => {
  const { told, look } = judge({}, hour(40))

  expect(told?.name).toBe('escalation-1')
  expect(look).toMatchObject({ state: 'missed', step: 3, missed: { at: hour(40) } })
})

it('finds it missed once: an escalation adds no second finding', () => {
  const { told, look } = judge({ state: 'missed', step: 2 }, hour(34))

  expect(told?.name).toBe('escalation-1')
  expect(look.missed).toBeNull()
})

it('says nothing more once all is said, and still looks for the end', () => {
  const { told, look } = judge({ state: 'missed', step: 3 }, hour(60))

  expect(told).toBeNull()
  expect(look).toMatchObject({ state: 'missed', step: 3, nextAt: hour(84) })
})

it.each([
  { what: 'in time', metAt: hour(9), state: 'met' },
  { what: 'late, before anybody looked', metAt: hour(11), state: 'met' },
])('ends without a word when it was met $what', ({ metAt, state }) => {
  expect(judge({ metAt }, hour(12))).toMatchObject({ told: null, look: { state, endedAt: metAt, nextAt: null } })
})

it('ends without a word when nothing is owed any more', () => {
  expect(judge({ isVoid: true }, hour(12))).toMatchObject({ told: null, look: { state: 'void', endedAt: hour(12) } })
})

it('blames nobody for what the hub holds', () => {
  const { told, look } = judge({ transport: 'held' }, hour(12))

  expect(told).toBeNull()
  expect(look).toMatchObject({ state: 'open', step: 0, missed: null })
})
