import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { birthOf, isAlive } from './processes.ts'

/** Held while this process uses the data folder. */
export interface FolderLock {
  release(): Promise<void>
}

interface Holder {
  readonly pid: number
  readonly birth: string | undefined
  readonly startedAt: string
}

/**
 * Takes the data folder for this process alone. A lock whose process is gone is taken over, so that a hub killed with
 * `kill -9` starts again.
 *
 * @throws Error naming the folder and the process that has it
 */
export async function lockFolder(folder: string, now: Date = new Date()): Promise<FolderLock> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'hub.lock')
  const mine: Holder = { pid: process.pid, birth: await birthOf(process.pid), startedAt: now.toISOString() }
  const draft = `${path}.${process.pid}`
  await writeFile(draft, JSON.stringify(mine))
  try {
    while (!(await linked(draft, path))) await clearStale(path, folder)
  } finally {
    await rm(draft, { force: true })
  }
  return { release: () => releaseIfMine(path, mine) }
}

/** Linking is atomic and fails when the lock exists, on every file system with links. */
async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function clearStale(path: string, folder: string): Promise<void> {
  const text = await textOf(path)
  if (text === undefined) return
  const holder = parseHolder(text)
  if (holder !== undefined && (await isRunning(holder))) {
    throw new Error(
      `the data folder ${resolve(folder)} is used by another hub, process ${holder.pid}, started ${holder.startedAt}: stop it, or set DOCAXIS_DATA_DIR`,
    )
  }
  await moveAway(path, text)
}

/** Two hubs may find the same stale lock: whoever moved away a fresh one puts it back. */
async function moveAway(path: string, stale: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`
  try {
    await rename(path, aside)
  } catch {
    return
  }
  if ((await textOf(aside)) !== stale) await linked(aside, path)
  await rm(aside, { force: true })
}

async function isRunning(holder: Holder): Promise<boolean> {
  if (!isAlive(holder.pid)) return false
  return holder.birth === undefined || holder.birth === (await birthOf(holder.pid))
}

async function releaseIfMine(path: string, mine: Holder): Promise<void> {
  if ((await textOf(path)) === JSON.stringify(mine)) await rm(path, { force: true })
}

/** A lock cut short by a power failure is nobody's. */
function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, birth, startedAt } = JSON.parse(text) as Partial<Holder>
    return Number.isSafeInteger(pid) ? { pid: Number(pid), birth, startedAt: String(startedAt) } : undefined
  } catch {
    return undefined
  }
}

async function textOf(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined)
}
