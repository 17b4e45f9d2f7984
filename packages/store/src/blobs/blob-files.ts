import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, rename as renameWithCallback, writeFile as writeFileWithCallback } from 'node:fs'
import { mkdir, open, opendir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { HubError } from '@docaxis/errors'
import { newHubId } from '../documents/hub-id.ts'
import { storageUnavailable } from '../storage-errors.ts'
import type { BlobStore, Spool } from './blob-store.ts'
import { syncFolder } from './sync-folder.ts'
import { uploadFiles } from './upload-files.ts'

/** A blob as the garbage collector and the scrub see it. */
export interface BlobEntry {
  readonly sha256: string
  readonly keptAt: Date
}

/**
 * Blobs in files: `ab/abcd…`. 256 folders all exist soon: a new folder costs a blob three more waits for the disk, and a
 * deeper tree would have tens of thousands of them.
 */
export interface FileBlobs extends BlobStore {
  entries(): AsyncIterable<BlobEntry>
  remove(sha256: string): Promise<void>
  /** Where the blob lies, for a thread that opens it itself. */
  pathOf(sha256: string): string
}

export interface FileBlobOptions {
  readonly now?: () => Date
}

// Those of node:fs/promises go by FileHandles, which cost the main thread more than the calls.
const writeFile = promisify(writeFileWithCallback)
const rename = promisify(renameWithCallback)

const hashShape = /^[0-9a-f]{64}$/
const spoolFolder = 'spool'
const uploadFolder = 'uploads'
/** Names are hashes of documents: other users of the machine may not even list them. */
const folderMode = 0o750
/** No upload takes a day: what is older was left by a process that died. */
const spoolLifetimeMs = 24 * 60 * 60 * 1000
/** Large enough that a file of 100 MB costs hundreds of calls, not thousands. */
const chunkBytes = 1024 * 1024

/**
 * Opens the blob folder, and makes it where there is none. Many processes may share it.
 *
 * @throws HubError `STORAGE_UNAVAILABLE` when the folder cannot be written
 */
export async function openFileBlobs(folder: string, options: FileBlobOptions = {}): Promise<FileBlobs> {
  const { now = () => new Date() } = options
  const spools = join(folder, spoolFolder)
  const uploads = join(folder, uploadFolder)
  await storage('the blob folder cannot be opened', async () => {
    await mkdir(dirname(folder), { recursive: true })
    await mkdir(spools, { recursive: true, mode: folderMode })
    await mkdir(uploads, { recursive: true, mode: folderMode })
    await removeLeftovers(spools, now())
  })

  const place = (sha256: string) => placeOf(folder, sha256)
  return {
    createSpool: () => storage('the spool cannot be opened', () => createSpool(spools)),
    keep: (spool, sha256) => storage('the blob cannot be kept', () => keep(folder, spool, sha256)),
    put: (bytes, sha256) => storage('the blob cannot be kept', () => put(folder, spools, bytes, sha256)),
    discard: spool => discard(spool),
    spoolFolder: spools,
    removeSpooled: name => rm(join(spools, basename(name)), { force: true }).catch(() => undefined),
    keepDecoded: (name, sha256) =>
      storage('the file cannot be kept', () => keepFile(folder, join(spools, basename(name)), sha256)),
    uploads: uploadFiles({
      folder: uploads,
      blobPathOf: place,
      moveIn: (path, sha256) => keepFile(folder, path, sha256),
      storage,
    }),
    open: (sha256, range) => storage('the blob cannot be read', () => openBlob(place(sha256), range), { sha256 }),
    read: sha256 => storage('the blob cannot be read', () => readVerified(place(sha256), sha256), { sha256 }),
    probe: () => storage('the blob folder cannot be written', () => probe(spools)),
    entries: () => entriesOf(folder),
    keptAt: sha256 => storage('the blob cannot be read', () => modifiedAt(place(sha256)), { sha256 }),
    pathOf: place,
    remove: sha256 => storage('the blob cannot be removed', () => rm(place(sha256), { force: true }), { sha256 }),
  }
}

async function createSpool(spools: string): Promise<Spool> {
  const path = join(spools, newHubId())
  const stream = createWriteStream(path, { flags: 'wx', mode: 0o640, highWaterMark: chunkBytes })
  await once(stream, 'open')
  // Whoever writes or keeps it meets the error; after a discard nobody does, and unheard it would end the program.
  stream.on('error', () => undefined)
  return { path, stream }
}

/** In this order: bytes, name, folder. */
async function keep(folder: string, spool: Spool, sha256: string): Promise<void> {
  if (!spool.stream.writableEnded) spool.stream.end()
  await finished(spool.stream)
  await syncFile(spool.path)
  await moveIn(folder, spool.path, sha256)
}

async function put(folder: string, spools: string, bytes: Uint8Array, sha256: string): Promise<void> {
  const path = join(spools, newHubId())
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o640, flush: true })
    await moveIn(folder, path, sha256)
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

/** A file that somebody else has written. A cache too is as durable as any blob: a broken one would be served. */
async function keepFile(folder: string, path: string, sha256: string): Promise<void> {
  await syncFile(path)
  await moveIn(folder, path, sha256)
}

/** Renames anew even over an equal blob: its age protects it from collection. */
async function moveIn(folder: string, from: string, sha256: string): Promise<void> {
  const path = placeOf(folder, sha256)
  try {
    await rename(from, path)
  } catch (error) {
    if (!isMissing(error)) throw error
    await mkdir(dirname(path), { recursive: true, mode: folderMode })
    // A new folder is a new name in its parent, which must be durable too.
    await syncFolder(folder)
    await rename(from, path)
  }
  await syncFolder(dirname(path))
}

async function discard(spool: Spool): Promise<void> {
  spool.stream.destroy()
  await rm(spool.path, { force: true }).catch(() => undefined)
}

async function openBlob(path: string, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
  // Opened before the stream is handed out: a missing blob is an answer, not an error in the middle of one.
  const handle = await open(path)
  return handle.createReadStream({ ...range, highWaterMark: chunkBytes })
}

async function readVerified(path: string, sha256: string): Promise<Buffer> {
  const bytes = await readFile(path)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== sha256) {
    throw new HubError('STORAGE_UNAVAILABLE', `blob ${sha256} has changed on disk`, { details: { sha256, found } })
  }
  return bytes
}

async function probe(spools: string): Promise<void> {
  const path = join(spools, `probe-${newHubId()}`)
  try {
    await writeFile(path, 'probe', { flush: true })
  } finally {
    await rm(path, { force: true })
  }
}

async function* entriesOf(folder: string): AsyncIterable<BlobEntry> {
  for (const first of await subfolders(folder)) {
    for await (const { name: sha256 } of await opendir(join(folder, first))) {
      const keptAt = await modifiedAt(join(folder, first, sha256))
      if (keptAt !== undefined && hashShape.test(sha256)) yield { sha256, keptAt }
    }
  }
}

async function subfolders(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter(name => /^[0-9a-f]{2}$/.test(name))
}

async function modifiedAt(path: string): Promise<Date | undefined> {
  try {
    return (await stat(path)).mtime
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function removeLeftovers(spools: string, now: Date): Promise<void> {
  for (const name of await readdir(spools)) {
    const path = join(spools, name)
    const at = await modifiedAt(path)
    if (at !== undefined && now.getTime() - at.getTime() > spoolLifetimeMs) await rm(path, { force: true })
  }
}

/** Nothing but a hash ever becomes part of a path. */
function placeOf(folder: string, sha256: string): string {
  if (!hashShape.test(sha256)) throw new TypeError('a blob is named by 64 lower-case hex digits')
  return join(folder, sha256.slice(0, 2), sha256)
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  await handle.sync().finally(() => handle.close())
}

/** Whatever the file system says (full, read-only, gone, I/O error), the caller may send the same again later. */
async function storage<T>(what: string, work: () => Promise<T>, details: Record<string, unknown> = {}): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw storageUnavailable(what, error, details)
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
