import { formatCsv } from '@docaxis/directory'
import { expect, it } from 'vitest'
import { readDirectoryFile } from '../../src/directory/directory-file.ts'
import { agency } from '../directory-fixtures.ts'

const csv = (...codes: readonly string[]) => Buffer.from(formatCsv(codes.map(code => agency(code, { parent: 'TOP' }))))

it('reads against all pieces of the directory that it was given', async () => {
  const { rows, faultCount } = await readDirectoryFile(csv('A', 'B'), 'csv', [[agency('X')], [agency('TOP')]])

  expect(faultCount).toBe(0)
  expect(rows).toMatchObject({ count: 2, batches: [expect.stringContaining('"code":"B"')] })
})

it('makes no rows of a file with a fault', async () => {
  const file = await readDirectoryFile(csv('A'), 'csv', [[agency('X')]])

  expect(file).toMatchObject({
    faultCount: 1,
    faults: [{ code: 'M.Agency.parent.Unknown', line: 2 }],
    rows: { count: 0 },
  })
})

it('fails with what stopped the reading of the directory', async () => {
  async function* broken() {
    yield [agency('TOP')]
    throw new Error('connection lost')
  }

  await expect(readDirectoryFile(csv('A'), 'csv', broken())).rejects.toThrow('connection lost')
})
