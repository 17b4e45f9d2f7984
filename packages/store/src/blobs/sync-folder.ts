import { open } from 'node:fs/promises'

/** Makes the names in a folder durable: a renamed file is lost by a power cut until its folder is on disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; NTFS journals names itself.
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
