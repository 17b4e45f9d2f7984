import * as callbacks from 'node:fs'
import { promisify } from 'node:util'

// Numbers instead of FileHandles: intake does this for every packet, and a handle costs more than the calls on it.
const open = promisify(callbacks.open)
const fsync = promisify(callbacks.fsync)
const close = promisify(callbacks.close)

/** Makes the names in a folder durable: a renamed file is lost by a power cut until its folder is on disk. */
export async function syncFolder(folder: string): Promise<void> {
  const opened = await openFolder(folder)
  if (opened !== undefined) await fsync(opened).finally(() => close(opened))
}

/** For `syncOpened`; undefined on Windows, which cannot open a folder: NTFS journals names itself. */
export async function openFolder(folder: string): Promise<number | undefined> {
  return process.platform === 'win32' ? undefined : await open(folder, 'r')
}

/** `syncFolder` for one that was opened before, if it was. */
export async function syncOpened(folder: string, opened: number | undefined): Promise<void> {
  await (opened === undefined ? syncFolder(folder) : fsync(opened))
}

export async function closeOpened(opened: number | undefined): Promise<void> {
  if (opened !== undefined) await close(opened)
}
