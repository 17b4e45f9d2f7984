import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Agency, levelOneAgencies, readReform } from '../../src/index.ts'
import { reformFaultTexts } from '../../src/reform/reform-fault-texts.ts'
import { agency } from '../sample-directory.ts'

/** A province with two districts and four communes, and a province that goes on as it is. */
const directory: readonly Agency[] = [
  agency('H22', { code2016: '000.00.00.H22' }),
  agency('H60'),
  agency('H22.D1', { level: 'district', parent: 'H22' }),
  agency('H22.D2', { level: 'district', parent: 'H22' }),
  agency('H22.1', { level: 'commune', parent: 'H22.D1' }),
  agency('H22.2', { level: 'commune', parent: 'H22.D1' }),
  agency('H22.3', { level: 'commune', parent: 'H22.D2' }),
  agency('H22.4', { level: 'commune', parent: 'H22.D2' }),
  agency('H99', { validTo: '2020-01-01', successor: 'H60' }),
]

const commune = (code: string) => ({ code, name: `Xã ${code}`, level: 'commune', parent: 'H60' })

/** One change a line, from line 7 on. */
function file(changes: readonly object[], head: object = {}): Buffer {
  const { format, name, title, effectiveOn, ...more } = {
    format: 'docaxis-reform-1',
    name: 'test',
    title: 'Thử nghiệm',
    effectiveOn: '2025-07-01',
    ...head,
  }
  const lines = [
    `  "format": ${JSON.stringify(format)}`,
    `  "name": ${JSON.stringify(name)}`,
    `  "title": ${JSON.stringify(title)}`,
    `  "effectiveOn": ${JSON.stringify(effectiveOn)}`,
    ...Object.entries(more).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`),
    `  "changes": [\n${changes.map(change => `    ${JSON.stringify(change)}`).join(',\n')}\n  ]`,
  ]
  return Buffer.from(`{\n${lines.join(',\n')}\n}\n`)
}

const read = (changes: readonly object[], head?: object) => readReform(file(changes, head), directory)

/** Agencies of the plan by code. */
function planned(changes: readonly object[], head?: object) {
  const { plan, faults } = read(changes, head)
  expect(faults).toEqual([])
  if (!plan) throw new Error('no plan')
  return { plan, after: (code: string) => plan.agencies.find(each => each.code === code) }
}

const wholeProvince = [
  { do: 'merge', codes: ['H22', 'H60'], into: 'H60' },
  { do: 'close', code: 'H22.D1' },
  { do: 'close', code: 'H22.D2' },
  { do: 'merge', codes: ['H22.1', 'H22.2'], into: commune('H60.1') },
  { do: 'split', code: 'H22.3', into: ['H60.1', commune('H60.2')] },
  { do: 'merge', codes: ['H22.4'], into: 'H60.2' },
]

describe('what a reform makes of the directory', () => {
  it('closes merged codes on its day, with their successor, and opens the new ones', () => {
    const { after, plan } = planned(wholeProvince)

    expect(after('H22.1')).toMatchObject({ validTo: '2025-07-01', successor: 'H60.1' })
    expect(after('H22.4')).toMatchObject({ validTo: '2025-07-01', successor: 'H60.2' })
    expect(after('H60.1')).toMatchObject({ validFrom: '2025-07-01', parent: 'H60' })
    expect(after('H60')).toBeUndefined()
    expect(plan.opened).toEqual(['H60.1', 'H60.2'])
    expect(plan.closings.map(({ code }) => code)).toEqual([
      'H22',
      'H22.D1',
      'H22.D2',
      'H22.1',
      'H22.2',
      'H22.3',
      'H22.4',
    ])
  })

  it('keeps the 2016 code of a closed agency', () => {
    expect(planned(wholeProvince).after('H22')).toMatchObject({ code2016: '000.00.00.H22', successor: 'H60' })
  })

  it('names the choices, and no successor, where an agency is split', () => {
    const { after } = planned(wholeProvince)

    expect(after('H22.3')).toMatchObject({ choices: ['H60.1', 'H60.2'] })
    expect(after('H22.3')).not.toHaveProperty('successor')
  })

  it('lets one of those it is split into follow', () => {
    const change = { do: 'split', code: 'H22.4', into: ['H22.1', 'H22.2'], successor: 'H22.2' }

    expect(planned([change]).after('H22.4')).toMatchObject({ successor: 'H22.2' })
  })

  it('keeps an agency open from which others are split', () => {
    const { plan, after } = planned([{ do: 'split', code: 'H22.1', into: ['H22.1', commune('H22.9')] }])

    expect(plan.closings).toEqual([])
    expect(after('H22.9')).toBeDefined()
  })

  it('moves what stays open below a merged agency to the one it became', () => {
    const { after, plan } = planned([{ do: 'merge', codes: ['H22.D1'], into: 'H22.D2' }])

    expect(after('H22.1')?.parent).toBe('H22.D2')
    expect(plan.moved).toEqual(['H22.1', 'H22.2'])
  })

  it('moves what stays open below a closed agency where the file says', () => {
    expect(planned([{ do: 'close', code: 'H22.D1', childrenTo: 'H22' }]).after('H22.1')?.parent).toBe('H22')
  })

  describe('of a center', () => {
    const served = [
      agency('C1', { kind: 'center' }),
      agency('C2', { kind: 'center' }),
      agency('C3', { kind: 'center', validTo: '2020-01-01' }),
      agency('G1', { center: 'C1' }),
      agency('G2', { center: 'C1' }),
      agency('G3', { center: 'C1', validTo: '2020-01-01' }),
      agency('G4', { center: 'C2' }),
    ]
    const readServed = (changes: readonly object[]) => readReform(file(changes), [...directory, ...served])
    const centers = (changes: readonly object[]) => {
      const { plan, faults } = readServed(changes)
      expect(faults).toEqual([])
      return {
        rehomed: plan?.rehomed,
        centers: plan?.agencies
          .filter(({ code }) => code.startsWith('G'))
          .map(({ code, center }) => `${code} ${center}`),
      }
    }
    const toC2 = { rehomed: ['G1', 'G2'], centers: ['G1 C2', 'G2 C2'] }

    it('has the center that follows it serve those that stay open', () => {
      expect(centers([{ do: 'merge', codes: ['C1'], into: 'C2' }])).toEqual(toC2)
      expect(centers([{ do: 'close', code: 'C1', successor: 'C2' }])).toEqual(toC2)
    })

    it('has a center serve them that the reform opens', () => {
      const opened = { code: 'C9', name: 'Trung tâm mới', kind: 'center', level: 'central' }

      expect(centers([{ do: 'merge', codes: ['C1', 'C2'], into: opened }]).centers).toEqual(['G1 C9', 'G2 C9', 'G4 C9'])
    })

    it('has the one serve them that the file names', () => {
      expect(centers([{ do: 'close', code: 'C1', servedBy: 'C2' }])).toEqual(toC2)
      expect(centers([{ do: 'close', code: 'C1', successor: 'H60', servedBy: 'C2' }])).toEqual(toC2)
    })

    it('rehomes nobody that closes as well', () => {
      const both = [
        { do: 'close', code: 'C1', servedBy: 'C2' },
        { do: 'close', code: 'G1' },
      ]

      expect(centers(both).rehomed).toEqual(['G2'])
    })

    it.each([
      { why: 'nobody follows', change: { do: 'close', code: 'C1' }, code: 'M.Reform.Served' },
      {
        why: 'who follows is no center',
        change: { do: 'close', code: 'C1', successor: 'H60' },
        code: 'M.Reform.Served',
      },
      { why: 'several follow', change: { do: 'split', code: 'C1', into: ['C2', 'H60'] }, code: 'M.Reform.Served' },
      {
        why: 'the one named is no center',
        change: { do: 'close', code: 'C1', servedBy: 'H60' },
        code: 'M.Agency.center.Center',
      },
      { why: 'the one named is closed', change: { do: 'close', code: 'C1', servedBy: 'C3' }, code: 'M.Reform.Closed' },
      { why: 'the one named closes too', change: { do: 'close', code: 'C1', servedBy: 'C1' }, code: 'M.Reform.Target' },
    ])('is faulty where $why', ({ change, code }) => {
      const { faults } = readServed([change])

      expect(faults.map(fault => fault.code)).toContain(code)
    })
  })

  it('renames and moves the same agency', () => {
    const { after } = planned([
      { do: 'rename', code: 'H22.1', name: 'Phường Một' },
      { do: 'move', code: 'H22.1', parent: 'H22' },
    ])

    expect(after('H22.1')).toMatchObject({ name: 'Phường Một', parent: 'H22' })
  })

  it('lets certificates seal up to the end of the grace', () => {
    const changes = [
      { do: 'close', code: 'H22.1', graceUntil: '2025-09-01' },
      { do: 'close', code: 'H22.2' },
    ]
    const { plan } = planned(changes, { graceUntil: '2025-08-01' })

    expect(plan.closings.map(({ endsOn }) => endsOn)).toEqual(['2025-09-01', '2025-08-01'])
  })
})

describe('faults', () => {
  const close = { do: 'close', code: 'H22.1' }

  it.each([
    { fault: 'M.Reform.Unknown', change: { do: 'close', code: 'X1' }, path: 'line 7, changes[0]' },
    { fault: 'M.Reform.Unknown', change: { ...close, successor: 'X1' }, path: 'line 7, changes[0].successor' },
    {
      fault: 'M.Reform.Unknown',
      change: { do: 'move', code: 'H22.1', parent: 'X1' },
      path: 'line 7, changes[0].parent',
    },
    { fault: 'M.Reform.Closed', change: { do: 'close', code: 'H99' }, path: 'line 7, changes[0]' },
    {
      fault: 'M.Reform.Closed',
      change: { do: 'merge', codes: ['H22.1'], into: 'H99' },
      path: 'line 7, changes[0].into',
    },
    {
      fault: 'M.Reform.Exists',
      change: { do: 'merge', codes: ['H22.1'], into: commune('H22.2') },
      path: 'line 7, changes[0].into',
    },
    { fault: 'R.Reform.Few', change: { do: 'merge', codes: ['H22.1'], into: 'H22.1' }, path: 'line 7, changes[0]' },
    { fault: 'R.Reform.Few', change: { do: 'split', code: 'H22.1', into: ['H22.2'] }, path: 'line 7, changes[0]' },
    {
      fault: 'M.Reform.Choice',
      change: { do: 'split', code: 'H22.1', into: ['H22.2', 'H22.3'], successor: 'H22.4' },
      path: 'line 7, changes[0].successor',
    },
    {
      fault: 'M.Reform.Same',
      change: { do: 'rename', code: 'H22.1', name: 'Cơ quan H22.1' },
      path: 'line 7, changes[0].name',
    },
    {
      fault: 'M.Reform.Same',
      change: { do: 'move', code: 'H22.1', parent: 'H22.D1' },
      path: 'line 7, changes[0].parent',
    },
    { fault: 'M.Reform.Children', change: { do: 'close', code: 'H22.D1' }, path: 'line 7, changes[0]' },
    { fault: 'R.Reform.Dates', change: { ...close, graceUntil: '2025-07-01' }, path: 'line 7, changes[0].graceUntil' },
    { fault: 'M.Reform.Field', change: { ...close, into: 'H60' }, path: 'line 7, changes[0].into' },
    { fault: 'T.Reform.Word', change: { do: 'rent', code: 'H22.1' }, path: 'line 7, changes[0].do' },
    { fault: 'T.Reform.Date', change: { ...close, graceUntil: '2025-02-30' }, path: 'line 7, changes[0].graceUntil' },
    { fault: 'T.Reform.Code', change: { do: 'close', code: 'H 22' }, path: 'line 7, changes[0].code' },
    { fault: 'T.Reform.Type', change: { do: 'merge', codes: 'H22.1', into: 'H60' }, path: 'line 7, changes[0].codes' },
    { fault: 'N.Reform', change: { do: 'move', code: 'H22.1' }, path: 'line 7, changes[0]' },
    {
      fault: 'R.Reform',
      change: { do: 'rename', code: 'H22.1', name: 'x'.repeat(201) },
      path: 'line 7, changes[0].name',
    },
    {
      fault: 'N.Agency.level',
      change: { do: 'merge', codes: ['H22.1'], into: { code: 'Z', name: 'Z' } },
      path: 'line 7, level',
    },
    { fault: 'M.Agency.parent.Level', change: { do: 'move', code: 'H22.D1', parent: 'H22.4' }, path: 'line 7, parent' },
    { fault: 'M.Agency.parent.Cycle', change: { do: 'move', code: 'H22', parent: 'H22' }, path: 'line 7, parent' },
  ])('says $fault at $path, and plans nothing', ({ fault, change, path }) => {
    const reading = read([change])

    expect(reading.faults.map(each => ({ code: each.code, path: each.path }))).toContainEqual({ code: fault, path })
    expect(reading.plan).toBeUndefined()
  })

  it('names the line of the second of two changes of one code', () => {
    expect(read([close, { do: 'merge', codes: ['H22.1'], into: 'H22.2' }]).faults).toMatchObject([
      { code: 'M.Reform.Twice', line: 8, details: { value: 'H22.1', other: 'changes[0]' } },
    ])
  })

  it('refuses a successor that the same reform closes', () => {
    expect(
      read([
        { do: 'close', code: 'H22.1', successor: 'H22.2' },
        { do: 'close', code: 'H22.2' },
      ]).faults,
    ).toMatchObject([{ code: 'M.Reform.Target', path: 'line 7, changes[0].successor' }])
  })

  it.each([
    { fault: 'T.Reform.Json', bytes: Buffer.from('{\n  "format": x\n}'), line: 2 },
    { fault: 'T.Reform.Encoding', bytes: Buffer.from([0x7b, 0xff]), line: 1 },
    { fault: 'T.Reform.Type', bytes: Buffer.from('[]'), line: 1 },
  ])('says $fault of a file that is no reform', ({ fault, bytes, line }) => {
    expect(readReform(bytes, directory)).toMatchObject({ faultCount: 1, faults: [{ code: fault, line }] })
  })

  it.each(['format', 'name', 'title', 'effectiveOn'])('asks for %s', key => {
    expect(read([close], { [key]: '' }).faults).toMatchObject([{ code: 'N.Reform', details: { value: key } }])
  })

  it.each(Object.keys(reformFaultTexts))('explains %s in REFORM.md', reason => {
    expect(readFileSync(new URL('../../REFORM.md', import.meta.url), 'utf8')).toContain(`\`${reason}\``)
  })
})

describe('the provinces of 2025', () => {
  const bytes = readFileSync(new URL('../../data/reform-2025-provinces.json', import.meta.url))
  const closedOnTheDay = (each: Agency) => each.validTo === '2025-07-01'
  const after = levelOneAgencies()
  const before = after.map(each => {
    const { validTo, successor, ...open } = each
    return closedOnTheDay(each) ? open : each
  })

  it('become 34 of 63, exactly as the list of level 1 has them', () => {
    const { plan, faults } = readReform(bytes, before)

    expect(faults).toEqual([])
    const changed = new Map(plan?.agencies.map(each => [each.code, each]))
    expect(before.map(each => changed.get(each.code) ?? each)).toEqual(after)
    expect(plan?.closings.filter(({ code }) => code.startsWith('H'))).toHaveLength(29)
  })

  it.each([
    ['H60', 'H22'],
    ['H38', 'H63'],
    ['H55', 'H03'],
    ['H44', 'H62 H28'],
    ['H05', 'H02'],
    ['H31', 'H54'],
    ['H24', 'H23'],
    ['H42', 'H25 H40'],
    ['H50', 'H46'],
    ['H17', 'H47'],
    ['H48', 'H34'],
    ['H21', 'H08'],
    ['H32', 'H43'],
    ['H36', 'H16 H11'],
    ['H15', 'H45'],
    ['H29', 'H06 H09'],
    ['H19', 'H10'],
    ['H53', 'H39'],
    ['H13', 'H51 H30'],
    ['H61', 'H07 H59'],
    ['H20', 'H58'],
    ['H12', 'H04'],
    ['H01', 'H33'],
  ] as const)('give %s what was %s', (successor, closed) => {
    const followed = readReform(bytes, before).plan?.closings.filter(each => each.successor === successor)

    expect(followed?.map(({ code }) => code).sort()).toEqual(closed.split(' ').sort())
  })

  it('are not done again where they were done', () => {
    expect(readReform(bytes, after).faults.every(({ code }) => code === 'M.Reform.Closed')).toBe(true)
  })
})

describe('an agency that is opened and follows nobody', () => {
  const opening = { do: 'open', agency: commune('H60.9') }

  it('is open from the day of the reform', () => {
    const { plan, after } = planned([opening])

    expect(plan).toMatchObject({ opened: ['H60.9'], closings: [] })
    expect(after('H60.9')).toMatchObject({ name: 'Xã H60.9', parent: 'H60', validFrom: '2025-07-01' })
  })

  it('may take over by another change', () => {
    const { after } = planned([opening, { do: 'close', code: 'H22.4', successor: 'H60.9' }])

    expect(after('H22.4')).toMatchObject({ validTo: '2025-07-01', successor: 'H60.9' })
  })

  it.each([
    { what: 'is there already', change: { do: 'open', agency: commune('H22.4') }, code: 'M.Reform.Exists' },
    { what: 'is named by its code alone', change: { do: 'open', agency: 'H60.9' }, code: 'T.Reform.Type' },
    { what: 'is missing', change: { do: 'open' }, code: 'N.Reform' },
  ])('is refused where it $what', ({ change, code }) => {
    expect(read([change]).faults).toMatchObject([{ code, line: 7 }])
  })
})
