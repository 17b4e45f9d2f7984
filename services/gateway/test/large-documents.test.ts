import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_000_000)])
const attachments = [{ name: '12.signed.pdf', content: pdf, type: 'application/pdf' }]

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

it('accepts a large document, and keeps what it carries under its own hash', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99'], attachments })

  const answer = await hub.post(xml, 'g99')

  expect(answer.statusCode).toBe(202)
  expect((await hub.blobs.read(sha256(pdf))).equals(pdf)).toBe(true)
  expect((await hub.blobs.read(sha256(xml))).equals(xml)).toBe(true)
  expect(await readdir(hub.blobs.spoolFolder)).toEqual([])
})

it('leaves nothing of a large document that is refused', async () => {
  const other = Buffer.concat([pdf, Buffer.from('khác')])
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99'], attachments: [{ name: 'a.pdf', content: other }] })
  const forged = Buffer.from(xml.toString('latin1').replace('CodeNumber>12<', 'CodeNumber>13<'), 'latin1')

  const answer = await hub.post(forged, 'g99')

  expect(answer.json()).toMatchObject({ code: 'SIGNATURE_REFUSED' })
  await expect(hub.blobs.read(sha256(other))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
  expect(await readdir(hub.blobs.spoolFolder)).toEqual([])
})

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
