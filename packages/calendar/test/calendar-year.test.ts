import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type CalendarYear, calendarFaults, dayText, parseDay, shippedYears, workingDays } from '../src/index.ts'

const year: CalendarYear = {
  year: 2030,
  version: 1,
  confirmed: true,
  holidays: [{ from: '2030-04-30', to: '2030-05-01', name: '30/4' }],
  swaps: [{ off: '2030-05-02', work: '2030-05-04' }],
}

it('ships a usable file for each year of data', () => {
  const files = readdirSync(join(import.meta.dirname, '../data'))

  expect(files).toEqual(shippedYears.map(shipped => `${shipped.year}.json`))
  expect(shippedYears.flatMap(calendarFaults)).toEqual([])
})

it('takes a year that is right', () => {
  expect(calendarFaults(year)).toEqual([])
})

it.each([
  { fault: 'a day that does not exist', change: { holidays: [{ from: '2030-02-30', to: '2030-03-01', name: 'x' }] } },
  { fault: 'a holiday of another year', change: { holidays: [{ from: '2029-12-31', to: '2030-01-01', name: 'x' }] } },
  { fault: 'an end before its beginning', change: { holidays: [{ from: '2030-05-02', to: '2030-05-01', name: 'x' }] } },
  { fault: 'half a year of holidays', change: { holidays: [{ from: '2030-01-01', to: '2030-06-30', name: 'x' }] } },
  { fault: 'a weekend that is exchanged', change: { swaps: [{ off: '2030-05-04', work: '2030-05-11' }] } },
  { fault: 'a holiday that is exchanged', change: { swaps: [{ off: '2030-05-01', work: '2030-05-04' }] } },
  { fault: 'a working day that makes up', change: { swaps: [{ off: '2030-05-02', work: '2030-05-03' }] } },
])('refuses $fault', ({ change }) => {
  expect(calendarFaults({ ...year, ...change })).toHaveLength(1)
})

it('knows only the holidays on fixed dates of a year without data, and says that nobody vouches for it', () => {
  const days = workingDays([])
  const off = Array.from({ length: 365 }, (_, index) => (parseDay('2031-01-01') ?? 0) + index)
    .filter(day => days.weekdayWorked(day) === undefined)
    .map(dayText)

  expect(off).toEqual(['2031-01-01', '2031-04-30', '2031-05-01', '2031-09-02'])
  expect(days.isConfirmed(parseDay('2031-03-03') ?? 0)).toBe(false)
})
