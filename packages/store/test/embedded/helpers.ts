import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type EmbeddedLog, type EmbeddedPostgres, startEmbedded } from '../../src/embedded/index.ts'
import { type Database, openDatabase } from '../../src/index.ts'

const ignore = () => undefined
export const quiet: EmbeddedLog = { info: ignore, warn: ignore, error: ignore }

/** A folder that other users may enter, as a data folder outside /root is. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-store-'))
  await chmod(folder, 0o755)
  return folder
}

/** Whatever a test starts is ended and removed after it, in reverse, also when it fails. */
export function cleanUps(): { add(work: () => Promise<unknown>): void; run(): Promise<void> } {
  const works: (() => Promise<unknown>)[] = []
  return {
    add: work => void works.push(work),
    async run() {
      for (const work of works.splice(0).reverse()) await work()
    },
  }
}

export type CleanUps = ReturnType<typeof cleanUps>

export async function dataFolder(after: CleanUps): Promise<string> {
  const folder = await openFolder()
  after.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function start(after: CleanUps, dataDir: string, log: EmbeddedLog = quiet): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir, log, fsync: false })
  after.add(() => server.stop())
  return server
}

/** A pool on it that is closed after the test; killed connections are no fault of the test. */
export function open(after: CleanUps, connectionString: string): Database {
  const database = openDatabase({ connectionString, onError: ignore })
  after.add(() => database.close())
  return database
}

export interface HubProcess {
  readonly child: ChildProcess
  readonly answer: { readonly connectionString: string; readonly pid: number; readonly uid: number; fault?: string }
  kill(): Promise<void>
}

const program = fileURLToPath(new URL('./hub-process.ts', import.meta.url))

/** Starts a hub as a process of its own; `uid` makes it an ordinary user's. */
export async function hubProcess(after: CleanUps, dataDir: string, uid?: number): Promise<HubProcess> {
  const account = uid === undefined ? {} : { uid, gid: uid }
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'], ...account })
  const exited = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  after.add(kill)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, answer: JSON.parse(line), kill }
}
