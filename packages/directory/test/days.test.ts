import { expect, it } from 'vitest'
import { isSilence } from '../src/days.ts'
import { hanoiDay } from '../src/index.ts'

/** A time of 2025 in Ha Noi. */
const at = (day: string, hour: string) => new Date(`2025-${day}T${hour}:00+07:00`)

it.each([
  { what: 'from Monday to Wednesday', from: at('08-18', '10:00'), to: at('08-20', '10:00') },
  { what: 'over a weekend', from: at('08-15', '10:00'), to: at('08-19', '10:00') },
  { what: 'from a Saturday on', from: at('08-16', '10:00'), to: at('08-20', '00:00') },
  { what: 'over nine days of Tết', from: at('01-24', '10:00'), to: at('02-04', '10:00') },
])('silence lasts two working days: $what', ({ from, to }) => {
  expect(isSilence(from, to)).toBe(true)
  expect(isSilence(from, new Date(to.getTime() - 1))).toBe(false)
})

it('begins a day at midnight in Ha Noi', () => {
  expect(hanoiDay(new Date('2025-06-30T16:59:59.999Z'))).toBe('2025-06-30')
  expect(hanoiDay(new Date('2025-06-30T17:00:00Z'))).toBe('2025-07-01')
})
