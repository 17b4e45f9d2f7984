import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uploading } from '../uploading.ts'
import { type VxpHub, vxpHub } from './vxp-hub.ts'

// Kits hold the answer of getEdoc in memory, as JSON: above 50 MiB it names the other ways.

const mebibyte = 1024 * 1024
let hub: VxpHub

beforeAll(async () => {
  hub = await vxpHub()
  await hub.addAgencies([{ code: 'H99.K', name: 'Cơ quan H99.K' }])
  await hub.addVxpSystem('kit', ['H99.K'])
  // Nothing but the kit calls for this agency.
  await hub.database.query("update system_token set revoked_at = now() where system_id = 'kit'")
})
afterAll(() => hub?.close())

it('shows the row, answers 21 to getEdoc, hands it over by downloadEdoc; the sender was warned', async () => {
  const attachments = ['ban-do-1.bin', 'ban-do-2.bin'].map(name => ({ name, content: randomBytes(21 * mebibyte) }))
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99.K'], attachments })
  const calls = uploading(hub)
  const url = await calls.opened(xml.length)
  await calls.patch(url, 0, xml.subarray(0, 30 * mebibyte))

  const sent = await calls.patch(url, 30 * mebibyte, xml.subarray(30 * mebibyte))
  const kit = hub.kit('kit')
  const [row] = await hub.received(kit, 1)
  const refused = await kit.getEdoc(row?.docId ?? '')
  const [unchanged] = await hub.received(hub.kit('kit'), 1)
  const { status, bytes } = await kit.downloadEdoc(row?.docId ?? '')

  expect(sent.statusCode).toBe(202)
  expect(sent.json().warnings).toMatchObject([{ code: 'R.MessageHeader.To.KitSize', details: { written: 'H99.K' } }])
  expect(row).toMatchObject({ contentLength: xml.length, status: 'inbox' })
  expect([refused.status, refused.ErrorCode]).toEqual(['FAIL', '21'])
  expect(refused.ErrorDesc).toMatch(/downloadEdoc.*trang quản trị/)
  expect(unchanged).toMatchObject({ docId: row?.docId, status: 'inbox' })
  expect([status, bytes.equals(xml)]).toEqual([200, true])
}, 300_000)
