import {
  csvHeader,
  type DirectoryFormat,
  type DirectoryNode,
  formatCsvRows,
  formatJsonRows,
  readDirectory,
} from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { AgencyRow } from './agency.ts'
import { type ImportCounts, type ImportMode, importAgencies, lockDirectory } from './agency-import.ts'
import { streamAgencies } from './agency-list.ts'
import type { Tx } from './database.ts'

/**
 * Reads a directory file, checks it against what the directory holds, and writes all of it or nothing.
 *
 * @param bytes the file, UTF-8
 * @throws HubError `IMPORT_REFUSED` with the faults by line; those of `importAgencies`
 */
export async function importDirectory(
  tx: Tx,
  bytes: Uint8Array,
  options: { readonly format: DirectoryFormat; readonly mode: ImportMode },
): Promise<ImportCounts> {
  await lockDirectory(tx)
  const existing = options.mode === 'merge' ? await listNodes(tx) : []
  const { agencies, faults, faultCount } = readDirectory(bytes, options.format, existing)
  if (faultCount > 0) {
    throw new HubError('IMPORT_REFUSED', `the file has ${faultCount} faults`, {
      findings: faults,
      details: { faultCount },
    })
  }
  return importAgencies(tx, agencies, options)
}

/** The whole directory as one file, piece by piece, as of one moment. One export per transaction. */
export async function* exportDirectory(tx: Tx, format: DirectoryFormat): AsyncGenerator<string> {
  if (format === 'csv') {
    yield csvHeader()
    for await (const agencies of streamAgencies(tx)) yield formatCsvRows(agencies)
    return
  }
  let before = '[\n'
  for await (const agencies of streamAgencies(tx)) {
    yield `${before}${formatJsonRows(agencies)}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

type NodeRow = Pick<AgencyRow, 'code' | 'code_2016' | 'old_codes' | 'kind' | 'level' | 'parent' | 'successor'>

const listNodesSql = `
select code, code_2016, old_codes, kind, level, parent, successor
  from agency
 where not deleted`

async function listNodes(tx: Tx): Promise<DirectoryNode[]> {
  const { rows } = await tx.query<NodeRow>(listNodesSql)
  return rows.map(row => ({
    code: row.code,
    code2016: row.code_2016 ?? undefined,
    oldCodes: row.old_codes,
    kind: row.kind,
    level: row.level,
    parent: row.parent ?? undefined,
    successor: row.successor ?? undefined,
  }))
}
