import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { envelopeXml } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createClient, fileUploadMemory } from '../src/index.ts'
import { cutOff, json, type SeenRequest, type Step, scriptedServer } from './scripted-server.ts'

const acceptance = { id: 'a'.repeat(24), documentId: 'D-1', sha256: 'f'.repeat(64), warnings: [] }
const mebibyte = 1024 * 1024
const envelope = randomBytes(20 * mebibyte)
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-uploads-'))
})
afterEach(() => rm(folder, { recursive: true }))

const answer =
  (status: number, headers: Record<string, string> = {}): Step =>
  response => {
    response.writeHead(status, headers).end()
  }
const opened = answer(201, { location: '/api/v1/uploads/u1' })
const taken = (offset: number) => answer(204, { 'upload-offset': String(offset) })
const stands = (offset: number) =>
  answer(200, { 'upload-offset': String(offset), 'upload-length': String(envelope.length) })
const busy = json(503, { code: 'STORAGE_UNAVAILABLE' }, { 'retry-after': '0' })

const send = (url: string, options = {}) =>
  createClient({ url, token: 't', maxAttempts: 3 }).send(envelope, { inPartsFromBytes: mebibyte, ...options })
const asked = ({ method, path, headers }: SeenRequest) => [method, path, headers['upload-offset']].join(' ').trim()
const checksum = (bytes: Buffer) => `sha256 ${createHash('sha256').update(bytes).digest('base64')}`

it('sends what is large in parts, each with its checksum, and reads the answer from the last', async () => {
  await using server = await scriptedServer([opened, taken(8 * mebibyte), taken(16 * mebibyte), json(202, acceptance)])
  const seen: number[] = []

  const sent = await send(server.url, { onProgress: (done: number) => seen.push(done / mebibyte) })

  expect(sent).toMatchObject({ id: acceptance.id, repeated: false })
  expect(seen).toEqual([0, 8, 16, 20])
  const [opening, ...parts] = server.seen
  expect(opening?.headers).toMatchObject({ 'tus-resumable': '1.0.0', 'upload-length': String(envelope.length) })
  expect(Buffer.concat(parts.map(part => part.body)).equals(envelope)).toBe(true)
  for (const part of parts) expect(part.headers['upload-checksum']).toBe(checksum(part.body))
})

it('sends in one piece what is not', async () => {
  await using server = await scriptedServer([json(202, acceptance)])

  await createClient({ url: server.url, token: 't' }).send(envelope)

  expect(server.seen.map(asked)).toEqual(['POST /api/v1/documents'])
})

it.each([
  { what: 'the connection was cut', fault: cutOff },
  { what: 'the hub could not store', fault: busy },
  { what: 'another connection still wrote', fault: json(423, { code: 'UPLOAD_IN_USE' }, { 'retry-after': '0' }) },
  { what: 'a part was damaged', fault: json(460, { code: 'UPLOAD_CHECKSUM' }, { 'retry-after': '0' }) },
  { what: 'the hub was elsewhere', fault: json(409, { code: 'UPLOAD_OFFSET' }, { 'retry-after': '0' }) },
])('asks where to go on after $what', async ({ fault }) => {
  const answers = [
    opened,
    taken(8 * mebibyte),
    fault,
    stands(5 * mebibyte),
    taken(13 * mebibyte),
    json(202, acceptance),
  ]
  await using server = await scriptedServer(answers)

  await send(server.url)

  expect(server.seen.slice(2).map(asked)).toEqual([
    `PATCH /api/v1/uploads/u1 ${8 * mebibyte}`,
    'HEAD /api/v1/uploads/u1',
    `PATCH /api/v1/uploads/u1 ${5 * mebibyte}`,
    `PATCH /api/v1/uploads/u1 ${13 * mebibyte}`,
  ])
})

it('says that it was a repeat when the whole turns out to be one', async () => {
  await using server = await scriptedServer([opened, json(200, acceptance)])

  expect((await send(server.url)).repeated).toBe(true)
})

it('names the receivers, so that a limit of theirs is told before the bytes are sent', async () => {
  const errors = [{ code: 'R.MessageHeader.To', path: 'MessageHeader/To[2]', vi: 'lớn', en: 'large' }]
  await using server = await scriptedServer([json(422, { code: 'ENVELOPE_REFUSED', errors })])

  const attachments = [{ name: 'ban-do.bin', content: randomBytes(2 * mebibyte) }]
  const xml = new Blob([Uint8Array.from(envelopeXml({ sender: 'G99', receivers: ['H99', 'H99.05'], attachments }))])

  const refused = createClient({ url: server.url, token: 't' }).send(xml, { inPartsFromBytes: mebibyte })

  await expect(refused).rejects.toMatchObject({ code: 'ENVELOPE_REFUSED', errors })
  expect(server.seen[0]?.headers['upload-metadata']).toBe(`receivers ${Buffer.from('H99,H99.05').toString('base64')}`)
  expect(server.seen).toHaveLength(1)
})

it('goes on in a later run with what an earlier one has left', async () => {
  const memory = fileUploadMemory(folder)
  await using down = await scriptedServer([opened, taken(8 * mebibyte), busy])
  await expect(send(down.url, { memory })).rejects.toMatchObject({ status: 503 })
  const { url } = down
  await down[Symbol.asyncDispose]()
  await using server = await scriptedServer([stands(16 * mebibyte), json(202, acceptance)], Number(new URL(url).port))

  await send(url, { memory })

  expect(server.seen.map(asked)).toEqual(['HEAD /api/v1/uploads/u1', `PATCH /api/v1/uploads/u1 ${16 * mebibyte}`])
  expect(await readdir(folder)).toEqual([])
})

it('begins anew when the hub no longer knows the upload', async () => {
  const memory = fileUploadMemory(folder)
  const { url } = await downAfterOpening(memory)
  await using server = await scriptedServer(
    [answer(404), answer(201, { location: '/api/v1/uploads/u2' }), json(202, acceptance)],
    Number(new URL(url).port),
  )

  await send(url, { memory })

  expect(server.seen.map(asked).at(-1)).toBe('PATCH /api/v1/uploads/u2 0')
})

it('remembers nothing of what was refused', async () => {
  const memory = fileUploadMemory(folder)
  await using server = await scriptedServer([opened, json(422, { code: 'SIGNATURE_REFUSED' })])

  await expect(send(server.url, { memory })).rejects.toMatchObject({ code: 'SIGNATURE_REFUSED' })

  expect(await readdir(folder)).toEqual([])
})

async function downAfterOpening(memory: ReturnType<typeof fileUploadMemory>) {
  await using down = await scriptedServer([opened, busy])
  await expect(send(down.url, { memory })).rejects.toMatchObject({ status: 503 })
  return { url: down.url }
}
