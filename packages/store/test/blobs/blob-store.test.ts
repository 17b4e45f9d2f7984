import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type TestBlobs, testBlobs } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFileBlobs } from '../../src/index.ts'

const bytes = Buffer.from('<edXML/>')
const sha256 = sha256Of(bytes)
const dayMs = 24 * 60 * 60 * 1000

let blobs: TestBlobs
beforeEach(async () => {
  blobs = await testBlobs()
})
afterEach(() => blobs.close())

function sha256Of(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function pathOf(hash: string): string {
  return join(blobs.folder, hash.slice(0, 2), hash)
}

async function spooled(): Promise<string[]> {
  return await readdir(join(blobs.folder, 'spool'))
}

it('keeps spooled bytes under their hash', async () => {
  const spool = await blobs.createSpool()
  await pipeline([bytes], spool.stream)

  await blobs.keep(spool, sha256)

  expect(await blobs.read(sha256)).toEqual(bytes)
  expect(await spooled()).toEqual([])
})

it('keeps bytes from memory, also when they are there already', async () => {
  await blobs.put(bytes, sha256)
  await blobs.put(bytes, sha256)

  expect(await blobs.read(sha256)).toEqual(bytes)
})

it('makes a blob young again when it is kept again, which protects it from collection', async () => {
  await blobs.put(bytes, sha256)
  await utimes(pathOf(sha256), new Date(0), new Date(0))

  await blobs.put(bytes, sha256)

  expect((await blobs.keptAt(sha256))?.getTime()).toBeGreaterThan(0)
})

it('keeps an empty blob and one of many megabytes', async () => {
  const empty = Buffer.alloc(0)
  const large = Buffer.alloc(20 * 1024 * 1024, 'x')

  await blobs.put(empty, sha256Of(empty))
  await blobs.put(large, sha256Of(large))

  expect(await buffer(await blobs.open(sha256Of(empty)))).toHaveLength(0)
  expect(sha256Of(await buffer(await blobs.open(sha256Of(large))))).toBe(sha256Of(large))
})

it('opens a range, both ends included', async () => {
  await blobs.put(bytes, sha256)

  expect(String(await buffer(await blobs.open(sha256, { start: 1, end: 5 })))).toBe('edXML')
})

it('leaves nothing of a spool that is discarded', async () => {
  const spool = await blobs.createSpool()
  spool.stream.write(bytes)

  await blobs.discard(spool)

  expect(await spooled()).toEqual([])
})

it('refuses bytes that changed on disk', async () => {
  await blobs.put(bytes, sha256)
  await writeFile(pathOf(sha256), '<edXMl/>')

  await expect(blobs.read(sha256)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
})

it('answers a missing blob before the first byte', async () => {
  await expect(blobs.open(sha256)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', details: { sha256 } })
  await expect(blobs.read(sha256)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
})

it.each(['../../etc/passwd', 'ab', sha256.toUpperCase(), `${sha256}/x`, `${sha256.slice(0, 62)}..`, ''])(
  'makes no path of %j',
  async name => {
    await expect(blobs.open(name)).rejects.toThrow(TypeError)
    await expect(blobs.put(bytes, name)).rejects.toThrow(TypeError)
    expect(await spooled()).toEqual([])
  },
)

it('is unavailable, and leaves no partial file, when the folder cannot be written', async () => {
  await rm(join(blobs.folder, 'spool'), { recursive: true })
  await writeFile(join(blobs.folder, 'spool'), 'a file in the way')

  await expect(blobs.createSpool()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
  await expect(blobs.put(bytes, sha256)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
  await expect(blobs.probe()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
})

it('leaves no partial file when a blob cannot be kept', async () => {
  await writeFile(join(blobs.folder, sha256.slice(0, 2)), 'a file in the way')

  await expect(blobs.put(bytes, sha256)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
  expect(await spooled()).toEqual([])
})

it('probes without leaving anything', async () => {
  await blobs.probe()

  expect(await spooled()).toEqual([])
})

it('removes at start what a dead process left in the spool a day ago, and nothing younger', async () => {
  const [old, young] = [await blobs.createSpool(), await blobs.createSpool()]
  await utimes(old.path, new Date(), new Date(Date.now() - dayMs - 1_000))

  await openFileBlobs(blobs.folder)

  expect((await spooled()).map(name => join(blobs.folder, 'spool', name))).toEqual([young.path])
  await blobs.discard(old)
  await blobs.discard(young)
})

it('lets other users of the machine list nothing', async () => {
  await blobs.put(bytes, sha256)

  const folders = [join(blobs.folder, 'spool'), dirname(pathOf(sha256))]
  const modes = await Promise.all(folders.map(async folder => (await stat(folder)).mode & 0o007))

  expect(modes).toEqual([0, 0])
})

it('lists blobs and nothing else', async () => {
  await blobs.put(bytes, sha256)
  await mkdir(join(blobs.folder, 'ff', 'ff'), { recursive: true })
  await writeFile(join(blobs.folder, 'ff', 'ff', 'note.txt'), 'x')

  const found = []
  for await (const entry of blobs.entries()) found.push(entry.sha256)

  expect(found).toEqual([sha256])
})
