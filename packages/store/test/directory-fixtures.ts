import type { Agency } from '@docaxis/directory'
import { emptyTables } from '@docaxis/testkit'
import { type Database, type ImportCounts, type ImportMode, importAgencies } from '../src/index.ts'

/** An open agency of the province level; `change` makes it differ. */
export function agency(code: string, change: Partial<Agency> = {}): Agency {
  return {
    code,
    oldCodes: [],
    name: `Cơ quan ${code}`,
    kind: 'agency',
    level: 'province',
    groups: [],
    canReceive: true,
    receivesForUnits: false,
    ...change,
  }
}

export function putAgencies(
  database: Database,
  agencies: readonly Agency[],
  mode: ImportMode = 'merge',
): Promise<ImportCounts> {
  return database.transaction(tx => importAgencies(tx, agencies, { mode }))
}

/** Empties directory and systems. */
export async function clearDirectory(database: Database): Promise<void> {
  await emptyTables(database, 'agency', 'system', 'crl', 'demo_anchor')
}
