import { type Agency, formatCsv, formatJson, levelOneAgencies, readDirectory } from '@docaxis/directory'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { exportDirectory, findAgency, getAgency, type ImportMode, importDirectory } from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => clearDirectory(database))

const importText = (text: string, mode: ImportMode = 'merge', format: 'csv' | 'json' = 'csv') =>
  database.transaction(tx => importDirectory(tx, Buffer.from(text), { format, mode }))

async function exported(format: 'csv' | 'json'): Promise<Buffer> {
  const pieces: string[] = []
  await database.transaction(async tx => {
    for await (const piece of exportDirectory(tx, format)) pieces.push(piece)
  })
  return Buffer.from(pieces.join(''))
}

it.each([
  { format: 'csv', write: formatCsv },
  { format: 'json', write: formatJson },
] as const)('imports the level-1 codes from $format', async ({ format, write }) => {
  const counts = await importText(write(levelOneAgencies()), 'merge', format)

  expect(counts).toMatchObject({ added: levelOneAgencies().length })
  expect((await getAgency(database, '000.00.00.H47')).agency).toMatchObject({ code: 'H47', successor: 'H17' })
})

it.each(['csv', 'json'] as const)('exports %s that imports to the same', async format => {
  // More than one piece.
  const many = Array.from({ length: 1_001 }, (_, index): Agency => agency(`A${String(index).padStart(4, '0')}`))
  await putAgencies(database, many)

  expect(readDirectory(await exported(format), format)).toEqual({ agencies: many, faults: [], faultCount: 0 })
})

it('exports an empty directory as an empty array', async () => {
  expect((await exported('json')).toString()).toBe('[]\n')
})

it('checks a merged file against what the directory holds', async () => {
  await putAgencies(database, [agency('H17')])

  expect(await importText('code,name,level,parent\nH17.1,Tên,commune,H17')).toMatchObject({ added: 1 })
})

it('checks a replacement against itself alone', async () => {
  await putAgencies(database, [agency('H17')])

  const replacing = importText('code,name,level,parent\nH17.1,Tên,commune,H17', 'replace')

  await expect(replacing).rejects.toMatchObject({
    code: 'IMPORT_REFUSED',
    findings: [{ code: 'M.Agency.parent.Unknown', line: 2 }],
  })
})

it('writes nothing of a file with a fault, and tells every fault', async () => {
  const importing = importText('code,name,level\nA,Tên,province\nB,,province\nC,Tên,nowhere')

  await expect(importing).rejects.toMatchObject({
    code: 'IMPORT_REFUSED',
    details: { faultCount: 2 },
    findings: [
      { code: 'N.Agency.name', path: 'line 3, name' },
      { code: 'T.Agency.level.Word', path: 'line 4, level' },
    ],
  })
  expect(await findAgency(database, 'A')).toBeUndefined()
})

it('lets imports at the same time see each other', async () => {
  await putAgencies(database, [agency('A'), agency('B')])

  const importing = [
    importText('code,name,level,parent\nA,Tên,province,B'),
    importText('code,name,level,parent\nB,Tên,province,A'),
  ]
  const settled = await Promise.allSettled(importing)

  expect(settled.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
})
