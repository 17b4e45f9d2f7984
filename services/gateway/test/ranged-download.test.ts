import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEnvelope } from '../src/mailbox/send-envelope.ts'
import { type TestGateway, testGateway } from './harness.ts'

const mebibyte = 1024 * 1024
let hub: TestGateway
let xml: Buffer
let path: string

beforeAll(async () => {
  hub = await testGateway()
  const attachments = [{ name: '12.bin', content: randomBytes(6 * mebibyte) }]
  xml = hub.sealed({ sender: 'G99', receivers: ['H99'], attachments })
  path = `/api/v1/documents/${(await hub.post(xml, 'g99')).json().id}/envelope`
})
afterAll(() => hub?.close())

const part = (range: string) => hub.app.inject({ url: path, headers: { ...hub.as('g99'), range } })
const digest = (bytes: Buffer) => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`
const sha256 = () => createHash('sha256').update(xml).digest('hex')

it.each([
  { range: 'bytes=0-99', from: 0, to: 100 },
  { range: 'bytes=5000000-', from: 5_000_000, to: undefined },
  { range: 'bytes=-1000', from: -1000, to: undefined },
])('sends $range of a large document with the digest of just these bytes', async ({ range, from, to }) => {
  const answer = await part(range)

  const wanted = xml.subarray(from, to)
  expect(answer.statusCode).toBe(206)
  expect(answer.rawPayload.equals(wanted)).toBe(true)
  expect(answer.headers['content-digest']).toBe(digest(wanted))
  expect(answer.headers['content-range']).toMatch(new RegExp(`/${xml.length}$`))
})

it('goes on only with what it was: another entity tag gets the whole', async () => {
  const range = 'bytes=100-'
  const same = { ...hub.as('g99'), range, 'if-range': `"${sha256()}"` }

  const goesOn = await hub.app.inject({ url: path, headers: same })
  const another = await hub.app.inject({ url: path, headers: { ...same, 'if-range': '"another"' } })

  expect([goesOn.statusCode, goesOn.headers['content-range']]).toEqual([
    206,
    `bytes 100-${xml.length - 1}/${xml.length}`,
  ])
  expect([another.statusCode, another.rawPayload.length]).toEqual([200, xml.length])
})

it('reads the whole against its hash once for many ranges', async () => {
  const opened: unknown[] = []
  const watched: typeof hub.blobs = {
    ...hub.blobs,
    open: (name, range) => {
      opened.push(range)
      return hub.blobs.open(name, range)
    },
  }
  const envelope = { sha256: sha256(), sizeBytes: xml.length }

  await openEnvelope(watched, envelope, { start: 0, end: 9 })
  await openEnvelope(watched, envelope, { start: 10, end: 19 })

  expect(opened).toEqual([undefined, { start: 0, end: 9 }, { start: 10, end: 19 }])
})

it('sends nothing of a document that was changed on disk since', async () => {
  await part('bytes=0-99')
  await writeFile(hub.blobs.pathOf(sha256()), randomBytes(xml.length))

  const answer = await part('bytes=0-99')

  expect([answer.statusCode, answer.json().code]).toEqual([503, 'STORAGE_UNAVAILABLE'])
})
