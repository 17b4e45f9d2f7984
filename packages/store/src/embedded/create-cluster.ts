import { execFile } from 'node:child_process'
import { chown, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from '../blobs/sync-folder.ts'
import type { ServerAddress } from './server-address.ts'
import { commandAs, type ServerUser } from './server-user.ts'

const run = promisify(execFile)

/**
 * All compare by code point; the first that the programs know is taken. PostgreSQL compares bytes by itself under its builtin
 * locale (17 and newer), and asks the C library for each two keys of an index under the same locale of the system.
 */
const locales: readonly (readonly string[])[] = [
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
  ['--locale=C.UTF-8'],
  // Older macOS has no C.UTF-8.
  ['--locale=C'],
]

/**
 * Makes the data folder of PostgreSQL where there is none. It appears whole or not at all: a hub killed half way
 * begins again.
 *
 * @returns whether it was made now
 */
export async function createCluster(user: ServerUser, cluster: string, address: ServerAddress): Promise<boolean> {
  if (await exists(cluster)) return false
  const draft = `${cluster}.new`
  await initdbWithFirst(locales, words => initdb(user, draft, address, words))
  await rename(draft, cluster)
  await syncFolder(dirname(cluster))
  return true
}

async function initdbWithFirst(
  [locale = [], ...others]: typeof locales,
  make: (locale: readonly string[]) => Promise<void>,
): Promise<void> {
  try {
    await make(locale)
  } catch (error) {
    if (others.length === 0 || !/locale/.test(outputOf(error))) throw error
    await initdbWithFirst(others, make)
  }
}

/** What initdb said; the command line, which names locales as well, is no part of it. */
function outputOf(error: unknown): string {
  return error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
}

async function initdb(
  user: ServerUser,
  folder: string,
  address: ServerAddress,
  locale: readonly string[],
): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  if (user.account !== undefined) await chown(folder, user.account.uid, user.account.gid)

  const { file, args, options } = commandAs(user, user.binaries.initdb, [
    `--pgdata=${folder}`,
    '--username=docaxis',
    '--encoding=UTF8',
    ...locale,
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
