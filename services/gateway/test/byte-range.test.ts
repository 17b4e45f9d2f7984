import { expect, it } from 'vitest'
import { parseRange } from '../src/mailbox/byte-range.ts'

it.each([
  { header: 'bytes=0-9', range: { start: 0, end: 9 } },
  { header: 'bytes=90-', range: { start: 90, end: 99 } },
  { header: 'bytes=-10', range: { start: 90, end: 99 } },
  { header: 'bytes=-500', range: { start: 0, end: 99 } },
  { header: 'bytes=50-500', range: { start: 50, end: 99 } },
])('reads $header of 100 bytes', ({ header, range }) => {
  expect(parseRange(header, 100)).toEqual(range)
})

it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-1', 'bytes=0-1,5-9', 'lines=1-2', 'bytes=a-b', 'bytes=0x1-2'])(
  'sends the whole for %s',
  header => {
    expect(parseRange(header, 100)).toBeUndefined()
  },
)

it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('refuses %s of 100 bytes', header => {
  expect(() => parseRange(header, 100)).toThrow(expect.objectContaining({ code: 'RANGE_NOT_SATISFIABLE' }))
})
