import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type TestBlobs, testBlobs } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { receiveBody } from '../src/intake/receive-body.ts'

let blobs: TestBlobs

beforeEach(async () => {
  blobs = await testBlobs()
})
afterEach(() => blobs.close())

it('hashes and counts a large body while it goes to the spool, and reads it back', async () => {
  const bytes = randomBytes(3_000_000)

  const body = await receiveBody(blobs, Readable.from(chunks(bytes)), 4_000_000)

  expect(body.sizeBytes).toBe(bytes.length)
  expect(body.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  const path = 'path' in body.packet ? body.packet.path : ''
  expect((await readFile(path)).equals(bytes)).toBe(true)
})

it('keeps the body as a blob once, however often it is asked', async () => {
  const bytes = randomBytes(1_000)
  const body = await receiveBody(blobs, Readable.from(chunks(bytes)), 4_000)

  await Promise.all([body.keep(), body.keep()])

  expect(await blobs.read(body.sha256)).toEqual(bytes)
})

it('refuses a body one byte over the limit while it streams, and leaves nothing behind', async () => {
  const body = Readable.from(chunks(randomBytes(1_001)))

  await expect(receiveBody(blobs, body, 1_000)).rejects.toMatchObject({ code: 'ENVELOPE_TOO_LARGE' })
  expect(await spooled()).toEqual([])
})

it('refuses a declared length over the limit before it reads', async () => {
  const body = Readable.from(chunks(randomBytes(10)))

  await expect(receiveBody(blobs, body, 1_000, 1_001)).rejects.toMatchObject({ code: 'ENVELOPE_TOO_LARGE' })
})

it('stops reading an endless body', async () => {
  let sent = 0
  const endless = new Readable({
    read() {
      sent += 65_536
      this.push(Buffer.alloc(65_536))
    },
  })

  await expect(receiveBody(blobs, endless, 1_000_000)).rejects.toMatchObject({ code: 'ENVELOPE_TOO_LARGE' })
  await expect.poll(() => endless.destroyed).toBe(true)
  expect(sent).toBeLessThan(64 * 1024 * 1024)
})

it.each([1, 500, 999])('leaves nothing behind when the client is cut off after %i of 1000 bytes', async cutAt => {
  const bytes = randomBytes(cutAt)
  const cut = new Readable({ read: () => undefined })
  const receiving = receiveBody(blobs, cut, 4_000, 1_000)
  cut.push(bytes)
  cut.destroy(new Error('aborted'))

  await expect(receiving).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  expect(await spooled()).toEqual([])
})

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

function spooled(): Promise<string[]> {
  return readdir(join(blobs.folder, 'spool'))
}
