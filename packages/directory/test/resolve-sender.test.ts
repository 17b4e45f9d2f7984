import { expect, it } from 'vitest'
import { resolveSender } from '../src/index.ts'
import { directoryOf, entry, noon, notConnected } from './sample-directory.ts'

const lookup = directoryOf(
  entry('H17', { code2016: '000.00.00.H17' }, notConnected),
  entry('H47', { validTo: '2025-07-01', successor: 'H17', graceUntil: '2026-09-01' }),
  entry('H30', { validTo: '2025-07-01', successor: 'H17', graceUntil: '2026-08-19' }),
  entry('H51', { validTo: '2025-07-01', successor: 'H17' }),
  entry('H64', { validFrom: '2027-01-01' }),
)

it.each([
  { written: 'H17', resolved: 'H17', standing: 'open' },
  { written: '000.00.00.H17', resolved: 'H17', standing: 'open' },
  { written: 'H47', resolved: 'H47', standing: 'closed-in-grace' },
  { written: 'H30', resolved: 'H30', standing: 'closed' },
  { written: 'H51', resolved: 'H51', standing: 'closed' },
  { written: 'H64', resolved: undefined, standing: 'unknown' },
  { written: 'H99', resolved: undefined, standing: 'unknown' },
])('finds $written $standing', ({ written, resolved, standing }) => {
  const sender = resolveSender(written, noon, lookup)

  expect({ written: sender.written, resolved: sender.resolved, standing: sender.standing }).toEqual({
    written,
    resolved,
    standing,
  })
})
