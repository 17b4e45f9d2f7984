import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, pause, type RunningProgram, startProgram, stopProgram, untilReady } from '../../processes.ts'
import type { Victims } from '../kill-sweep.ts'

/** The hub in one process with its own PostgreSQL: either may be killed. */
export async function embeddedVictims(folder: string): Promise<Victims> {
  const dataDir = join(folder, 'data')
  const port = await freePort()
  const start = (): RunningProgram =>
    startProgram({
      program: 'hub',
      port,
      logFile: join(folder, 'hub.log'),
      env: { DOCAXIS_DATA_DIR: dataDir, DOCAXIS_DEMO: 'on', DOCAXIS_LOG_LEVEL: 'info' },
    })
  let hub = start()
  let stopping = false
  // As a service manager would: a hub whose PostgreSQL is killed while it starts gives up and is started again.
  function keepRunning(): void {
    hub.gone.then(() => {
      if (stopping) return
      hub = start()
      keepRunning()
    })
  }
  keepRunning()
  await untilReady(() => hub)

  const kills: Readonly<Record<string, () => Promise<void>>> = {
    hub: async () => {
      const { gone } = hub
      hub.kill('SIGKILL')
      await gone
    },
    postgres: async () => {
      const pid = await postmasterPid(dataDir)
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    },
  }
  return {
    dataDir,
    gateways: [hub.url],
    names: Object.keys(kills),
    kill: async name => kills[name]?.(),
    settle: () => untilReady(() => hub, 90_000),
    stop: () => {
      stopping = true
      return stopProgram(hub)
    },
  }
}

/** First line of postmaster.pid; absent while the server is down, when it is waited for a little. */
async function postmasterPid(dataDir: string): Promise<number | undefined> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
    const pid = Number(text.split('\n')[0])
    if (pid > 0 && isAlive(pid)) return pid
    await pause(100)
  }
  return undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
