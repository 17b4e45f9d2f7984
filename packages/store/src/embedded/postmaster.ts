import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { commandAs, type ServerUser } from './server-user.ts'

/** A logger such as pino's. */
export interface EmbeddedLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface PostmasterExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface PostmasterOptions {
  readonly user: ServerUser
  readonly cluster: string
  readonly settings: Readonly<Record<string, string>>
  /** Asked until the server answers. */
  readonly connectionString: string
  readonly log: EmbeddedLog
}

/** One run of the server. */
export interface Postmaster {
  readonly pid: number
  readonly exited: Promise<PostmasterExit>
}

/** The server did not come up; `output` is what it said. */
export class PostmasterError extends Error {
  readonly output: string

  constructor(message: string, output: string) {
    super(`${message}: ${output || 'it said nothing'}`)
    this.name = 'PostmasterError'
    this.output = output
  }
}

/** Recovery after a kill reads at most `max_wal_size`; slow disks need their time. */
const readyTimeoutMs = 120_000
const keptLines = 20

/** Starts the server and resolves when it answers. @throws PostmasterError */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const child = spawnPostgres(options)
  const output = relayOutput(child.stderr, options.log)
  const exited = exitOf(child)
  await answering(options.connectionString, exited, output)
  return { pid: child.pid ?? 0, exited }
}

function spawnPostgres({ user, cluster, settings }: PostmasterOptions): ChildProcess & { stderr: Readable } {
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { file, args, options } = commandAs(user, user.binaries.postgres, ['-D', cluster, ...words])
  // Its own session: Ctrl-C reaches the hub alone, which then drains and stops the server last.
  const child = spawn(file, args, {
    ...options,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.unref()
  return child
}

function exitOf(child: ChildProcess): Promise<PostmasterExit> {
  return new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: null, signal: null }))
  })
}

/** Hands the server's log on line by line and keeps the last lines for the error message. */
function relayOutput(stderr: Readable, log: EmbeddedLog): readonly string[] {
  const last: string[] = []
  createInterface({ input: stderr }).on('line', line => {
    last.push(line)
    if (last.length > keptLines) last.shift()
    const details = { component: 'postgres' }
    // FATAL ends one session only, such as our own question whether the server is up yet.
    if (/^PANIC:/.test(line)) log.error(details, line)
    else log.info(details, line)
  })
  // The pipe alone must not keep the hub running.
  if ('unref' in stderr && typeof stderr.unref === 'function') stderr.unref()
  return last
}

async function answering(
  connectionString: string,
  exited: Promise<PostmasterExit>,
  output: readonly string[],
): Promise<void> {
  const deadline = performance.now() + readyTimeoutMs
  const ended = exited.then(() => 'ended' as const)
  while (!(await answers(connectionString))) {
    if ((await Promise.race([ended, sleep(20)])) === 'ended') {
      // The last lines arrive after the exit.
      await sleep(20)
      throw new PostmasterError('PostgreSQL did not start', output.join('\n'))
    }
    if (performance.now() > deadline) throw new PostmasterError('PostgreSQL does not answer', output.join('\n'))
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
