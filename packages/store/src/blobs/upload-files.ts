import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, type FileHandle, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { HubError } from '@docaxis/errors'
import { syncFolder } from './sync-folder.ts'

/** One upload's file, open for writing. */
export interface UploadWriter {
  /** Writes the whole chunk at this position. */
  write(chunk: Uint8Array, position: number): Promise<void>
  /** Resolves when everything written is on disk. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** Files of uploads under way, on the blob file system; every instance of the gateway sees them. */
export interface UploadFiles {
  /** @throws HubError `STORAGE_UNAVAILABLE` when the disk has no room for a file of this size */
  create(id: string, sizeBytes: number): Promise<void>
  /**
   * Undefined when the file is not there, because an earlier finish has made a blob of it, or lacks bytes that count, as
   * after a restore from backup.
   *
   * @param offsetBytes that count
   */
  openToWrite(id: string, offsetBytes: number): Promise<UploadWriter | undefined>
  pathOf(id: string): string
  /**
   * Makes the file anew from the blob that an interrupted finish has made of it; never the blob's own file, which
   * nothing may write to.
   *
   * @returns false when there is no such blob
   */
  restore(id: string, sha256: string): Promise<boolean>
  /** Makes the file a blob, as durable as every other. */
  keep(id: string, sha256: string): Promise<void>
  remove(id: string): Promise<void>
  /** Ids of files that are older than this. */
  olderThan(at: Date): Promise<string[]>
}

/** Left free beside what is asked for: the database and other documents need room too. */
const reservedBytes = 64 * 1024 * 1024

/** What the blob store does for its uploads. */
export interface UploadFolder {
  readonly folder: string
  readonly blobPathOf: (sha256: string) => string
  /** Makes a file of this path a blob. */
  readonly moveIn: (path: string, sha256: string) => Promise<void>
  /** Names a failure of the file system. */
  readonly storage: <T>(what: string, work: () => Promise<T>) => Promise<T>
}

export function uploadFiles({ folder, blobPathOf, moveIn, storage }: UploadFolder): UploadFiles {
  const pathOf = (id: string) => join(folder, basename(id))
  return {
    create: (id, sizeBytes) => storage('the upload cannot be stored', () => create(folder, pathOf(id), sizeBytes)),
    openToWrite: (id, offsetBytes) =>
      storage('the upload cannot be written', () => openToWrite(pathOf(id), offsetBytes, storage)),
    pathOf,
    restore: (id, sha256) =>
      storage('the upload cannot be restored', () => restore(folder, pathOf(id), blobPathOf(sha256))),
    keep: (id, sha256) => storage('the blob cannot be kept', () => moveIn(pathOf(id), sha256)),
    remove: id => rm(pathOf(id), { force: true }).catch(() => undefined),
    olderThan: at => storage('the uploads cannot be listed', () => olderThan(folder, at)),
  }
}

async function create(folder: string, path: string, sizeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  if (sizeBytes + reservedBytes > freeBytes) {
    throw new HubError('STORAGE_UNAVAILABLE', `the disk has no room for ${sizeBytes} bytes`, { retryAfterSeconds: 60 })
  }
  const handle = await open(path, 'wx', 0o640)
  await handle.close()
  await syncFolder(folder)
}

async function openToWrite(
  path: string,
  offsetBytes: number,
  storage: UploadFolder['storage'],
): Promise<UploadWriter | undefined> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r+')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  if ((await handle.stat()).size < offsetBytes) {
    await handle.close()
    return undefined
  }
  return {
    write: (chunk, position) => storage('the upload cannot be written', () => writeWhole(handle, chunk, position)),
    sync: () => storage('the upload cannot be written', () => handle.datasync()),
    close: () => handle.close(),
  }
}

/** A write may take less than it was given, as where the disk is about to be full. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < chunk.length) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position + done)
    done += bytesWritten
  }
}

async function restore(folder: string, path: string, blobPath: string): Promise<boolean> {
  const unnamed = `${path}-${randomBytes(6).toString('hex')}`
  try {
    await copyFile(blobPath, unnamed, constants.COPYFILE_FICLONE)
    await rename(unnamed, path)
    await syncFolder(folder)
    return true
  } catch (error) {
    await rm(unnamed, { force: true })
    if (isMissing(error)) return false
    throw error
  }
}

async function olderThan(folder: string, at: Date): Promise<string[]> {
  const found: string[] = []
  for (const name of await readdir(folder)) {
    const seen = await stat(join(folder, name)).catch(() => undefined)
    if (seen && seen.mtime < at) found.push(name)
  }
  return found
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
