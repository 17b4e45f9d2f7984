import { csvHeader, type DirectoryFormat, formatCsvRows, formatJsonRows } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { Tx } from '../database.ts'
import { type ImportCounts, type ImportMode, importRows, lockDirectory } from './agency-import.ts'
import { streamAgencies } from './agency-list.ts'
import { readDirectoryFile } from './directory-file.ts'

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
  const existing = options.mode === 'merge' ? streamAgencies(tx) : []
  const { rows, faults, faultCount } = await readDirectoryFile(bytes, options.format, existing)
  if (faultCount > 0) {
    throw new HubError('IMPORT_REFUSED', `the file has ${faultCount} faults`, {
      findings: faults,
      details: { faultCount },
    })
  }
  return importRows(tx, rows, options)
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
