import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileBlobs, openFileBlobs } from '@docaxis/store'

export interface TestBlobs extends FileBlobs {
  readonly folder: string
  /** Removes the folder. */
  close(): Promise<void>
}

/** Blobs in a temporary folder. Close them in `afterAll`. */
export async function testBlobs(): Promise<TestBlobs> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-blobs-'))
  const blobs = await openFileBlobs(folder)
  return { ...blobs, folder, close: () => rm(folder, { recursive: true, force: true }) }
}
