import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expireUploads } from '../src/uploads/expire-uploads.ts'
import { type TestGateway, testGateway } from './harness.ts'
import { idOf, sha256, uploading } from './uploading.ts'

// The protocol is tus 1.0.0; tus.io/protocols/resumable-upload says what each answer must be.

const env = { DOCAXIS_UPLOADS_PER_SYSTEM: '3', DOCAXIS_UPLOAD_BYTES_PER_SYSTEM: String(100 * 1024 * 1024) }
let hub: TestGateway
let calls: ReturnType<typeof uploading>

beforeAll(async () => {
  hub = await testGateway({ env })
  calls = uploading(hub)
})
afterAll(() => hub?.close())

function envelope(wish: { subject?: string } = {}): Buffer {
  const attachments = [{ name: '12.bin', content: randomBytes(400_000) }]
  return hub.sealed({ sender: 'G99', receivers: ['H99'], attachments, ...wish })
}

async function documentsOf(sha256: string): Promise<number> {
  const { rowCount } = await hub.database.query("select from document where sha256 = decode($1, 'hex')", [sha256])
  return rowCount ?? 0
}

const filesLeft = () => readdir(join(hub.blobs.folder, 'uploads'))

describe('a document in parts', () => {
  it('is accepted with its last part, as the same bytes in one piece are', async () => {
    const xml = envelope()
    const url = await calls.opened(xml.length)

    const first = await calls.patch(url, 0, xml.subarray(0, 150_000))
    const between = await calls.head(url)
    const last = await calls.patch(url, 150_000, xml.subarray(150_000))
    const inOnePiece = await hub.post(xml, 'g99')

    expect([first.statusCode, first.headers['upload-offset'], first.body]).toEqual([204, '150000', ''])
    expect(between.headers).toMatchObject({ 'upload-offset': '150000', 'upload-length': String(xml.length) })
    expect(last.statusCode).toBe(202)
    expect(last.headers).toMatchObject({ 'upload-offset': String(xml.length), 'tus-resumable': '1.0.0' })
    expect(last.headers.location).toBe(`/api/v1/documents/${last.json().id}`)
    expect([inOnePiece.statusCode, inOnePiece.body]).toEqual([200, last.body])
    expect((await hub.blobs.read(sha256(xml))).equals(xml)).toBe(true)
    expect(await filesLeft()).toEqual([])
  })

  it('is taken from clients that cannot say PATCH', async () => {
    const xml = envelope()
    const url = await calls.opened(xml.length)
    const part = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
    const post = (headers: Record<string, string>) =>
      hub.app.inject({
        method: 'POST',
        url,
        headers: { ...hub.as('g99'), 'tus-resumable': '1.0.0', ...part, ...headers },
        payload: xml,
      })

    expect((await post({})).statusCode).toBe(400)
    expect((await post({ 'x-http-method-override': 'DELETE' })).statusCode).toBe(400)
    expect((await post({ 'x-http-method-override': 'PATCH' })).statusCode).toBe(202)
  })

  it('gives the same answer whenever its end is asked for again', async () => {
    const xml = envelope()
    const url = await calls.opened(xml.length)
    const first = await calls.patch(url, 0, xml)

    const again = await calls.patch(url, xml.length, Buffer.alloc(0))

    expect([again.statusCode, again.body]).toEqual([200, first.body])
    expect((await calls.head(url)).headers['upload-offset']).toBe(String(xml.length))
    expect(await documentsOf(sha256(xml))).toBe(1)
  })

  it('is a repeat when the hub has the bytes already', async () => {
    const xml = envelope()
    const inOnePiece = await hub.post(xml, 'g99')

    const uploaded = await calls.patch(await calls.opened(xml.length), 0, xml)

    expect([uploaded.statusCode, uploaded.body]).toEqual([200, inOnePiece.body])
    expect(await filesLeft()).toEqual([])
  })

  it('is refused as in one piece, with one receipt, and stays refused', async () => {
    const forged = Buffer.from(envelope().toString('latin1').replace('CodeNumber>12<', 'CodeNumber>13<'), 'latin1')
    const url = await calls.opened(forged.length)

    const refused = await calls.patch(url, 0, forged)
    const again = await calls.patch(url, 0, forged)
    const looked = await calls.head(url)
    const inOnePiece = await hub.post(forged, 'g99')

    const told = ({ code, errors }: { code: string; errors: unknown }) => ({ code, errors })
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'SIGNATURE_REFUSED'])
    expect([again.statusCode, looked.statusCode]).toEqual([422, 422])
    expect(told(again.json())).toEqual(told(refused.json()))
    expect(told(inOnePiece.json())).toEqual(told(refused.json()))
    const { rowCount } = await hub.database.query("select from refusal where sha256 = decode($1, 'hex')", [
      sha256(forged),
    ])
    expect(rowCount).toBe(1)
    expect(await filesLeft()).toEqual([])
  })

  it('is refused with 409 when its DocumentId names other content', async () => {
    const wish = { sender: 'G99', receivers: ['H99'], documentId: 'UPLOAD-TWICE' }
    await hub.post(hub.sealed({ ...wish, attachments: [{ name: 'a.bin', content: randomBytes(10) }] }), 'g99')
    const other = hub.sealed({ ...wish, attachments: [{ name: 'a.bin', content: randomBytes(11) }] })

    const answer = await calls.patch(await calls.opened(other.length), 0, other)

    expect([answer.statusCode, answer.json().code]).toEqual([409, 'DOCUMENT_EXISTS'])
  })
})

describe('a part', () => {
  it('that begins elsewhere is refused, and changes nothing', async () => {
    const xml = envelope()
    const url = await calls.opened(xml.length)
    await calls.patch(url, 0, xml.subarray(0, 1000))

    const answers = await Promise.all(
      [0, 999, 1001, xml.length].map(offset => calls.patch(url, offset, Buffer.from('x'))),
    )

    expect(answers.map(answer => [answer.statusCode, answer.json().code])).toEqual(
      answers.map(() => [409, 'UPLOAD_OFFSET']),
    )
    expect((await calls.patch(url, 1000, xml.subarray(1000))).statusCode).toBe(202)
  })

  it('that goes past the end is refused', async () => {
    const url = await calls.opened(10)

    const answer = await calls.patch(url, 0, Buffer.alloc(11))

    expect([answer.statusCode, (await calls.head(url)).headers['upload-offset']]).toEqual([400, '0'])
    await calls.giveUp(url)
  })

  it.each(['sha1', 'sha256', 'sha512'])(
    'counts with the right checksum by %s, and not with a wrong one',
    async name => {
      const url = await calls.opened(100)
      const part = randomBytes(50)
      const digest = (bytes: Buffer) => `${name} ${createHash(name).update(bytes).digest('base64')}`

      const wrong = await calls.patch(url, 0, part, { 'upload-checksum': digest(randomBytes(50)) })
      const afterWrong = await calls.head(url)
      const right = await calls.patch(url, 0, part, { 'upload-checksum': digest(part) })

      expect([wrong.statusCode, wrong.json().code]).toEqual([460, 'UPLOAD_CHECKSUM'])
      expect(afterWrong.headers['upload-offset']).toBe('0')
      expect([right.statusCode, right.headers['upload-offset']]).toEqual([204, '50'])
      await calls.giveUp(url)
    },
  )

  it.each([
    { what: 'an unknown algorithm', header: 'crc32 AAAAAA==' },
    { what: 'a digest of another length', header: 'sha256 AAAA' },
  ])('with $what as its checksum is refused', async ({ header }) => {
    const url = await calls.opened(10)

    expect((await calls.patch(url, 0, Buffer.alloc(5), { 'upload-checksum': header })).statusCode).toBe(400)
    await calls.giveUp(url)
  })

  it('of another type is refused', async () => {
    const url = await calls.opened(10)

    expect((await calls.patch(url, 0, Buffer.alloc(5), { 'content-type': 'application/xml' })).statusCode).toBe(415)
    await calls.giveUp(url)
  })
})

describe('opening', () => {
  it('says what the protocol can do and how large an envelope may be', async () => {
    const answer = await hub.app.inject({ method: 'OPTIONS', url: '/api/v1/uploads', headers: hub.as('g99') })

    expect(answer.statusCode).toBe(204)
    expect(answer.headers).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,expiration,checksum,termination',
      'tus-max-size': String(100 * 1024 * 1024),
      'tus-checksum-algorithm': 'sha1,sha256,sha512',
    })
  })

  it('is refused for more than the hub takes, before a byte is sent', async () => {
    const answer = await calls.open(100 * 1024 * 1024 + 1)

    expect([answer.statusCode, answer.json().code]).toEqual([413, 'ENVELOPE_TOO_LARGE'])
    expect(answer.json().details).toMatchObject({ maxEnvelopeBytes: 100 * 1024 * 1024 })
  })

  it.each<{ what: string; headers: Record<string, string> }>([
    { what: 'no length', headers: { 'upload-length': '' } },
    { what: 'a length of nothing', headers: { 'upload-length': '0' } },
    { what: 'metadata of another form', headers: { 'upload-metadata': 'receivers not/base64!' } },
  ])('is refused with $what', async ({ headers }) => {
    expect((await calls.open(10, headers)).statusCode).toBe(400)
  })

  it('is refused to who speaks another version, which learns the right one', async () => {
    const answer = await calls.open(10, { 'tus-resumable': '0.2.2' })

    expect([answer.statusCode, answer.headers['tus-version']]).toEqual([412, '1.0.0'])
  })

  it('keeps the metadata for who asks', async () => {
    const metadata = `filename ${Buffer.from('12.edxml').toString('base64')}`
    const url = String((await calls.open(10, { 'upload-metadata': metadata })).headers.location)

    expect((await calls.head(url)).headers['upload-metadata']).toBe(metadata)
    await calls.giveUp(url)
  })

  it('is bounded in number per system, also for many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => calls.open(10, {}, 'h99')))
    const taken = answers.filter(answer => answer.statusCode === 201)

    expect(taken).toHaveLength(3)
    expect(answers.find(answer => answer.statusCode !== 201)?.json()).toMatchObject({
      code: 'UPLOAD_QUOTA',
      details: { count: 3, maxUploads: 3 },
    })
    const other = await calls.opened(10)
    expect(other).toMatch(/^\/api\/v1\/uploads\/[0-9a-f]{24}$/)
    await calls.giveUp(other)
  })

  it('is bounded in bytes per system', async () => {
    const large = await calls.opened(60 * 1024 * 1024)

    const second = await calls.open(60 * 1024 * 1024)

    expect([second.statusCode, second.json().code]).toEqual([429, 'UPLOAD_QUOTA'])
    await calls.giveUp(large)
    const third = await calls.opened(60 * 1024 * 1024)
    expect(third).not.toBe('undefined')
    await calls.giveUp(third)
  })
})

describe('the end of an upload', () => {
  it('by giving it up leaves nothing', async () => {
    const url = await calls.opened(10)
    await calls.patch(url, 0, Buffer.from('x'))

    expect((await calls.giveUp(url)).statusCode).toBe(204)
    expect([(await calls.head(url)).statusCode, (await calls.giveUp(url)).statusCode]).toEqual([404, 404])
    expect((await filesLeft()).includes(idOf(url))).toBe(false)
  })

  it('by its time makes it unknown at once, and its file goes with the next upkeep', async () => {
    const url = await calls.opened(10)
    const id = idOf(url)
    await hub.database.query("update upload set expires_at = now() - interval '1 s' where id = $1", [id])

    const late = await calls.patch(url, 0, Buffer.from('x'))
    await expireUploads({ ...hub, now: () => new Date('2020-01-01') })

    expect(late.statusCode).toBe(404)
    expect(await filesLeft()).not.toContain(id)
  })

  it('leaves files that no upload names for an hour only', async () => {
    await hub.blobs.uploads.create('f'.repeat(24), 1)

    await expireUploads({ ...hub, now: () => new Date() })
    const young = await filesLeft()
    await expireUploads({ ...hub, now: () => new Date(Date.now() + 2 * 3_600_000) })

    expect(young).toContain('f'.repeat(24))
    expect(await filesLeft()).not.toContain('f'.repeat(24))
  })
})
