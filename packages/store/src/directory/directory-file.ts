import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { DirectoryFormat, DirectoryNode, DirectoryReading } from '@docaxis/directory'
import type { AgencyRows } from './agency-rows.ts'

/** A directory file as read and checked. With any fault nothing of it may be written. */
export interface DirectoryFile extends Pick<DirectoryReading, 'faults' | 'faultCount'> {
  readonly rows: AgencyRows
}

/** What the thread of `directory-thread.ts` is told: first what stands in the directory, piece by piece, then the file. */
export type DirectoryMessage =
  | { readonly existing: readonly DirectoryNode[] }
  | { readonly bytes: Uint8Array; readonly format: DirectoryFormat }

/**
 * `readDirectory` on a thread of its own: 111,000 agencies take over two seconds, in which this process goes on
 * answering.
 *
 * @param existing see `readDirectory`
 */
export async function readDirectoryFile(
  bytes: Uint8Array,
  format: DirectoryFormat,
  existing: AsyncIterable<readonly DirectoryNode[]> | Iterable<readonly DirectoryNode[]>,
): Promise<DirectoryFile> {
  const thread = new Worker(new URL('./directory-thread.ts', import.meta.url))
  const tell = (message: DirectoryMessage) => thread.postMessage(message)
  const reading = once(thread, 'message')
  // Should it fail while the directory is still being read, it is awaited below all the same.
  reading.catch(() => {})
  try {
    for await (const nodes of existing) tell({ existing: nodes })
    tell({ bytes, format })
    const [file]: DirectoryFile[] = await reading
    if (file === undefined) throw new Error('the thread that reads directories gave no answer')
    return file
  } finally {
    await thread.terminate()
  }
}
