import { type Agency, formatCsv } from '@docaxis/directory'
import { addSystem, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { previewImport } from '../../src/directory/import-preview.ts'
import { bindSystemAgency, findAgency, type ImportMode, importDirectory, type Seen } from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())
beforeEach(async () => {
  await clearDirectory(database)
  await putAgencies(
    database,
    ['A', 'B', 'C', 'D'].map(code => agency(code)),
  )
})

const file = (agencies: readonly Agency[]) => Buffer.from(formatCsv(agencies))
const preview = (bytes: Buffer, mode: ImportMode = 'merge', limit = 10) =>
  database.transaction(tx => previewImport(tx, bytes, { format: 'csv', mode, limit }))
const apply = (bytes: Buffer, seen: Seen, mode: ImportMode = 'merge') =>
  database.transaction(tx => importDirectory(tx, bytes, { format: 'csv', mode, seen }))

const changes = [
  agency('A'),
  agency('B', { name: 'Tên mới' }),
  agency('C', { validTo: '2026-01-01', successor: 'B' }),
  agency('N', { parent: 'A' }),
]

it('tells what is new, changed, closed and unchanged, what takes most away first', async () => {
  const { figures, changes: told } = await preview(file(changes))

  expect(figures).toEqual({ added: 1, changed: 1, closed: 1, removed: 0, unchanged: 1 })
  expect(told).toMatchObject([
    {
      kind: 'closed',
      code: 'C',
      fields: [
        { field: 'validTo', before: '', after: '2026-01-01' },
        { field: 'successor', before: '', after: 'B' },
      ],
    },
    { kind: 'changed', code: 'B', fields: [{ field: 'name', before: 'Cơ quan B', after: 'Tên mới' }] },
    { kind: 'added', code: 'N' },
  ])
})

it('tells what a replacement takes away', async () => {
  const { figures, changes: told } = await preview(file(changes), 'replace')

  expect(figures).toMatchObject({ removed: 1 })
  expect(told[0]).toMatchObject({ kind: 'removed', code: 'D', name: 'Cơ quan D' })
})

it('tells the first changes alone, and counts all', async () => {
  const many = Array.from({ length: 30 }, (_, index) => agency(`M${index}`))

  const { figures, changes: told } = await preview(file(many), 'merge', 5)

  expect(figures.added).toBe(30)
  expect(told).toHaveLength(5)
})

it('writes nothing', async () => {
  await preview(file(changes))

  expect(await findAgency(database, 'N')).toBeUndefined()
})

it('is what the import then does', async () => {
  const bytes = file(changes)
  const { seen, figures } = await preview(bytes)

  const counts = await apply(bytes, seen)

  expect(counts).toEqual({ added: figures.added, changed: figures.changed + figures.closed, unchanged: 1, removed: 0 })
})

it('is not done once the directory has changed', async () => {
  const bytes = file(changes)
  const { seen } = await preview(bytes)
  await putAgencies(database, [agency('D', { name: 'Khác' })])

  const applied = apply(bytes, seen)

  await expect(applied).rejects.toMatchObject({ code: 'STATE_CONFLICT', details: { changed: 'directory' } })
  expect(await findAgency(database, 'N')).toBeUndefined()
})

it('is not done with another file', async () => {
  const { seen } = await preview(file(changes))

  const applied = apply(file([agency('A', { name: 'Khác' })]), seen)

  await expect(applied).rejects.toMatchObject({ code: 'STATE_CONFLICT', details: { changed: 'file' } })
})

it('brings back agencies that were removed, which the import counts as changed', async () => {
  await putAgencies(database, [agency('A'), agency('B'), agency('C')], 'replace')
  const bytes = file([agency('D')])
  const { seen, figures, changes: told } = await preview(bytes)

  expect(told).toMatchObject([{ kind: 'changed', code: 'D' }])
  expect(await apply(bytes, seen)).toMatchObject({ changed: figures.changed, added: 0 })
})

it('leaves it to the import to refuse what would cut off a system', async () => {
  await addSystem(database, 'sys')
  await bindSystemAgency(database, 'sys', 'D')
  const bytes = file(changes)
  const { seen } = await preview(bytes, 'replace')

  await expect(apply(bytes, seen, 'replace')).rejects.toMatchObject({
    code: 'STATE_CONFLICT',
    details: { codes: ['D'] },
  })
})
