import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { commandLineOf, isAlive } from './processes.ts'
import type { ServerUser } from './server-user.ts'
import { stopPostmaster } from './stop-postmaster.ts'

/**
 * A server that outlived its hub is stopped: it may run with other settings, and nobody reads its log.
 *
 * @returns the process id of the orphan, when there was one
 */
export async function stopOrphan(user: ServerUser, cluster: string): Promise<number | undefined> {
  const path = join(cluster, 'postmaster.pid')
  const pid = Number((await readFile(path, 'utf8').catch(() => '')).split('\n', 1)[0])
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined

  if (!(await isPostgresOf(pid, cluster))) {
    // The id was given to another program since. PostgreSQL itself would take that for a running server.
    await rm(path, { force: true })
    return undefined
  }
  await stopPostmaster(user, cluster, pid)
  return pid
}

async function isPostgresOf(pid: number, cluster: string): Promise<boolean> {
  const command = await commandLineOf(pid)
  if (command === undefined || !/postgres/.test(command)) return false
  // Windows shows the program only.
  return process.platform === 'win32' || command.includes(cluster)
}
