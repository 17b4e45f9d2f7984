import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { eventually } from './eventually.ts'

const root = resolve(import.meta.dirname, '../../../..')
const startPatienceMs = 90_000

export interface ConsoleProcess {
  readonly url: string
  /** Asks it to stop and waits. @returns its exit code */
  stop(): Promise<number | null>
}

/** The console as a program of its own, as its `start` script runs it; resolves when it is ready. */
export async function startConsoleProcess(settings: Readonly<Record<string, string>>): Promise<ConsoleProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-console-'))
  const child = spawn(process.execPath, ['scripts/run.cjs', 'services/console/src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      DOCAXIS_ENVIRONMENT: 'test',
      DOCAXIS_HTTP_PORT: '0',
      DOCAXIS_DATA_DIR: folder,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  const ready = async () => {
    if (child.exitCode !== null) throw new Error(`the console ended with ${child.exitCode}: ${output}`)
    return /"address":"([^"]+)".*"msg":"ready"/.exec(output)?.[1]
  }
  const url = await eventually('the console', ready, startPatienceMs).catch(error => {
    child.kill('SIGKILL')
    throw error
  })
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exited
      await rm(folder, { recursive: true, force: true })
      return code as number | null
    },
  }
}
