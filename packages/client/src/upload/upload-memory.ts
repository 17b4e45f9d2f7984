import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where unfinished uploads are remembered, so that a later run goes on with them. */
export interface UploadMemory {
  /** @returns the upload's path at the hub, if one is remembered */
  find(key: string): Promise<string | undefined>
  remember(key: string, path: string): Promise<void>
  forget(key: string): Promise<void>
}

/** One small file per unfinished upload. The hub says whether it is still known there: what is stale does no harm. */
export function fileUploadMemory(folder: string): UploadMemory {
  const fileOf = (key: string) => join(folder, `${createHash('sha256').update(key).digest('hex')}.upload`)
  return {
    async find(key) {
      const text = await readFile(fileOf(key), 'utf8').catch(() => '')
      return text === '' ? undefined : text
    },
    async remember(key, path) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const unnamed = join(folder, randomBytes(8).toString('hex'))
      await writeFile(unnamed, path, { mode: 0o600 })
      await rename(unnamed, fileOf(key))
    },
    forget: key => rm(fileOf(key), { force: true }),
  }
}
