import { randomBytes } from 'node:crypto'
import { appendFile, readdir, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { publishCrl, type TestGateway, testGateway } from './harness.ts'
import { idOf, sha256, uploading } from './uploading.ts'

// What becomes of an upload when connections break, instances die, the disk is full.

const patience = { timeout: 30_000, interval: 50 }
let hub: TestGateway
let base: string
let calls: ReturnType<typeof uploading>

beforeAll(async () => {
  hub = await testGateway()
  base = await hub.listen()
  calls = uploading(hub)
})
afterAll(() => hub?.close())

function envelope(): Buffer {
  const attachments = [{ name: '12.bin', content: randomBytes(400_000) }]
  return hub.sealed({ sender: 'G99', receivers: ['H99'], attachments })
}

const fileOf = (url: string) => join(hub.blobs.folder, 'uploads', idOf(url))
const isHeld = async (url: string) => {
  const { rows } = await hub.database.query('select lease_token is not null as held from upload where id = $1', [
    idOf(url),
  ])
  return rows[0]?.held
}
const stored = async (xml: Buffer) => (await hub.blobs.read(sha256(xml))).equals(xml)
const documentsOf = async (xml: Buffer) =>
  (await hub.database.query("select from document where sha256 = decode($1, 'hex')", [sha256(xml)])).rowCount

it('refuses a second connection while the first one writes, and the first goes on', async () => {
  const xml = envelope()
  const url = await calls.opened(xml.length)
  const first = calls.slowPatch(base, url, 0, xml.length)
  first.sending.write(xml.subarray(0, 100_000))
  await expect.poll(() => isHeld(url), patience).toBe(true)

  const second = await calls.patch(url, 0, xml)
  const looked = await calls.head(url)
  const givenUp = await calls.giveUp(url)
  first.sending.end(xml.subarray(100_000))

  expect([second.statusCode, second.json().code]).toEqual([423, 'UPLOAD_IN_USE'])
  expect(second.headers['retry-after']).toMatch(/^([1-9]|10)$/)
  expect([looked.statusCode, givenUp.statusCode]).toEqual([423, 423])
  expect((await first.answered)?.status).toBe(202)
  expect(await stored(xml)).toBe(true)
})

it('counts what came before the connection broke, and goes on from there', async () => {
  const xml = envelope()
  const url = await calls.opened(xml.length)
  const broken = calls.slowPatch(base, url, 0, xml.length)
  broken.sending.write(xml.subarray(0, 300_000))
  await expect.poll(async () => (await stat(fileOf(url))).size, patience).toBe(300_000)
  broken.sending.destroy()
  await expect.poll(() => isHeld(url), patience).toBe(false)

  const rest = await calls.patch(url, 300_000, xml.subarray(300_000))

  expect(rest.statusCode).toBe(202)
  expect(await stored(xml)).toBe(true)
})

it('counts nothing of a broken part that has a checksum', async () => {
  const xml = envelope()
  const url = await calls.opened(xml.length)
  const broken = calls.slowPatch(base, url, 0, xml.length)
  broken.sending.setHeader('upload-checksum', `sha256 ${Buffer.from(sha256(xml), 'hex').toString('base64')}`)
  broken.sending.write(xml.subarray(0, 300_000))
  await expect.poll(() => isHeld(url), patience).toBe(true)
  broken.sending.destroy()
  await expect.poll(() => isHeld(url), patience).toBe(false)

  expect((await calls.head(url)).headers['upload-offset']).toBe('0')
})

it('goes on at another instance on the same blob folder', async () => {
  const xml = envelope()
  const url = await calls.opened(xml.length)
  const other = await hub.another()

  await calls.patch(url, 0, xml.subarray(0, 100_000))
  const there = await calls.patch(url, 100_000, xml.subarray(100_000, 200_000), {}, other.app)
  const here = await calls.patch(url, 200_000, xml.subarray(200_000))
  const again = await calls.patch(url, xml.length, Buffer.alloc(0), {}, other.app)
  await other.close()

  expect([there.statusCode, here.statusCode]).toEqual([204, 202])
  expect([again.statusCode, again.body]).toEqual([200, here.body])
  expect(await stored(xml)).toBe(true)
})

it('waits for an instance that died until its time is over, then writes over what did not count', async () => {
  const xml = envelope()
  const url = await calls.opened(xml.length)
  await calls.patch(url, 0, xml.subarray(0, 100_000))
  await appendFile(fileOf(url), randomBytes(50_000))
  const leased = (until: string) =>
    hub.database.query(`update upload set lease_token = 'dead', lease_until = ${until} where id = $1`, [idOf(url)])

  await leased("now() + interval '1 hour'")
  const tooEarly = await calls.patch(url, 100_000, xml.subarray(100_000))
  await leased("now() - interval '1 s'")
  const later = await calls.patch(url, 100_000, xml.subarray(100_000))

  expect([tooEarly.statusCode, later.statusCode]).toEqual([423, 202])
  expect(await stored(xml)).toBe(true)
})

it('lets an instance that lost its turn move nothing', async () => {
  const xml = envelope()
  const url = await calls.opened(xml.length)
  const frozen = calls.slowPatch(base, url, 0, xml.length - 1)
  frozen.sending.write(xml.subarray(0, 100_000))
  await expect.poll(() => isHeld(url), patience).toBe(true)
  await hub.database.query("update upload set lease_token = 'another', lease_until = now() where id = $1", [idOf(url)])

  frozen.sending.end(xml.subarray(100_000, -1))

  expect((await frozen.answered)?.status).toBe(423)
  expect((await calls.head(url)).headers['upload-offset']).toBe('0')
  expect((await calls.patch(url, 0, xml)).statusCode).toBe(202)
})

it('answers what was accepted when the instance died before it could say so', async () => {
  const xml = envelope()
  const url = await calls.opened(xml.length)
  await calls.patch(url, 0, xml.subarray(0, 100_000))
  const lost = await calls.patch(url, 100_000, xml.subarray(100_000))
  await hub.database.query(
    "update upload set state = 'receiving', offset_bytes = 100000, document_id = null where id = $1",
    [idOf(url)],
  )

  const again = await calls.patch(url, 100_000, xml.subarray(100_000))

  expect([again.statusCode, again.body]).toEqual([200, lost.body])
  expect((await calls.head(url)).headers['upload-offset']).toBe(String(xml.length))
  expect(await documentsOf(xml)).toBe(1)
})

it('accepts once more what was a blob already when its transaction failed', async () => {
  const xml = envelope()
  const url = await calls.opened(xml.length)
  await calls.patch(url, 0, xml.subarray(0, 100_000))
  await appendFile(fileOf(url), xml.subarray(100_000))
  await hub.blobs.uploads.keep(idOf(url), sha256(xml))
  await hub.database.query("update upload set sha256 = decode($2, 'hex') where id = $1", [idOf(url), sha256(xml)])

  const again = await calls.patch(url, 100_000, xml.subarray(100_000))

  expect(again.statusCode).toBe(202)
  expect(await stored(xml)).toBe(true)
  expect(await readdir(join(hub.blobs.folder, 'uploads'))).not.toContain(idOf(url))
})

it.each([
  { what: 'is lost', lose: (file: string) => rm(file) },
  { what: 'lacks bytes that count', lose: (file: string) => truncate(file, 4) },
])('forgets an upload whose file $what: the client begins anew', async ({ lose }) => {
  const url = await calls.opened(10)
  await calls.patch(url, 0, Buffer.alloc(5))
  await lose(fileOf(url))

  expect((await calls.patch(url, 5, Buffer.alloc(5))).statusCode).toBe(404)
  expect((await calls.head(url)).statusCode).toBe(404)
  expect(await readdir(join(hub.blobs.folder, 'uploads'))).not.toContain(idOf(url))
})

// Linux has a device that is always full.
it.skipIf(process.platform !== 'linux')(
  'answers 503 while the disk is full, counts nothing, and goes on afterwards',
  async () => {
    const xml = envelope()
    const url = await calls.opened(xml.length)
    await rm(fileOf(url))
    await symlink('/dev/full', fileOf(url))

    const full = await calls.patch(url, 0, xml)
    const between = await calls.head(url)
    await rm(fileOf(url))
    await writeFile(fileOf(url), '')
    const later = await calls.patch(url, 0, xml)

    expect([full.statusCode, full.json().code]).toEqual([503, 'STORAGE_UNAVAILABLE'])
    expect(full.headers['retry-after']).toBeDefined()
    expect(between.headers['upload-offset']).toBe('0')
    expect([later.statusCode, await stored(xml)]).toEqual([202, true])
  },
)

it('opens nothing for which the disk has no room', async () => {
  const create = hub.blobs.uploads.create('e'.repeat(24), 2 ** 60)

  await expect(create).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', status: 503 })
  expect(await readdir(join(hub.blobs.folder, 'uploads'))).not.toContain('e'.repeat(24))
})

it('keeps an upload whose seal cannot be proved yet, and accepts it with its last part once it can', async () => {
  const unproved = await testGateway({ crl: false })
  const there = uploading(unproved)
  const xml = unproved.sealed({ sender: 'G99', receivers: ['H99'] })
  const url = await there.opened(xml.length)
  const middle = xml.length - 1000
  await there.patch(url, 0, xml.subarray(0, middle))
  const last = () => there.patch(url, middle, xml.subarray(middle))

  const early = await last()
  const between = await there.head(url)
  await publishCrl(unproved.database, unproved.authority)

  expect([early.statusCode, early.json().code]).toEqual([503, 'SIGNATURE_UNPROVEN'])
  expect(between.headers['upload-offset']).toBe(String(middle))
  await expect.poll(async () => (await last()).statusCode, patience).toBe(202)
  await unproved.close()
})
