import type { DirectoryFormat, DirectoryNode, DirectoryReading } from '@docaxis/directory'
import type { AgencyRows } from './agency-rows.ts'
import { askDirectoryThread } from './ask-directory-thread.ts'

/** A directory file as read and checked. With any fault nothing of it may be written. */
export interface DirectoryFile extends Pick<DirectoryReading, 'faults' | 'faultCount'> {
  readonly rows: AgencyRows
}

/** What the thread of `directory-thread.ts` is asked. */
export interface DirectoryQuestion {
  readonly bytes: Uint8Array
  readonly format: DirectoryFormat
}

/**
 * `readDirectory` on a thread of its own.
 *
 * @param existing see `readDirectory`
 */
export function readDirectoryFile(
  bytes: Uint8Array,
  format: DirectoryFormat,
  existing: AsyncIterable<readonly DirectoryNode[]> | Iterable<readonly DirectoryNode[]>,
): Promise<DirectoryFile> {
  const script = new URL('./directory-thread.ts', import.meta.url)
  return askDirectoryThread<DirectoryNode, DirectoryQuestion, DirectoryFile>(script, existing, { bytes, format })
}
