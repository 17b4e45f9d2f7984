import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders: string[] = []

/**
 * A folder for one measurement; it stays until `removeScratch`. An ext4 without journal looks at every inode deleted in
 * the last five minutes before it gives out another: a hub measured right after the removal of another hub's ten
 * thousand files spent 9 % of its time on that.
 */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-bench-'))
  folders.push(folder)
  return folder
}

/** When everything is measured. */
export async function removeScratch(): Promise<void> {
  await Promise.all(folders.splice(0).map(folder => rm(folder, { recursive: true, force: true })))
}
