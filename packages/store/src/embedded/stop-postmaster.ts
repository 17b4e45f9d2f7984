import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { waitUntilGone } from './processes.ts'
import type { ServerUser } from './server-user.ts'

const run = promisify(execFile)

/** Signals of PostgreSQL's "Shutting Down the Server", each with the time it is given. Committed rows survive all. */
const steps: readonly (readonly [NodeJS.Signals, number])[] = [
  // Fast: open transactions are rolled back, connections closed, a checkpoint written.
  ['SIGINT', 20_000],
  // Immediate: recovery at the next start.
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
]

/** @throws Error when the process cannot be ended */
export async function stopPostmaster(user: ServerUser, cluster: string, pid: number): Promise<void> {
  // Windows knows no signals; a fast shutdown goes through pg_ctl there.
  if (process.platform === 'win32') {
    await run(join(user.binaries.root, 'bin', 'pg_ctl.exe'), ['stop', '-D', cluster, '-m', 'fast', '-w'])
    return
  }
  for (const [signal, timeoutMs] of steps) {
    signalIfThere(pid, signal)
    if (await waitUntilGone(pid, timeoutMs)) return
  }
  throw new Error(`the PostgreSQL process ${pid} of ${cluster} does not end`)
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
