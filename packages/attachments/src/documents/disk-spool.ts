import { randomBytes } from 'node:crypto'
import { closeSync, createReadStream, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { FileSpool, SpoolFile } from '@docaxis/edxml'

/** Of one read: each is a turn of the event loop. */
const readBytes = 1024 * 1024

export interface DiskSpool extends FileSpool {
  /** Closes all files, and removes those that are not named. */
  close(keep: ReadonlySet<string>): void
}

interface DiskFile extends SpoolFile {
  readonly descriptor: number
}

/** Files in one folder. Every call waits for the disk: only for a thread that may. */
export function openDiskSpool(folder: string): DiskSpool {
  const files: DiskFile[] = []
  return {
    create: () => {
      const file = createFile(folder)
      files.push(file)
      return file
    },
    close: keep => {
      for (const { descriptor, name } of files) {
        closeSync(descriptor)
        if (!keep.has(name)) rmSync(join(folder, name), { force: true })
      }
    },
  }
}

function createFile(folder: string): DiskFile {
  const name = randomBytes(12).toString('hex')
  const path = join(folder, name)
  const descriptor = openSync(path, 'wx+', 0o640)
  let length = 0
  return {
    name,
    descriptor,
    get length() {
      return length
    },
    append: bytes => {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, length + at)
      length += bytes.length
    },
    subarray: (from, to) => readRange(descriptor, from, Math.min(to, length)),
    stream: (start, end) => createReadStream(path, { start, end: end - 1, highWaterMark: readBytes }),
  }
}

function readRange(descriptor: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, to - from))
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(descriptor, bytes, at, bytes.length - at, from + at)
    if (count === 0) throw new Error('a spooled file has become shorter')
    at += count
  }
  return bytes
}
