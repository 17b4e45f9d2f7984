import { csvHeader, type DirectoryFormat, formatCsvRows, formatJsonRows } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { Tx } from '../database.ts'
import { type ImportCounts, type ImportMode, importRows, lockDirectory } from './agency-import.ts'
import { type AgencyCondition, streamAgencies } from './agency-list.ts'
import type { AgencyRows } from './agency-rows.ts'
import { allowTime } from './allow-time.ts'
import { readDirectoryFile } from './directory-file.ts'
import { requireSeen, type Seen } from './seen.ts'

export interface ImportOptions {
  readonly format: DirectoryFormat
  readonly mode: ImportMode
  /** What else must hold of what would be written; throws where it does not. */
  readonly check?: (tx: Tx, rows: AgencyRows) => Promise<void>
}

/**
 * Reads a directory file, checks it against what the directory holds, and writes all of it or nothing.
 *
 * @param bytes the file, UTF-8
 * @throws HubError `IMPORT_REFUSED` with the faults by line; those of `importAgencies`, of `requireSeen` and of `check`
 */
export async function importDirectory(
  tx: Tx,
  bytes: Uint8Array,
  { seen, ...options }: ImportOptions & { readonly seen?: Seen },
): Promise<ImportCounts> {
  await lockDirectory(tx)
  await allowTime(tx)
  if (seen) await requireSeen(tx, bytes, seen)
  return importRows(tx, await readImport(tx, bytes, options), options)
}

/** The agencies of a file without a fault. @throws HubError as `importDirectory` does */
export async function readImport(
  tx: Tx,
  bytes: Uint8Array,
  { format, mode, check }: ImportOptions,
): Promise<AgencyRows> {
  const existing = mode === 'merge' ? streamAgencies(tx) : []
  const { rows, faults, faultCount } = await readDirectoryFile(bytes, format, existing)
  if (faultCount > 0) {
    throw new HubError('IMPORT_REFUSED', `the file has ${faultCount} faults`, {
      findings: faults,
      details: { faultCount },
    })
  }
  await check?.(tx, rows)
  return rows
}

/** The directory, or a part of it, as one file, piece by piece, as of one moment. One export per transaction. */
export async function* exportDirectory(
  tx: Tx,
  format: DirectoryFormat,
  wanted?: AgencyCondition,
): AsyncGenerator<string> {
  if (format === 'csv') {
    yield csvHeader()
    for await (const agencies of streamAgencies(tx, wanted)) yield formatCsvRows(agencies)
    return
  }
  let before = '[\n'
  for await (const agencies of streamAgencies(tx, wanted)) {
    yield `${before}${formatJsonRows(agencies)}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
