import { randomBytes } from 'node:crypto'
import { importDirectory, revokeToken, updateSystem } from '@docaxis/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGateway, type TestSystem, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
  await addAgencies([
    { code: 'H99.S', name: 'Cơ quan H99.S', level: 'commune', maxEnvelopeBytes: 20_000 },
    { code: 'H99.P', name: 'Cơ quan H99.P', level: 'commune', fileTypes: ['pdf', 'docx'] },
    { code: 'H99.L', name: 'Cơ quan H99.L', level: 'commune', canReceive: false },
    { code: 'H99.M', name: 'Cơ quan H99.M', level: 'commune' },
    { code: 'H99.K', name: 'Cơ quan H99.K', level: 'commune' },
  ])
  await hub.addSystem({ id: 'so', receiveMaxBytes: 30_000, receiveFileTypes: ['txt'] }, ['H99.M'])
  await hub.addSystem({ id: 'xa' }, ['H99.S', 'H99.P', 'H99.L'])
})
afterAll(() => hub?.close())

const text = [{ name: 'bao-cao.txt', content: Buffer.from('Báo cáo'), type: 'text/plain' }]
const big = [{ name: 'bao-cao.txt', content: randomText(80_000), type: 'text/plain' }]

describe('what a receiver does not take', () => {
  it.each([
    { rule: 'a packet over its size', receiver: 'H99.S', attachments: big, code: 'R.MessageHeader.To.Size' },
    { rule: 'a type of file', receiver: 'H99.P', attachments: text, code: 'M.MessageHeader.To.FileType' },
    { rule: 'anything while it is locked', receiver: 'H99.L', attachments: text, code: 'M.MessageHeader.To.Locked' },
    { rule: 'a packet over its system', receiver: 'H99.M', attachments: big, code: 'R.MessageHeader.To.Size' },
  ])('$rule: is refused, and validating it says the very same', async ({ receiver, attachments, code }) => {
    const xml = hub.sealed({ sender: 'G99', receivers: ['H99', receiver], attachments })

    const validated = (await validate(xml, 'g99')).json()
    const sent = await hub.post(xml, 'g99')

    expect(sent.statusCode).toBe(422)
    expect(validated).toMatchObject({ ok: false, errors: [{ code, path: 'MessageHeader/To[2]/OrganId' }] })
    expect(withSeverity(sent.json().errors, 'error')).toEqual(validated.errors)
    for (const words of [validated.errors[0], validated.errors[0].hint]) {
      expect(words.vi).toMatch(/\S/)
      expect(words.en).toMatch(/\S/)
    }
  })

  it('does not concern what is within the limits', async () => {
    const xml = hub.sealed({ sender: 'G99', receivers: ['H99.S', 'H99.M'], attachments: text })

    expect((await validate(xml, 'g99')).json()).toMatchObject({ ok: true, errors: [], warnings: [] })
    expect((await hub.post(xml, 'g99')).statusCode).toBe(202)
  })

  it('goes to the others where the sender wishes so, with the reason for each that is left out', async () => {
    const tolerant = await hub.addSystem({ id: 'tolerant', badReceiver: 'deliver-others' }, ['G99'])
    const xml = hub.sealed({ sender: 'G99', receivers: ['H99', 'H99.S', 'H99.P'], attachments: big })

    const sent = await hub.post(xml, tolerant)

    const view = (await hub.get(`/api/v1/documents/${sent.json().id}`, tolerant)).json()
    expect(view.deliveries).toMatchObject([
      { receiver: 'H99', transport: 'accepted', fault: null },
      { receiver: 'H99.S', transport: 'failed', fault: 'R.MessageHeader.To.Size' },
      { receiver: 'H99.P', transport: 'failed', fault: 'M.MessageHeader.To.FileType' },
    ])
  })
})

describe('a receiver whose kit holds the whole file as JSON', () => {
  const map = randomText(30 * 1024 * 1024)
  const huge = ['ban-do-1.txt', 'ban-do-2.txt'].map(name => ({ name, content: map, type: 'text/plain' }))
  let kit: TestSystem
  let xml: Buffer

  beforeAll(async () => {
    kit = await hub.addSystem({ id: 'kit' }, ['H99.K'])
    await hub.vxpSecret(kit.id)
    xml = hub.sealed({ sender: 'G99', receivers: ['H99.K'], attachments: huge })
  })

  it('takes it while its system has another way to call', async () => {
    expect((await validate(xml, 'g99')).json()).toMatchObject({ ok: true, warnings: [] })
  })

  it('is told to the sender once nothing but the kit is left', async () => {
    await endTokens(kit)

    const validated = (await validate(xml, 'g99')).json()
    const sent = await hub.post(xml, 'g99')

    expect(validated).toMatchObject({ ok: true, errors: [], warnings: [{ code: 'R.MessageHeader.To.KitSize' }] })
    expect(sent.statusCode).toBe(202)
    expect(withSeverity(sent.json().warnings, 'warning')).toEqual(validated.warnings)
    expect((await agency('H99.K')).limits).toMatchObject({ getEdocMaxBytes: 50 * 1024 * 1024 })
  })
})

describe('the directory tells limits before anything is sent', () => {
  it('the stricter of agency and system, never more than the hub takes', async () => {
    const hubMaxBytes = (await agency('H99')).limits.maxEnvelopeBytes
    await addAgencies([
      { code: 'H99.M', name: 'Cơ quan H99.M', level: 'commune', maxEnvelopeBytes: 9e12, fileTypes: 'TXT .pdf' },
    ])

    expect((await agency('H99.M')).limits).toEqual({
      maxEnvelopeBytes: 30_000,
      fileTypes: ['txt'],
      getEdocMaxBytes: null,
    })
    await updateSystem(hub.database, 'so', { receiveMaxBytes: null, receiveFileTypes: [] })
    expect((await agency('H99.M')).limits).toEqual({
      maxEnvelopeBytes: hubMaxBytes,
      fileTypes: ['txt', 'pdf'],
      getEdocMaxBytes: null,
    })
  })

  it('is what operators set for a system', async () => {
    const change = { receiveMaxBytes: 1_000_000, receiveFileTypes: ['pdf'] }
    const answer = await hub.app.inject({
      method: 'PUT',
      url: '/api/v1/admin/systems/xa',
      headers: hub.as(hub.operator),
      payload: change,
    })

    expect(answer.json()).toMatchObject(change)
    expect((await agency('H99.S')).limits).toMatchObject({ maxEnvelopeBytes: 20_000, fileTypes: ['pdf'] })
  })
})

/** An answer to sending says it by the list in which a finding stands. */
function withSeverity(findings: readonly object[], severity: string) {
  return findings.map(each => ({ ...each, severity }))
}

/** Text that a ZIP wrapper makes no smaller than three quarters. */
function randomText(bytes: number): Buffer {
  return Buffer.from(randomBytes((bytes / 4) * 3).toString('base64'))
}

async function addAgencies(rows: readonly object[]): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(rows))
  await hub.database.transaction(tx => importDirectory(tx, bytes, { format: 'json', mode: 'merge' }))
}

async function endTokens(system: TestSystem): Promise<void> {
  const { items } = (await hub.get(`/api/v1/admin/systems/${system.id}/tokens`, hub.operator)).json()
  for (const { tokenId } of items) await revokeToken(hub.database, tokenId)
}

async function agency(code: string) {
  return (await hub.get(`/api/v1/agencies/${code}`, 'g99')).json()
}

function validate(xml: Buffer, system: string) {
  return hub.app.inject({
    method: 'POST',
    url: '/api/v1/documents/validate',
    headers: { ...hub.as(system), 'content-type': 'application/xml' },
    payload: xml,
  })
}
