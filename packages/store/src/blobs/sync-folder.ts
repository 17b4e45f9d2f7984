import * as callbacks from 'node:fs'
import { promisify } from 'node:util'

// Numbers instead of FileHandles: intake does this for every packet, and a handle costs more than the calls on it.
const open = promisify(callbacks.open)
const fsync = promisify(callbacks.fsync)
const close = promisify(callbacks.close)

/** Makes the names in a folder durable: a renamed file is lost by a power cut until its folder is on disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; NTFS journals names itself.
  if (process.platform === 'win32') return
  const descriptor = await open(folder, 'r')
  await fsync(descriptor).finally(() => close(descriptor))
}
