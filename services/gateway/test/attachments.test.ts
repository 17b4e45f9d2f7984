import { createService as createDelivery } from '@docaxis/delivery'
import type { Identity } from '@docaxis/pki/authority'
import { createService as createRouter } from '@docaxis/router'
import { readConfig, type Service } from '@docaxis/service'
import { type AttachmentPolicy, bindCertificate, revokeCertificate, suspendCertificate } from '@docaxis/store'
import { daysFromNoon, testPdf } from '@docaxis/testkit'
import { createService as createTrust } from '@docaxis/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGateway, type TestSystem, testGateway } from './harness.ts'

// Signed PDFs through the interface: what becomes of a good and of a changed one under each policy of the sending system,
// with router, delivery and trust beside the gateway.

let hub: TestGateway
let services: Service[]
const systems = new Map<AttachmentPolicy, TestSystem>()
const patience = { timeout: 30_000 }

beforeAll(async () => {
  hub = await testGateway({ env: { DOCAXIS_BEFORE_ACCEPT_BYTES: '1000000' } })
  const config = readConfig({ DOCAXIS_ENVIRONMENT: 'test', DOCAXIS_TRUST_FETCH: 'off' })
  services = [createRouter(config, hub.deps), createDelivery(config, hub.deps), createTrust(config, hub.deps)]
  for (const service of services) await service.start()
  await hub.deps.bus.start()
  for (const attachmentPolicy of ['before-accept', 'before-deliver', 'record'] as const) {
    const system = { id: `g99-${attachmentPolicy}`, profile: 'strict' as const, attachmentPolicy }
    systems.set(attachmentPolicy, await hub.addSystem(system, ['G99']))
  }
})
afterAll(async () => {
  for (const service of services ?? []) await service.stop()
  await hub?.close()
})

const good = (ballast = 0) => testPdf({ ballast, ...(hub.seals.G99 && { signer: hub.seals.G99 }) })
const changed = (ballast = 0) => Buffer.from(good(ballast).toString('latin1').replace('Quyet', 'Quyen'), 'latin1')

function send(policy: AttachmentPolicy, content: Buffer) {
  const attachments = [{ name: '12.qd.pdf', content, type: 'application/pdf' }]
  return hub.post(hub.sealed({ sender: 'G99', receivers: ['H99'], attachments }), systems.get(policy) as TestSystem)
}

async function viewOf(id: string, policy: AttachmentPolicy) {
  const { attachments, deliveries } = (
    await hub.get(`/api/v1/documents/${id}`, systems.get(policy) as TestSystem)
  ).json()
  const [{ state, code, signatures }] = attachments
  return { state, code, signatures: signatures.length, transport: deliveries[0].transport }
}

describe('under before-accept', () => {
  it('a good PDF is accepted with its verdict', async () => {
    const { id } = (await send('before-accept', good())).json()

    expect(await viewOf(id, 'before-accept')).toMatchObject({ state: 'done', code: 'OK', signatures: 1 })
  })

  it('a changed PDF is refused by its place in the packet', async () => {
    const answer = await send('before-accept', changed())

    expect([answer.statusCode, answer.json().code]).toEqual([422, 'ATTACHMENT_REFUSED'])
    expect(answer.json().errors).toMatchObject([
      { code: 'CheckAttachment', path: 'AttachmentEncoded/Attachment[1]' },
      { code: 'DIGEST_MISMATCH', path: 'AttachmentEncoded/Attachment[1]' },
    ])
  })

  it('a large one is checked before delivery instead', async () => {
    const { id } = (await send('before-accept', changed(1_500_000))).json()

    await expect
      .poll(() => viewOf(id, 'before-accept'), patience)
      .toMatchObject({ state: 'done', code: 'DIGEST_MISMATCH', transport: 'failed' })
  })
})

describe('under before-deliver', () => {
  it.each([
    { pdf: 'good', make: good, code: 'OK', transport: 'available' },
    { pdf: 'changed', make: changed, code: 'DIGEST_MISMATCH', transport: 'failed' },
  ])('the delivery of a $pdf PDF is $transport in the end', async ({ make, code, transport }) => {
    const { id } = (await send('before-deliver', make())).json()

    await expect.poll(() => viewOf(id, 'before-deliver'), patience).toMatchObject({ state: 'done', code, transport })
  })

  it('a PDF whose decoded file is gone is decoded again from the envelope', async () => {
    const content = good(400_000)
    const { id } = (await send('before-deliver', content)).json()
    const { rows } = await hub.database.query<{ sha256: string }>(
      "select encode(sha256, 'hex') as sha256 from attachment_check where document_id = $1",
      [id],
    )
    await hub.blobs.remove(rows[0]?.sha256 ?? '')

    await expect
      .poll(() => viewOf(id, 'before-deliver'), patience)
      .toMatchObject({ code: 'OK', transport: 'available' })
  })
})

it('under record a changed PDF is delivered, and its verdict shown', async () => {
  const { id } = (await send('record', changed())).json()

  await expect
    .poll(() => viewOf(id, 'record'), patience)
    .toMatchObject({ state: 'done', code: 'DIGEST_MISMATCH', transport: 'available' })
})

it('validate tells the verdict whatever the policy is', async () => {
  const attachments = [{ name: '12.qd.pdf', content: changed(), type: 'application/pdf' }]
  const answer = await hub.app.inject({
    method: 'POST',
    url: '/api/v1/documents/validate',
    headers: { ...hub.as('g99-record'), 'content-type': 'application/xml' },
    payload: hub.sealed({ sender: 'G99', receivers: ['H99'], attachments }),
  })

  expect(answer.json()).toMatchObject({ ok: true, attachments: [{ verdict: 'INVALID', code: 'DIGEST_MISMATCH' }] })
})

describe("an official whom the hub's own register suspends or revokes", () => {
  async function official(decide: (sha256: string) => Promise<unknown>): Promise<Identity> {
    const identity = await hub.authority.seal('G99', { keyType: 'ec', subject: { commonName: 'Trần Văn A' } })
    const { sha256, der, subject, issuer, serial, notBefore, notAfter } = identity.certificate
    const row = { sha256, der, subject: subject.text, issuer: issuer.text, serial, notBefore, notAfter }
    await bindCertificate(hub.database, 'G99', row, { person: 'Trần Văn A' })
    await decide(sha256)
    return identity
  }
  const suspended = () => official(sha256 => suspendCertificate(hub.database, sha256, 'key lost'))
  const revokedFrom = (days: number) => () =>
    official(sha256 => revokeCertificate(hub.database, sha256, { from: daysFromNoon(days), reason: 'superseded' }))
  const ask = async (signer: Identity) => {
    const headers = { ...hub.as('g99-record'), 'content-type': 'application/pdf' }
    const payload = testPdf({ signer })
    const answer = await hub.app.inject({ method: 'POST', url: '/api/v1/verify/pdf', headers, payload })
    return answer.json()
  }

  it('is refused before acceptance', async () => {
    const answer = await send('before-accept', testPdf({ signer: await suspended() }))

    expect(answer.json().errors).toMatchObject([
      { code: 'CheckAttachment' },
      { code: 'CERTIFICATE_REVOKED', path: 'AttachmentEncoded/Attachment[1]' },
    ])
  })

  it('is refused before delivery', async () => {
    const { id } = (await send('before-deliver', testPdf({ signer: await revokedFrom(-1)() }))).json()

    await expect
      .poll(() => viewOf(id, 'before-deliver'), patience)
      .toMatchObject({ state: 'done', code: 'CERTIFICATE_REVOKED', transport: 'failed' })
  })

  it.each([
    { what: 'suspended', make: suspended, verdict: 'INVALID', rule: 'V45' },
    { what: 'revoked yesterday', make: revokedFrom(-1), verdict: 'INVALID', rule: 'V46' },
    { what: 'to be revoked tomorrow', make: revokedFrom(1), verdict: 'VALID', rule: null },
  ])('is told to whoever asks about a PDF: $what is $verdict', async ({ make, verdict, rule }) => {
    const answer = await ask(await make())

    expect([answer.verdict, answer.rule, answer.signatures[0].verdict]).toEqual([verdict, rule, verdict])
  })
})
