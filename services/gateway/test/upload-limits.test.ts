import { randomBytes } from 'node:crypto'
import { importDirectory } from '@docaxis/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'
import { idOf, uploading } from './uploading.ts'

// What a receiver does not take is told before a byte is sent.

const mebibyte = 1024 * 1024
let hub: TestGateway
let calls: ReturnType<typeof uploading>

beforeAll(async () => {
  hub = await testGateway()
  calls = uploading(hub)
  await addAgencies([
    { code: 'H99.S', name: 'Cơ quan H99.S', level: 'commune', maxEnvelopeBytes: 20_000 },
    { code: 'H99.K', name: 'Cơ quan H99.K', level: 'commune' },
  ])
  await hub.addSystem({ id: 'xa' }, ['H99.S'])
  const kit = await hub.addSystem({ id: 'kit' }, ['H99.K'])
  await hub.vxpSecret(kit.id)
  await hub.database.query("update system_token set revoked_at = now() where system_id = 'kit'")
})
afterAll(() => hub?.close())

const openFor = (receivers: string, sizeBytes: number, system?: string) =>
  calls.open(sizeBytes, { 'upload-metadata': `receivers ${Buffer.from(receivers).toString('base64')}` }, system)

it('names the receiver and its limit, as sending it would', async () => {
  const xml = hub.sealed({
    sender: 'G99',
    receivers: ['H99', 'H99.S'],
    attachments: [{ name: 'a.bin', content: randomBytes(60_000) }],
  })

  const told = await openFor('H99,H99.S', xml.length)
  const sent = await hub.post(xml, 'g99')

  expect([told.statusCode, told.json().code]).toEqual([422, 'ENVELOPE_REFUSED'])
  expect(told.json().errors).toMatchObject([
    { code: 'R.MessageHeader.To.Size', details: { written: 'H99.S', maxBytes: 20_000, sizeBytes: xml.length } },
  ])
  expect(told.json().errors).toEqual(
    sent.json().errors.filter(({ code }: { code: string }) => code === 'R.MessageHeader.To.Size'),
  )
})

it.each([
  { receiver: 'X77', code: 'R.MessageHeader.To.OrganId' },
  { receiver: 'H99.33', code: 'M.MessageHeader.To.Closed' },
])('refuses $receiver, which cannot receive at all', async ({ receiver, code }) => {
  const told = await openFor(`H99,${receiver}`, 100)

  expect(told.json().errors.map((fault: { code: string }) => fault.code)).toEqual([code])
})

it('opens it for who takes it, and warns of a kit that cannot hold it', async () => {
  const small = await openFor('H99.S', 20_000)
  const large = await openFor('H99,H99.K', 60 * mebibyte)

  expect(small.json()).toMatchObject({ id: idOf(String(small.headers.location)), warnings: [] })
  expect(large.statusCode).toBe(201)
  expect(large.json().warnings).toMatchObject([
    { code: 'R.MessageHeader.To.KitSize', details: { written: 'H99.K', maxBytes: 50 * mebibyte } },
  ])
})

it('opens it with a warning for a sender that has the others served', async () => {
  await hub.addSystem({ id: 'tolerant', badReceiver: 'deliver-others' }, ['G98'])

  const opened = await openFor('H99,H99.S', 30_000, 'tolerant')

  expect(opened.statusCode).toBe(201)
  expect(opened.json().warnings).toMatchObject([{ code: 'R.MessageHeader.To.Size' }])
})

async function addAgencies(rows: readonly object[]): Promise<void> {
  const file = Buffer.from(JSON.stringify(rows.map(row => ({ kind: 'agency', ...row }))))
  await hub.database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))
}
