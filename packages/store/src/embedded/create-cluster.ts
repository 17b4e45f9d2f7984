import { execFile } from 'node:child_process'
import { chown, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from '../blobs/sync-folder.ts'
import type { ServerAddress } from './server-address.ts'
import { commandAs, type ServerUser } from './server-user.ts'

const run = promisify(execFile)

/**
 * Makes the data folder of PostgreSQL where there is none. It appears whole or not at all: a hub killed half way
 * begins again.
 *
 * @returns whether it was made now
 */
export async function createCluster(user: ServerUser, cluster: string, address: ServerAddress): Promise<boolean> {
  if (await exists(cluster)) return false
  const draft = `${cluster}.new`
  try {
    await initdb(user, draft, address, 'C.UTF-8')
  } catch (error) {
    if (!/invalid locale name/.test(String(error))) throw error
    // Older macOS has no C.UTF-8. The order is the same: by code point.
    await initdb(user, draft, address, 'C')
  }
  await rename(draft, cluster)
  await syncFolder(dirname(cluster))
  return true
}

async function initdb(user: ServerUser, folder: string, address: ServerAddress, locale: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  if (user.account !== undefined) await chown(folder, user.account.uid, user.account.gid)

  const { file, args, options } = commandAs(user, user.binaries.initdb, [
    `--pgdata=${folder}`,
    '--username=docaxis',
    '--encoding=UTF8',
    `--locale=${locale}`,
    '--no-instructions',
    ...address.initdbArguments,
  ])
  await run(file, args, options)
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
