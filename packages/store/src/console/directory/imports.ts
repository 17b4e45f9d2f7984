import type { DirectoryFormat } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { Tx } from '../../database.ts'
import type { ImportCounts, ImportMode } from '../../directory/agency-import.ts'
import { exportDirectory, type ImportOptions, importDirectory } from '../../directory/directory-import.ts'
import { type ImportPreview, previewImport } from '../../directory/import-preview.ts'
import type { Seen } from '../../directory/seen.ts'
import { inScope, type Scope } from '../scope.ts'
import { requireInside } from './require-inside.ts'

export interface ImportWish {
  readonly format: DirectoryFormat
  readonly mode: ImportMode
  readonly scope: Scope
}

/** How many changes a preview tells one by one. */
const told = 100

/** What a file would change; everything in it must lie in the scope. @throws HubError as `previewImport` does, `FORBIDDEN` */
export function previewImportWithin(tx: Tx, bytes: Uint8Array, wish: ImportWish): Promise<ImportPreview> {
  return previewImport(tx, bytes, { ...optionsOf(wish), limit: told })
}

/** @throws HubError as `importDirectory` does, `FORBIDDEN` */
export function importWithin(
  tx: Tx,
  bytes: Uint8Array,
  { seen, ...wish }: ImportWish & { readonly seen: Seen },
): Promise<ImportCounts> {
  return importDirectory(tx, bytes, { ...optionsOf(wish), seen })
}

/** A replacement takes away what the file does not name, wherever it lies. */
function optionsOf({ format, mode, scope }: ImportWish): ImportOptions {
  if (mode === 'replace' && !scope.everything) {
    throw new HubError('FORBIDDEN', 'replacing concerns the whole directory, and the scope does not')
  }
  return { format, mode, check: (tx, rows) => requireInside(tx, rows, scope) }
}

/** The agencies of a scope as a file that imports again. */
export function exportOfScope(tx: Tx, format: DirectoryFormat, scope: Scope): AsyncGenerator<string> {
  const values: unknown[] = []
  return exportDirectory(tx, format, { sql: inScope(values, scope, 'agency.code'), values })
}
