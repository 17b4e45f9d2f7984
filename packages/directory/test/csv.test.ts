import { describe, expect, it } from 'vitest'
import { formatCsv, readDirectory } from '../src/index.ts'
import { agency } from './sample-directory.ts'

const read = (text: string) => readDirectory(Buffer.from(text), 'csv')

it('reads columns in any order, with defaults for those that are missing', () => {
  const { agencies } = read('level,name,code\ncommune,UBND xã Hòa Tiến,H17.22')

  expect(agencies).toEqual([agency('H17.22', { name: 'UBND xã Hòa Tiến', level: 'commune' })])
})

it('reads every column', () => {
  const center = agency('W01', { kind: 'center' })
  const full = agency('H17.22', {
    code2016: '000.00.22.H17',
    oldCodes: ['28.22.H17', '29.22.H17'],
    shortName: 'Hòa Tiến',
    kind: 'unit',
    parent: 'H17',
    locality: 'Đà Nẵng',
    groups: ['xa.H17'],
    mail: 'hoatien@danang.gov.vn',
    validFrom: '2018-01-01',
    validTo: '2025-07-01',
    graceUntil: '2025-12-31',
    successor: 'H17',
    center: 'W01',
    canReceive: false,
    receivesForUnits: true,
  })

  const { agencies, faults } = read(formatCsv([agency('H17'), center, full]))

  expect(faults).toEqual([])
  expect(agencies).toEqual([agency('H17'), center, full])
})

it.each([
  { what: 'a byte order mark', text: '\uFEFFcode,name,level\nA,Tên,province' },
  { what: 'CRLF', text: 'code,name,level\r\nA,Tên,province\r\n' },
  { what: 'semicolons', text: 'code;name;level\nA;Tên;province' },
  { what: 'tabs', text: 'code\tname\tlevel\nA\tTên\tprovince' },
  { what: 'blanks around values', text: 'code , name,level\n A ,  Tên, province ' },
  { what: 'empty lines', text: 'code,name,level\n\n\nA,Tên,province\n\n' },
  { what: 'decomposed letters', text: 'code,name,level\nA,Tên,province'.normalize('NFD') },
])('reads a file with $what', ({ text }) => {
  expect(read(text)).toMatchObject({ agencies: [{ code: 'A', name: 'Tên', level: 'province' }], faultCount: 0 })
})

it.each(['true', '1', 'yes', 'có', 'TRUE'])('reads %s as true', word => {
  const { agencies } = read(`code,name,level,receivesForUnits\nA,Tên,province,${word}`)

  expect(agencies[0]?.receivesForUnits).toBe(true)
})

describe('formulas', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', "'=1"])('are made text in exports: %j', name => {
    const line = formatCsv([agency('A', { name })]).split('\r\n')[1] ?? ''

    expect(line).toMatch(/^A,,,"?'/)
  })

  it.each(['=1+1', '-1', "'=1", "''-"])('survive export and import: %j', name => {
    expect(read(formatCsv([agency('A', { name })])).agencies).toEqual([agency('A', { name })])
  })

  it('leaves an apostrophe before anything else alone', () => {
    const name = "'Tên'"

    expect(formatCsv([agency('A', { name })])).toContain(`A,,,'Tên'`)
    expect(read(formatCsv([agency('A', { name })])).agencies[0]?.name).toBe(name)
  })
})
