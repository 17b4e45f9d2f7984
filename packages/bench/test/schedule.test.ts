import { expect, it } from 'vitest'
import { schedule } from '../src/faults/schedule.ts'

const victims = ['hub', 'postgres', 'broker']

it('is the same for the same seed', () => {
  expect(schedule(7, 20, victims)).toEqual(schedule(7, 20, victims))
})

it('differs between seeds', () => {
  expect(schedule(7, 20, victims)).not.toEqual(schedule(8, 20, victims))
})

it.each([1, 2, 3])('kills every victim at least once with seed %i', seed => {
  const killed = new Set(schedule(seed, 20, victims).map(strike => strike.victim))

  expect([...killed].sort()).toEqual([...victims].sort())
})
