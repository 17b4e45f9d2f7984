import { expect, it } from 'vitest'
import { hanoiDay, workingTimeMs } from '../src/index.ts'

const hourMs = 3_600_000
/** A time of August 2026 in Ha Noi; the 17th is a Monday. */
const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 7, day, hour - 7))

it.each([
  { what: 'within a day', from: at(17, 8), to: at(17, 10), hours: 2 },
  { what: 'over a night', from: at(17, 10), to: at(18, 10), hours: 24 },
  { what: 'over a weekend', from: at(14, 10), to: at(17, 10), hours: 24 },
  { what: 'from Saturday to Sunday', from: at(15, 1), to: at(16, 23), hours: 0 },
  { what: 'from Sunday into Monday', from: at(16, 12), to: at(17, 3), hours: 3 },
  { what: 'over two weeks', from: at(3), to: at(17), hours: 10 * 24 },
  { what: 'backwards', from: at(18), to: at(17), hours: 0 },
])('counts working time $what: $hours h', ({ from, to, hours }) => {
  expect(workingTimeMs(from, to)).toBe(hours * hourMs)
})

it('begins a day at midnight in Ha Noi', () => {
  expect(hanoiDay(new Date('2025-06-30T16:59:59.999Z'))).toBe('2025-06-30')
  expect(hanoiDay(new Date('2025-06-30T17:00:00Z'))).toBe('2025-07-01')
})
