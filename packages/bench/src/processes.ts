import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export const repositoryRoot = join(import.meta.dirname, '..', '..', '..')

export type Program = 'hub' | 'gateway' | 'router' | 'delivery' | 'notary' | 'push' | 'trust'

export interface ProgramOptions {
  readonly program: Program
  readonly port: number
  /** Where the program's output goes, appended. */
  readonly logFile: string
  readonly env: Readonly<Record<string, string>>
}

/** One program of the hub as a process of its own, started as a user would. */
export interface RunningProgram {
  readonly program: Program
  readonly url: string
  readonly pid: number
  /** Resolves when the process is gone, however it ended. */
  readonly gone: Promise<void>
  kill(signal: NodeJS.Signals): void
}

export function startProgram(options: ProgramOptions): RunningProgram {
  const log = openSync(options.logFile, 'a')
  const child: ChildProcess = spawn(
    process.execPath,
    [join(repositoryRoot, 'services', options.program, 'src', 'main.ts')],
    {
      cwd: repositoryRoot,
      stdio: ['ignore', log, log],
      env: { ...cleanEnvironment(), ...options.env, DOCAXIS_HTTP_PORT: String(options.port) },
    },
  )
  const { pid } = child
  if (pid === undefined) throw new Error(`${options.program} could not be started`)
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return {
    program: options.program,
    url: `http://127.0.0.1:${options.port}`,
    pid,
    gone,
    kill: signal => {
      child.kill(signal)
    },
  }
}

/** Resolves when `/health/ready` answers 200, whichever run of the program is the current one then. */
export async function untilReady(current: () => RunningProgram | undefined, timeoutMs = 60_000): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    const ok = await fetch(`${current()?.url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
      answer => answer.ok,
      () => false,
    )
    if (ok) return
    await pause(50)
  }
  throw new Error(`${current()?.program} was not ready after ${timeoutMs} ms; its log says why`)
}

/** Ends a program as an operator would, and by force when it does not end within 35 s. */
export async function stopProgram(running: RunningProgram): Promise<void> {
  running.kill('SIGTERM')
  const timer = setTimeout(() => running.kill('SIGKILL'), 35_000)
  await running.gone
  clearTimeout(timer)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** Settings of the caller's own hub must not leak into the measured one. */
function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('DOCAXIS_'))
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']))
}
