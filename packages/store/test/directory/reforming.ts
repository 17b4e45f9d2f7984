import { addSystem, emptyTables, type TestDatabase } from '@docaxis/testkit'
import { applyReform, bindSystemAgency, previewReform } from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

export const past = '2025-07-01'
export const future = '2999-01-01'

/** Two communes that merge, one that is split, one that goes on; all served by systems of their own. */
export async function putCommunes(database: TestDatabase): Promise<void> {
  await emptyTables(
    database,
    'document',
    'unrouted',
    'reform',
    'directory_request',
    'outbox',
    'outbox_batch',
    'audit_entry',
    'audit_batch',
  )
  await clearDirectory(database)
  await putAgencies(database, [
    agency('H1'),
    ...['A', 'B', 'C', 'D'].map(name =>
      agency(`H1.${name}`, { level: 'commune', parent: 'H1', code2016: `001.${name}` }),
    ),
  ])
  for (const name of ['A', 'B', 'C', 'D']) {
    await addSystem(database, name)
    await bindSystemAgency(database, name, `H1.${name}`)
  }
}

export const reformFile = (effectiveOn: string, changes?: readonly object[], name = 'test') =>
  Buffer.from(
    JSON.stringify({
      format: 'docaxis-reform-1',
      name,
      title: 'Thử nghiệm',
      effectiveOn,
      changes: changes ?? [
        {
          do: 'merge',
          codes: ['H1.A', 'H1.B'],
          into: { code: 'H1.N', name: 'Xã Mới', level: 'commune', parent: 'H1' },
        },
        { do: 'split', code: 'H1.C', into: ['H1.N', 'H1.D'] },
        { do: 'rename', code: 'H1.D', name: 'Phường D' },
      ],
    }),
  )

export const reformsOf = (database: TestDatabase) => ({
  preview: (file: Buffer) => database.transaction(tx => previewReform(tx, file)),
  apply: (file: Buffer) => database.transaction(tx => applyReform(tx, file, { by: 'system:admin' })),
})
