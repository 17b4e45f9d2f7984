import { describe, expect, it } from 'vitest'
import { resolveReceiver, resolveReceivers } from '../src/index.ts'
import { directoryOf, entry, noon, notConnected } from './sample-directory.ts'

describe('finding by code', () => {
  const lookup = directoryOf(entry('H53', { code2016: '000.00.00.H53', oldCodes: ['00.53.W00'], name: 'UBND tỉnh' }))

  it.each(['H53', '000.00.00.H53', '00.53.W00', ' H53\n'])('resolves %j and keeps it as written', written => {
    const receiver = resolveReceiver(written, noon, lookup)

    expect(receiver).toEqual({ written, resolved: 'H53', level: 'province', name: 'UBND tỉnh', warnings: [] })
  })

  it.each(['h53', 'H5', 'H530', ''])('compares exactly: %j is unknown', written => {
    expect(resolveReceiver(written, noon, lookup)).toEqual({
      written,
      fault: 'R.MessageHeader.To.OrganId',
      warnings: [],
    })
  })

  it('finds a code written with decomposed letters', () => {
    const lookup = directoryOf(entry('Đắk.1'))

    expect(resolveReceiver('Đắk.1'.normalize('NFD'), noon, lookup)).toMatchObject({ resolved: 'Đắk.1' })
  })
})

describe('lifecycle', () => {
  const closed = { validTo: '2025-07-01', successor: 'H17' }

  it('delivers what is for a closed code to its successor and says so', () => {
    const lookup = directoryOf(entry('H47', { ...closed, name: 'Quảng Nam' }), entry('H17', { name: 'Đà Nẵng' }))

    expect(resolveReceiver('H47', noon, lookup)).toEqual({
      written: 'H47',
      resolved: 'H17',
      level: 'province',
      name: 'Đà Nẵng',
      writtenName: 'Quảng Nam',
      forwarded: 'successor',
      warnings: [],
    })
  })

  it('follows successors that were closed in their turn', () => {
    const lookup = directoryOf(
      entry('A', { validTo: '2020-01-01', successor: 'B' }),
      entry('B', { validTo: '2022-01-01', successor: 'C' }),
      entry('C'),
    )

    expect(resolveReceiver('A', noon, lookup)).toMatchObject({ resolved: 'C', forwarded: 'successor' })
  })

  it.each([
    { why: 'has no successor', entries: [entry('A', { validTo: '2025-07-01' })] },
    { why: 'names an unknown successor', entries: [entry('A', { validTo: '2025-07-01', successor: 'X' })] },
    {
      why: 'leads back to itself',
      entries: [
        entry('A', { validTo: '2025-07-01', successor: 'B' }),
        entry('B', { validTo: '2025-07-01', successor: 'A' }),
      ],
    },
    {
      why: 'leads to a code not open yet',
      entries: [entry('A', { validTo: '2025-07-01', successor: 'B' }), entry('B', { validFrom: '2027-01-01' })],
    },
    {
      why: 'begins a chain too long to be true',
      entries: [
        entry('A', { validTo: '2025-07-01', successor: 'S0' }),
        ...Array.from({ length: 40 }, (_, i) => entry(`S${i}`, { validTo: '2025-07-01', successor: `S${i + 1}` })),
        entry('S40'),
      ],
    },
  ])('refuses a closed code that $why', ({ entries }) => {
    expect(resolveReceiver('A', noon, directoryOf(...entries))).toMatchObject({
      resolved: 'A',
      fault: 'M.MessageHeader.To.Closed',
    })
  })

  it('closes a code at midnight in Ha Noi', () => {
    const lookup = directoryOf(entry('H47', { validTo: '2025-07-01' }))

    expect(resolveReceiver('H47', new Date('2025-06-30T16:59:59Z'), lookup).fault).toBeUndefined()
    expect(resolveReceiver('H47', new Date('2025-06-30T17:00:00Z'), lookup).fault).toBe('M.MessageHeader.To.Closed')
  })

  it('does not know a code before it opens', () => {
    const lookup = directoryOf(entry('H64', { validFrom: '2027-01-01' }))

    expect(resolveReceiver('H64', noon, lookup).fault).toBe('R.MessageHeader.To.OrganId')
  })
})

describe('connection', () => {
  it.each([
    {
      why: 'no system fetches for it',
      unit: entry('H53.1', { parent: 'H53' }, notConnected),
      fault: 'M.MessageHeader.To.NotConnected',
    },
    {
      why: 'it does not receive',
      unit: entry('H53.1', { parent: 'H53', canReceive: false }),
      fault: 'M.MessageHeader.To.Locked',
    },
  ])('refuses a known code when $why, with its name and level', ({ unit, fault }) => {
    expect(resolveReceiver('H53.1', noon, directoryOf(unit, entry('H53')))).toEqual({
      written: 'H53.1',
      resolved: 'H53.1',
      level: 'province',
      name: 'Cơ quan H53.1',
      fault,
      warnings: [],
    })
  })

  it('goes to the nearest agency above that receives for its units', () => {
    const lookup = directoryOf(
      entry('H53.1.1', { parent: 'H53.1', level: 'commune' }, notConnected),
      entry('H53.1', { parent: 'H53', level: 'commune' }),
      entry('H53', { parent: 'G', receivesForUnits: true }),
      entry('G', { receivesForUnits: true, level: 'central' }),
    )

    expect(resolveReceiver('H53.1.1', noon, lookup)).toMatchObject({
      resolved: 'H53',
      level: 'province',
      forwarded: 'parent',
      writtenName: 'Cơ quan H53.1.1',
    })
  })

  it.each([
    { why: 'is not connected itself', parent: entry('H53', { receivesForUnits: true }, notConnected) },
    { why: 'is closed', parent: entry('H53', { receivesForUnits: true, validTo: '2025-07-01' }) },
    { why: 'does not receive', parent: entry('H53', { receivesForUnits: true, canReceive: false }) },
    { why: 'has not opted in', parent: entry('H53', { receivesForUnits: false }) },
  ])('does not go to an agency above that $why', ({ parent }) => {
    const lookup = directoryOf(entry('H53.1', { parent: 'H53' }, notConnected), parent)

    expect(resolveReceiver('H53.1', noon, lookup).fault).toBe('M.MessageHeader.To.NotConnected')
  })

  it('never goes from an unknown unit to what looks like its parent', () => {
    const lookup = directoryOf(entry('H53', { receivesForUnits: true }))

    expect(resolveReceiver('H53.9', noon, lookup).fault).toBe('R.MessageHeader.To.OrganId')
  })

  it('ends where parents go round in a circle', () => {
    const lookup = directoryOf(
      entry('A', { parent: 'B' }, notConnected),
      entry('B', { parent: 'A', receivesForUnits: true }, notConnected),
    )

    expect(resolveReceiver('A', noon, lookup).fault).toBe('M.MessageHeader.To.NotConnected')
  })
})

describe('silence', () => {
  // noon is Wednesday 10:00 in Ha Noi.
  it.each([
    { last: '2026-08-17T03:00:00Z', day: 'Monday 10:00', silent: true },
    { last: '2026-08-17T03:00:01Z', day: 'a second later', silent: false },
    { last: '2026-08-14T03:00:00Z', day: 'Friday 10:00', silent: true },
  ])('of a system that last called on $day: $silent', ({ last, silent }) => {
    const lookup = directoryOf(entry('H53', {}, { connected: true, lastCalledAt: new Date(last) }))

    expect(resolveReceiver('H53', noon, lookup).warnings).toEqual(silent ? ['M.MessageHeader.To.Silent'] : [])
  })

  it('does not count Saturday and Sunday', () => {
    const monday = new Date('2026-08-17T03:00:00Z')
    const friday = { connected: true, lastCalledAt: new Date('2026-08-14T03:00:00Z') }

    expect(resolveReceiver('H53', monday, directoryOf(entry('H53', {}, friday))).warnings).toEqual([])
  })

  it('counts from the day a system was set up until it first calls', () => {
    const never = (since: string) => entry('H53', {}, { connected: true, connectedSince: new Date(since) })

    expect(resolveReceiver('H53', noon, directoryOf(never('2026-08-19T02:00:00Z'))).warnings).toEqual([])
    expect(resolveReceiver('H53', noon, directoryOf(never('2026-08-03T02:00:00Z'))).warnings).toHaveLength(1)
  })
})

describe('a list of receivers', () => {
  const lookup = directoryOf(
    entry('H17', { code2016: '000.00.00.H17' }),
    entry('H47', { validTo: '2025-07-01', successor: 'H17' }),
    entry('H53'),
  )

  it('warns of whatever leads to an agency that is named in it, or stands in it before', () => {
    const receivers = resolveReceivers(['H47', 'H53', 'H17', '000.00.00.H17'], noon, lookup)

    expect(receivers.map(each => [each.resolved, each.warnings])).toEqual([
      ['H17', ['M.MessageHeader.To.OrganId']],
      ['H53', []],
      ['H17', []],
      ['H17', ['M.MessageHeader.To.OrganId']],
    ])
  })

  it('warns of an unknown code written twice as well', () => {
    const [first, second] = resolveReceivers(['X', 'X '], noon, lookup)

    expect(first).toMatchObject({ fault: 'R.MessageHeader.To.OrganId', warnings: [] })
    expect(second).toMatchObject({ written: 'X ', warnings: ['M.MessageHeader.To.OrganId'] })
  })
})
