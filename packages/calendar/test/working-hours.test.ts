import { expect, it } from 'vitest'
import { parseWorkingHours, standardHours } from '../src/index.ts'

const hourMs = 3_600_000

it('means Monday to Friday where no day is named', () => {
  const { week } = parseWorkingHours(standardHours)

  expect(week.map(sessions => sessions.length)).toEqual([0, 2, 2, 2, 2, 2, 0])
  expect(week[1]?.[0]).toEqual({ start: 7.5 * hourMs, end: 11.5 * hourMs })
})

it('lets a later rule stand for its day', () => {
  const { week } = parseWorkingHours('Mo-Su 08:00-17:00; Fr 08:00-12:00; Su 00:00-24:00')

  expect(week[5]).toEqual([{ start: 8 * hourMs, end: 12 * hourMs }])
  expect(week[0]).toEqual([{ start: 0, end: 24 * hourMs }])
})

it.each([
  { fault: 'an end before its beginning', text: '17:00-07:30' },
  { fault: 'sessions that overlap', text: '07:30-12:00,11:30-17:00' },
  { fault: 'an hour that no day has', text: '07:30-24:30' },
  { fault: 'a day that no week has', text: 'Xy 07:30-11:30' },
  { fault: 'nothing', text: '' },
  { fault: 'days without hours', text: 'Mo-Fr' },
])('refuses $fault', ({ text }) => {
  expect(() => parseWorkingHours(text)).toThrow()
})
