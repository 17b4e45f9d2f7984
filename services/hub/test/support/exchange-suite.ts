import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StatusReport } from '@docaxis/client'
import { itWithPrograms } from '@docaxis/testkit'
import { expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { letter, sealed, statusMessage } from './letter.ts'
import { fetchMail, mailFor, sha256Of } from './mail.ts'
import type { TestHub } from './test-hub.ts'

const itWithXmlsec = itWithPrograms('xmlsec1')

/** The exchange of DESIGN, whole, on whatever the hub stands: the same promises in both shapes. */
export function exchangeSuite(hubOf: () => TestHub): void {
  it.each([
    { lane: 'an ordinary', priority: 0 },
    { lane: 'an urgent', priority: 2 },
  ] as const)('carries $lane document to province, district and commune in one send, byte for byte', async row => {
    const hub = hubOf()
    const receivers = ['H99', 'H99.32', 'H99.32.05']
    const envelope = await sealed(hub, letter(hub, 'G99', receivers, { priority: row.priority }), 'G99')
    const sent = await hub.as('G99').send(envelope)

    const fetched = await Promise.all(
      receivers.map(async receiver => fetchMail(hub, receiver, await mailFor(hub, receiver, sent.documentId))),
    )

    const hashes = await Promise.all(fetched.map(sha256Of))
    expect(new Set(hashes)).toEqual(new Set([await sha256Of(envelope)]))
  })

  it('shows the sender every receiver acknowledged, with the whole history of statuses', async () => {
    const hub = hubOf()
    const sent = await hub.as('G99').send(await sealed(hub, letter(hub, 'G99', ['H99.32.05']), 'G99'))
    const { deliveryId } = await mailFor(hub, 'H99.32.05', sent.documentId)
    const receiver = hub.as('H99.32.05')
    const codes: readonly StatusReport['code'][] = ['01', '03', '04', '05', '06']

    await receiver.ack(deliveryId)
    for (const code of codes) await receiver.status(deliveryId, { code, staff: { name: 'Đinh Thị Sương' } })

    const [track] = (await hub.as('G99').document(sent.id)).deliveries
    expect(track).toMatchObject({ receiver: 'H99.32.05', transport: 'acknowledged', business: '06' })
    expect(track?.history.map(report => report.code)).toEqual(codes)
  })

  it("brings a refusal, with its reason, to the sender's mailbox as an edXML status message", async () => {
    const hub = hubOf()
    const sent = await hub.as('G98').send(await sealed(hub, letter(hub, 'G98', ['H99']), 'G98'))
    const { deliveryId } = await mailFor(hub, 'H99', sent.documentId)

    await hub.as('H99').status(deliveryId, { code: '02', reason: 'Thiếu phụ lục' })

    const message = await fetchMail(hub, 'G98', await mailFor(hub, 'G98', sent.documentId, 'status'))
    expect(message.toString()).toMatch(/StatusCode>02<.*Thiếu phụ lục/s)
  })

  it('takes a status message posted as edXML and shows it on the document', async () => {
    const hub = hubOf()
    const sent = await hub.as('G99').send(await sealed(hub, letter(hub, 'G99', ['H99']), 'G99'))
    await mailFor(hub, 'H99', sent.documentId)

    await hub.as('H99').send(statusMessage(hub, 'H99', 'G99', sent.documentId, '03'))

    const track = await eventually('the status', async () => {
      const [delivery] = (await hub.as('G99').document(sent.id)).deliveries
      return delivery?.business === '03' ? delivery : undefined
    })
    expect(track.history.map(report => report.code)).toEqual(['03'])
  })

  it('answers a commune back to the ministry', async () => {
    const hub = hubOf()
    const envelope = await sealed(hub, letter(hub, 'H99.32.05', ['G99']), 'H99.32.05')
    const sent = await hub.as('H99.32.05').send(envelope)

    const bytes = await fetchMail(hub, 'G99', await mailFor(hub, 'G99', sent.documentId))

    expect(await sha256Of(bytes)).toBe(await sha256Of(envelope))
  })

  it('goes on with a broken download where it ended', async () => {
    const hub = hubOf()
    const envelope = await sealed(hub, letter(hub, 'G99', ['H99.32.06']), 'G99')
    const sent = await hub.as('G99').send(envelope)
    const item = await mailFor(hub, 'H99.32.06', sent.documentId)
    const whole = Buffer.from(await envelope.arrayBuffer())
    await writeFile(hub.file(`${item.deliveryId}.part`), whole.subarray(0, 1000))

    const bytes = await fetchMail(hub, 'H99.32.06', item)

    expect(bytes).toEqual(whole)
  })

  it('forwards what is sent to a closed district to its successor, and says so', async () => {
    const hub = hubOf()
    const sent = await hub.as('G99').send(await sealed(hub, letter(hub, 'G99', ['H99.31']), 'G99'))

    await mailFor(hub, 'H99.32', sent.documentId)

    const [track] = (await hub.as('G99').document(sent.id)).deliveries
    expect(track).toMatchObject({ receiver: 'H99.32', receiverWritten: 'H99.31', level: 'district' })
  })

  it('takes a document of a commune that its province sealed by mandate, and names the mandate', async () => {
    const hub = hubOf()
    const sent = await hub.as('H99.32.07').send(await sealed(hub, letter(hub, 'H99.32.07', ['H99.32']), 'H99.32.07'))

    expect(sent.verdict).toMatchObject({ verdict: 'VALID', binding: { holderCode: 'H99', mandate: { kind: 'seal' } } })
  })

  it('gives the first answer again for the same bytes', async () => {
    const hub = hubOf()
    const envelope = await sealed(hub, letter(hub, 'G99', ['H99']), 'G99')
    const first = await hub.as('G99').send(envelope)

    const again = await hub.as('G99').send(envelope)

    expect(again).toEqual({ ...first, repeated: true })
  })

  it.each([
    { rule: 'the seal is of another agency', stem: 'G98-seal', code: 'SIGNER_NOT_SENDER' },
    { rule: 'the seal was revoked', stem: 'G97-revoked-seal', code: 'CERTIFICATE_REVOKED' },
    { rule: 'the seal has expired', stem: 'G97-expired-seal', code: 'CERTIFICATE_EXPIRED' },
  ])('refuses a document when $rule, and keeps signed evidence of it', async ({ stem, code }) => {
    const hub = hubOf()
    const before = await Array.fromAsync(hub.as('G97').receipts())

    const send = hub.as('G97').send(await sealed(hub, letter(hub, 'G97', ['H99']), { stem }))

    await expect(send).rejects.toMatchObject({
      status: 422,
      code: 'SIGNATURE_REFUSED',
      errors: [{ code: 'CheckSignature' }, { code }],
    })
    await eventually('the receipt of refusal', async () => {
      const receipts = await Array.fromAsync(hub.as('G97').receipts())
      return receipts.slice(before.length).find(receipt => receipt.kind === 'refusal')
    })
  })

  it('refuses an unknown receiver by name and delivers to none', async () => {
    const hub = hubOf()

    const send = hub.as('G99').send(await sealed(hub, letter(hub, 'G99', ['H99', 'H99.88']), 'G99'))

    await expect(send).rejects.toMatchObject({
      code: 'ENVELOPE_REFUSED',
      errors: [{ code: 'R.MessageHeader.To.OrganId', path: expect.stringContaining('To[2]') }],
    })
  })

  itWithXmlsec('issues receipts of acceptance and delivery that xmlsec1 verifies with hub-cert.pem alone', async () => {
    const hub = hubOf()
    const sender = hub.as('G99')
    const sent = await sender.send(await sealed(hub, letter(hub, 'G99', ['H99']), 'G99'))
    await hub.as('H99').ack((await mailFor(hub, 'H99', sent.documentId)).deliveryId)
    const receipts = await eventually('both receipts', async () => {
      const { receipts: known } = await sender.document(sent.id)
      return known.length === 2 ? known : undefined
    })

    const outcomes = await Promise.all(receipts.map(({ id }) => verifyWithXmlsec(hub, id, 'G99')))

    expect(receipts.map(receipt => receipt.kind).sort()).toEqual(['acceptance', 'delivery'])
    expect(receipts[0]?.document).toEqual({ id: sent.id, documentId: sent.documentId })
    expect(outcomes).toEqual([
      { ok: true, namesSha256: true },
      { ok: true, namesSha256: true },
    ])

    async function verifyWithXmlsec(target: TestHub, id: string, owner: string) {
      const { xml } = await target.as(owner).receipt(id)
      const file = target.file(`${id}.xml`)
      await writeFile(file, xml)
      const certificate = join(target.demoFolder, 'hub-cert.pem')
      const { status } = spawnSync('xmlsec1', ['--verify', '--pubkey-cert-pem', certificate, file])
      return { ok: status === 0, namesSha256: Buffer.from(xml).includes(sent.sha256) }
    }
  })
}
