import { expect, it } from 'vitest'
import { parseDay } from '../web/src/parts/day.ts'

it.each(['21/11/2026', ' 21.11.2026 ', '21-11-2026', '21 11 2026', '21112026', '2026-11-21'])(
  'takes %j for a day',
  text => {
    expect(parseDay(text)).toBe('2026-11-21')
  },
)

it('reads the day before the month, whatever the browser speaks', () => {
  expect(parseDay('3/11/2026')).toBe('2026-11-03')
})

it.each(['', '11/21/2026', '29/2/2026', '31/4/2026', '0/1/2026', '21/11/26', '2111026', '21/11'])(
  'takes %j for none',
  text => {
    expect(parseDay(text)).toBeUndefined()
  },
)
