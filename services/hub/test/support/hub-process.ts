import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { eventually } from './eventually.ts'

const main = resolve(import.meta.dirname, '../../src/main.ts')

/** A machine on which many tests run at once takes long to make a database. */
const startPatienceMs = 90_000

export interface HubProcess {
  readonly child: ChildProcess
  readonly url: string
  /** Asks it to stop and waits. @returns its exit code */
  stop(): Promise<number | null>
  kill(): Promise<void>
}

/** The hub as a program of its own; resolves when it is ready. */
export async function startHubProcess(settings: Readonly<Record<string, string>>): Promise<HubProcess> {
  const child = spawnHub(settings)
  let output = ''
  child.stdout?.on('data', chunk => {
    output += chunk
  })
  child.stderr?.pipe(process.stderr)
  const ready = async () => {
    if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}`)
    return /"url":"([^"]+)".*"msg":"hub ready"/.exec(output)?.[1]
  }
  const url = await eventually('the hub', ready, startPatienceMs).catch(error => {
    child.kill('SIGKILL')
    throw error
  })
  const exited = once(child, 'exit')
  return {
    child,
    url,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exited
      return code as number | null
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A start that must not succeed: exit code and what it says to the person who tried. */
export async function refusedStart(settings: Readonly<Record<string, string>>) {
  const child = spawnHub(settings)
  const [[code], said] = await Promise.all([once(child, 'exit'), child.stderr ? text(child.stderr) : ''])
  return { code: code as number | null, said }
}

function spawnHub(settings: Readonly<Record<string, string>>): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('DOCAXIS_'))
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...Object.fromEntries(inherited), DOCAXIS_HTTP_PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
