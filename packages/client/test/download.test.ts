import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createClient } from '../src/index.ts'
import { json, type Step, scriptedServer } from './scripted-server.ts'

const bytes = randomBytes(300_000)
const sha256 = createHash('sha256').update(bytes).digest('hex')

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-fetch-'))
  file = join(folder, 'delivery.edxml')
})
afterEach(() => rm(folder, { recursive: true }))

it('writes the delivery byte for byte under its name', async () => {
  await using server = await scriptedServer([serve(bytes)])

  const fetched = await clientOf(server.url).fetchDelivery('d1', file, { sha256 })

  expect(fetched).toEqual({ deliveryId: 'd1', file, sha256, sizeBytes: bytes.length })
  expect(await readFile(file)).toEqual(bytes)
})

it('goes on where a broken connection ended', async () => {
  await using server = await scriptedServer([cutAfter(100_000), serve(bytes)])

  const fetched = await clientOf(server.url).fetchDelivery('d1', file, { sha256 })

  expect(fetched.sha256).toBe(sha256)
  expect(server.seen[1]?.headers.range).toMatch(/^bytes=[1-9]\d*-$/)
  expect(await readFile(file)).toEqual(bytes)
})

it('goes on with what an earlier run left', async () => {
  await writeFile(`${file}.part`, bytes.subarray(0, 200_000))
  await using server = await scriptedServer([serve(bytes)])

  await clientOf(server.url).fetchDelivery('d1', file, { sha256 })

  expect(server.seen[0]?.headers.range).toBe('bytes=200000-')
  expect(await readFile(file)).toEqual(bytes)
})

it('takes what an earlier run left whole, when the mailbox names its hash', async () => {
  await writeFile(`${file}.part`, bytes)
  await using server = await scriptedServer([json(416, { code: 'RANGE_NOT_SATISFIABLE' })])

  await clientOf(server.url).fetchDelivery('d1', file, { sha256 })
  await writeFile(`${file}.part`, bytes)
  const unproved = clientOf(server.url).fetchDelivery('d1', file)

  expect(await readFile(file)).toEqual(bytes)
  await expect(unproved).rejects.toThrow('cannot be proved whole')
  expect(existsSync(`${file}.part`)).toBe(false)
})

it('keeps nothing when the bytes do not agree with Content-Digest', async () => {
  await using server = await scriptedServer([serve(bytes, randomBytes(32).toString('base64'))])

  await expect(clientOf(server.url).fetchDelivery('d1', file)).rejects.toThrow('digest')

  expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false])
})

it('keeps nothing when the bytes are not those the mailbox named', async () => {
  await using server = await scriptedServer([serve(bytes)])

  await expect(clientOf(server.url).fetchDelivery('d1', file, { sha256: '0'.repeat(64) })).rejects.toThrow('SHA-256')

  expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false])
})

const clientOf = (url: string) => createClient({ url, token: 't' })

/** The delivery call: whole or from `Range`, with the digest of what this answer carries. */
function serve(content: Buffer, digest?: string): Step {
  return (response, request) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const part = content.subarray(from)
    const found = createHash('sha256').update(part).digest('base64')
    response
      .writeHead(from === 0 ? 200 : 206, {
        'content-length': part.length,
        'content-digest': `sha-256=:${digest ?? found}:`,
      })
      .end(part)
  }
}

function cutAfter(count: number): Step {
  return response => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, count), () => setImmediate(() => response.destroy()))
  }
}
