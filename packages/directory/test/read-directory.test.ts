import { describe, expect, it } from 'vitest'
import { type DirectoryNode, readDirectory } from '../src/index.ts'
import { agency } from './sample-directory.ts'

const readCsv = (text: string, existing: readonly DirectoryNode[] = []) =>
  readDirectory(Buffer.from(text), 'csv', existing)
const readJson = (value: unknown) => readDirectory(Buffer.from(JSON.stringify(value)), 'json')

/** Codes of the faults with their lines, `12 N.Agency.name`. */
const faultsOf = ({ faults }: ReturnType<typeof readCsv>) => faults.map(each => `${each.line} ${each.code}`)

describe('values', () => {
  it.each([
    { rule: 'no code', row: ',Tên,province', fault: '2 N.Agency.code' },
    { rule: 'no name', row: 'A,,province', fault: '2 N.Agency.name' },
    { rule: 'no level', row: 'A,Tên,', fault: '2 N.Agency.level' },
    { rule: 'a code of 36 characters', row: `${'A'.repeat(36)},Tên,province`, fault: '2 R.Agency.code' },
    { rule: 'a blank inside the code', row: 'A 1,Tên,province', fault: '2 T.Agency.code.Code' },
    { rule: 'a comma inside the code', row: '"A,1",Tên,province', fault: '2 T.Agency.code.Code' },
    { rule: 'a name of 201 characters', row: `A,${'x'.repeat(201)},province`, fault: '2 R.Agency.name' },
    { rule: 'an unknown level', row: 'A,Tên,tỉnh', fault: '2 T.Agency.level.Word' },
    { rule: 'a cell too many', row: 'A,Tên,province,x', fault: '2 R.File.Columns' },
    { rule: 'a quote inside a quoted cell', row: '"A"b",Tên,province', fault: '2 T.File.Csv' },
  ])('refuses $rule', ({ row, fault }) => {
    expect(faultsOf(readCsv(`code,name,level\n${row}\nB,Tên,province`))).toEqual([fault])
  })

  it.each([
    { field: 'kind', value: 'office', fault: 'T.Agency.kind.Word' },
    { field: 'validFrom', value: '01/07/2025', fault: 'T.Agency.validFrom.Date' },
    { field: 'validTo', value: '2025-02-30', fault: 'T.Agency.validTo.Date' },
    { field: 'mail', value: 'van thu', fault: 'T.Agency.mail.Mail' },
    { field: 'maxEnvelopeBytes', value: '50 MB', fault: 'T.Agency.maxEnvelopeBytes.Bytes' },
    { field: 'maxEnvelopeBytes', value: '0', fault: 'T.Agency.maxEnvelopeBytes.Bytes' },
    { field: 'fileTypes', value: 'pdf application/pdf', fault: 'T.Agency.fileTypes.Extension' },
    { field: 'canReceive', value: 'maybe', fault: 'T.Agency.canReceive.Word' },
    { field: 'shortName', value: 'x'.repeat(101), fault: 'R.Agency.shortName' },
    { field: 'oldCodes', value: `A1 ${'A'.repeat(36)}`, fault: 'R.Agency.oldCodes' },
    { field: 'parent', value: 'A', fault: 'M.Agency.parent.Cycle' },
    { field: 'parent', value: 'X', fault: 'M.Agency.parent.Unknown' },
    { field: 'successor', value: 'X', fault: 'M.Agency.successor.Unknown' },
    { field: 'center', value: 'X', fault: 'M.Agency.center.Unknown' },
    { field: 'graceUntil', value: '2026-01-01', fault: 'R.Agency.graceUntil.Dates' },
  ])('refuses $field $value', ({ field, value, fault }) => {
    expect(faultsOf(readCsv(`code,name,level,${field}\nA,Tên,province,${value}`))).toEqual([`2 ${fault}`])
  })

  it.each([
    { validFrom: '2025-07-01', validTo: '2025-07-01', graceUntil: '', fault: 'R.Agency.validTo.Dates' },
    { validFrom: '', validTo: '2025-07-01', graceUntil: '2025-07-01', fault: 'R.Agency.graceUntil.Dates' },
  ])('refuses the dates $validFrom, $validTo, $graceUntil', ({ validFrom, validTo, graceUntil, fault }) => {
    const text = `code,name,level,validFrom,validTo,graceUntil\nA,Tên,province,${validFrom},${validTo},${graceUntil}`

    expect(faultsOf(readCsv(text))).toEqual([`2 ${fault}`])
  })
})

describe('the file', () => {
  it.each([
    { rule: 'nothing in it', text: '', faults: ['1 N.File'] },
    { rule: 'a header alone', text: 'code,name,level\n', faults: ['1 N.File'] },
    { rule: 'a column missing', text: 'code,name\nA,Tên', faults: ['1 N.File.Column'] },
    { rule: 'an unknown column', text: 'code,name,level,color\nA,Tên,province,red', faults: ['1 M.File.Column'] },
    { rule: 'a column twice', text: 'code,name,level,name\nA,Tên,province,x', faults: ['1 M.File.Column'] },
    { rule: 'a quote never closed', text: 'code,name,level\nA,Tên,province\n"B,x,y\nC,x,y', faults: ['4 T.File.Csv'] },
  ])('is refused with $rule', ({ text, faults }) => {
    expect(faultsOf(readCsv(text))).toEqual(faults)
  })

  it('is refused where it is not UTF-8, by line', () => {
    const bytes = Buffer.concat([
      Buffer.from('code,name,level\nA,'),
      Buffer.from([0xd4, 0xea]),
      Buffer.from(',province'),
    ])

    expect(faultsOf(readDirectory(bytes, 'csv'))).toEqual(['2 T.File.Encoding'])
  })

  it('counts lines through cells of several lines', () => {
    const text = 'code,name,level\r\n"A","Tên\r\ndài",province\r\n\r\nB,"x\ny\nz",wrong\r\nC,,province'

    expect(faultsOf(readCsv(text))).toEqual(['5 T.Agency.level.Word', '8 N.Agency.name'])
  })
})

describe('JSON', () => {
  it('reads one array of agencies', () => {
    expect(readJson([{ code: 'A', name: 'Tên', level: 'province', oldCodes: ['A1'], canReceive: false }])).toEqual({
      agencies: [agency('A', { name: 'Tên', oldCodes: ['A1'], canReceive: false })],
      faults: [],
      faultCount: 0,
    })
  })

  it.each([
    { rule: 'no array', value: { code: 'A' }, fault: '1 T.File.Json' },
    { rule: 'an empty array', value: [], fault: '1 N.File' },
    { rule: 'a text among agencies', value: ['A'], fault: '1 T.File.Json' },
    { rule: 'a number for a name', value: [{ code: 'A', name: 7, level: 'province' }], fault: '1 T.Agency.name.Type' },
    {
      rule: 'a number among codes',
      value: [{ code: 'A', name: 'x', level: 'province', oldCodes: [7] }],
      fault: '1 T.Agency.oldCodes.Type',
    },
    {
      rule: 'an unknown key',
      value: [{ code: 'A', name: 'x', level: 'province', color: 'red' }],
      fault: '1 M.Agency.Field',
    },
  ])('refuses $rule', ({ value, fault }) => {
    expect(faultsOf(readJson(value))).toEqual([fault])
  })

  it('names the line on which a faulty agency begins', () => {
    const text = '[\n {"code": "A}{\\"", "name": "x [",\n  "level": "province"},\n\n {"code": "B"}\n]'

    expect(faultsOf(readDirectory(Buffer.from(text), 'json'))).toEqual(['5 N.Agency.name', '5 N.Agency.level'])
  })

  it('finds its lines past a text of ten million characters', () => {
    const text = `[{"code": "A", "name": "${'x'.repeat(10_000_000)}", "level": "province"},\n7]`

    expect(faultsOf(readDirectory(Buffer.from(text), 'json'))).toEqual(['1 R.Agency.name', '2 T.File.Json'])
  })

  it('does not take __proto__ for a value', () => {
    const text = '[{"code": "A", "level": "province", "__proto__": {"name": "x"}}]'

    expect(faultsOf(readDirectory(Buffer.from(text), 'json'))).toEqual(['1 M.Agency.Field', '1 N.Agency.name'])
  })

  it.each([
    { rule: 'a value missing', text: '[\n{"code": }]', line: 2 },
    { rule: 'a comma too many', text: '[\n{"code": "A"},\n\n]', line: 4 },
    { rule: 'a comma too few', text: '[{"code": "A"\n"name": "x"}]', line: 2 },
    { rule: 'a bracket of the wrong kind', text: '[\n{"code": "A"\n]]', line: 3 },
    { rule: 'a key without quotes', text: '[\n\n{code: "A"}]', line: 3 },
    { rule: 'a line break in a text', text: '[{"code":\n"A\n"}]', line: 2 },
    { rule: 'an end too early', text: '[\n{"code": "A"},\n', line: 3 },
    { rule: 'something after the end', text: '[]\n[]', line: 2 },
  ])('names the line of $rule', ({ text, line }) => {
    expect(faultsOf(readDirectory(Buffer.from(text), 'json'))).toEqual([`${line} T.File.Json`])
  })
})

describe('agencies among each other', () => {
  const header = 'code,name,level,code2016,oldCodes,parent,successor,center,kind'
  const rows = (...lines: readonly string[]) => [header, ...lines].join('\n')

  it.each([
    { rule: 'a code twice', lines: ['A,x,province', 'A,y,province'], faults: ['3 M.Agency.code.Duplicate'] },
    {
      rule: 'a 2016 code twice',
      lines: ['A,x,province,000.00.00.A', 'B,y,province,000.00.00.A'],
      faults: ['3 M.Agency.code2016.Duplicate'],
    },
    {
      rule: 'an old code that is another agency',
      lines: ['A,x,province,,B', 'B,y,province'],
      faults: ['2 M.Agency.oldCodes.Duplicate'],
    },
    {
      rule: 'a parent of a lower level',
      lines: ['A,x,commune', 'B,y,province,,,A'],
      faults: ['3 M.Agency.parent.Level'],
    },
    {
      rule: 'parents in a circle',
      lines: ['A,x,province,,,C', 'B,y,province,,,A', 'C,z,province,,,B', 'D,w,province,,,A'],
      faults: ['2 M.Agency.parent.Cycle'],
    },
    {
      rule: 'successors in a circle',
      lines: ['A,x,province,,,,B', 'B,y,province,,,,A'],
      faults: ['2 M.Agency.successor.Cycle'],
    },
    {
      rule: 'a center that is none',
      lines: ['A,x,province,,,,,B', 'B,y,province'],
      faults: ['2 M.Agency.center.Center'],
    },
  ])('are refused with $rule', ({ lines, faults }) => {
    const padded = lines.map(line => line + ','.repeat(8 - (line.match(/,/g) ?? []).length))

    expect(faultsOf(readCsv(rows(...padded)))).toEqual(faults)
  })

  it('may stand before what they name, at the same level, and list their own code as old', () => {
    const text = rows('A,x,commune,,A,B,,W,unit', 'B,y,commune,,,,,,agency', 'W,z,central,,,,,,center')

    expect(readCsv(text).faults).toEqual([])
  })

  it('do not repeat a fault in what they name', () => {
    const text = rows('A,,province,,,,,,', 'B,y,province,,,A,,,', 'C,z,province,,,X,,,')

    expect(faultsOf(readCsv(text))).toEqual(['2 N.Agency.name', '4 M.Agency.parent.Unknown'])
  })
})

describe('against the directory', () => {
  const existing = [agency('H17', { code2016: '000.00.00.H17' }), agency('H17.2', { parent: 'H17' })]

  it('finds what a file names there', () => {
    expect(readCsv('code,name,level,parent\nH17.3,Tên,commune,H17', existing).faults).toEqual([])
  })

  it('takes an agency from the file that both hold', () => {
    expect(readCsv('code,name,level,code2016\nH17,Tên,province,000.00.00.H17', existing).faults).toEqual([])
  })

  it.each([
    {
      rule: 'brings a code that another agency answers to',
      row: '000.00.00.H17,Tên,province,,',
      fault: 'code.Duplicate',
    },
    { rule: 'gives an agency a form of another', row: 'X,Tên,province,H17.2,', fault: 'oldCodes.Duplicate' },
    { rule: 'lowers an agency below its units', row: 'H17,Tên,commune,,', fault: 'level.Children' },
    { rule: 'closes a circle through it', row: 'H17,Tên,province,,H17.2', fault: 'parent.Cycle' },
  ])('refuses a file that $rule', ({ row, fault }) => {
    const reading = readCsv(`code,name,level,oldCodes,parent\n${row}`, existing)

    expect(faultsOf(reading)).toEqual([`2 M.Agency.${fault}`])
  })
})

describe('faults', () => {
  it('say in both languages what is wrong and what to do', () => {
    const [fault] = readCsv('code,name,level,parent\nA,Tên,province,X').faults

    expect(fault).toEqual({
      code: 'M.Agency.parent.Unknown',
      path: 'line 2, parent',
      severity: 'error',
      line: 2,
      field: 'parent',
      vi: expect.stringContaining('"X"'),
      en: expect.stringContaining('"X"'),
      hint: { vi: expect.any(String), en: expect.any(String) },
      details: { value: 'X' },
    })
  })

  it('are all counted, and the first 200 told', () => {
    const rows = Array.from({ length: 300 }, (_, index) => `A${index},,province`)

    const { faults, faultCount } = readCsv(`code,name,level\n${rows.join('\n')}`)

    expect(faultCount).toBe(300)
    expect(faults).toHaveLength(200)
    expect(faults.at(-1)?.line).toBe(201)
  })
})
