import { createHash, sign } from 'node:crypto'
import { type Identity, selfSigned } from '@docaxis/pki/authority'
import { openSheets } from '@docaxis/print/sheets'
import { type AcceptanceReceipt, signReceipt, writeReceipt } from '@docaxis/signature'
import { registerHubCertificate, storeSignedReceipts, unsignedReceipts } from '@docaxis/store'
import { daysFromNoon } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

// A receipt on paper: who gets it, and what anybody is told who holds the PDF, the XML or the paper alone.

let hub: TestGateway
let notary: Identity
let id: string
let xml: Buffer

beforeAll(async () => {
  hub = await testGateway({ env: { DOCAXIS_PUBLIC_URL: 'https://truc.example.vn' } })
  notary = await selfSigned({
    subject: { commonName: 'Trục thử nghiệm' },
    keyUsage: ['digitalSignature'],
    notBefore: daysFromNoon(-10),
    notAfter: daysFromNoon(10),
  })
  const { certificate } = notary
  const { sha256, der, notBefore, notAfter } = certificate
  const accepted = await hub.post(hub.sealed({ sender: 'G99', receivers: ['H99.05'] }), 'g99')
  id = accepted.json().receiptUrl.split('/').at(-1)
  await hub.database.transaction(async tx => {
    await registerHubCertificate(tx, { sha256, der, subject: certificate.subject.text, notBefore, notAfter })
    const [receipt] = await unsignedReceipts(tx, [id])
    if (!receipt) throw new Error('no receipt is owed')
    xml = await signed(receipt.document?.id, receipt.sha256)
    const issuedAt = daysFromNoon(0)
    await storeSignedReceipts(tx, [{ receipt, xml, xmlSha256: hashOf(xml), issuedAt, certificateSha256: sha256 }])
  })
})
afterAll(() => hub?.close())

describe('the PDF of a receipt', () => {
  it('is given to its system under its own name', async () => {
    const answer = await hub.get(`/api/v1/receipts/${id}?format=pdf`, 'g99')

    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="${id}.pdf"`)
    expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('is not there for another system, as the XML is not', async () => {
    const answers = [`${id}?format=pdf`, id].map(path => hub.get(`/api/v1/receipts/${path}`, 'h99'))

    expect((await Promise.all(answers)).map(answer => answer.statusCode)).toEqual([404, 404])
  })

  it('stays XML unless it is asked for', async () => {
    const answer = await hub.get(`/api/v1/receipts/${id}`, 'g99')

    expect(answer.rawPayload).toEqual(xml)
  })

  it('is verified alone, by the signed receipt inside it', async () => {
    const pdf = (await hub.get(`/api/v1/receipts/${id}?format=pdf`, 'g99')).rawPayload

    const answer = (await verify('pdf', 'application/pdf', pdf)).json()

    expect(answer).toMatchObject({
      kind: 'pdf',
      code: 'NOT_SIGNED',
      receipt: { kind: 'receipt', verdict: 'VALID', sha256: hashOf(xml), receipt: { id, kind: 'acceptance' } },
    })
  })

  it('that holds a changed receipt is not to be relied on', async () => {
    const answer = (await verify('pdf', 'application/pdf', await pdfWith(changed()))).json()

    expect(answer.receipt).toMatchObject({ verdict: 'INVALID', code: 'DIGEST_MISMATCH', receipt: null })
  })
})

describe('a receipt as XML', () => {
  it('is good for whoever holds it, and its words are read from what was signed', async () => {
    const answer = (await verify('receipt', 'application/xml', xml)).json()

    expect(answer).toMatchObject({
      verdict: 'VALID',
      sentences: [{ vi: expect.stringContaining('không bị sửa đổi') }, { vi: expect.stringContaining('G99') }],
      receipt: { sender: { agency: 'G99' }, receivers: [{ agency: 'H99.05' }], environment: 'test' },
      signer: { subject: 'CN=Trục thử nghiệm' },
      stamp: null,
    })
    expect(answer.checks.every((check: { passed: boolean }) => check.passed)).toBe(true)
  })

  it.each([
    { name: 'changed in one letter', file: () => changed(), code: 'DIGEST_MISMATCH' },
    { name: 'that is none', file: () => Buffer.from('<Receipt/>'), code: 'NOT_SIGNED' },
  ])('$name is not to be relied on', async ({ file, code }) => {
    const answer = (await verify('receipt', 'application/xml', file())).json()

    expect(answer).toMatchObject({ verdict: 'INVALID', code, receipt: null })
    expect(answer.sentences[0].vi).toMatch(/KHÔNG nên tin/)
  })

  it('larger than a receipt can be is refused', async () => {
    const answer = await verify('receipt', 'application/xml', Buffer.alloc(9 * 1024 * 1024, 32))

    expect([answer.statusCode, answer.json().code]).toEqual([413, 'ENVELOPE_TOO_LARGE'])
  })
})

describe('the code on paper', () => {
  it('shows what was signed to whoever has id and hash', async () => {
    const answer = await named(id, hashOf(xml))

    expect(answer.json()).toMatchObject({ verdict: 'VALID', receipt: { id, documentId: expect.any(String) } })
  })

  it.each([
    { what: 'another hash', ask: () => named(id, 'ab'.repeat(32)) },
    { what: 'another id', ask: () => named('ab'.repeat(12), hashOf(xml)) },
  ])('with $what names nothing', async ({ ask }) => {
    const answer = await ask()

    expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND'])
  })
})

async function signed(documentId: string | undefined, sha256: string): Promise<Buffer> {
  const receipt: AcceptanceReceipt = {
    id,
    kind: 'acceptance',
    environment: 'test',
    hub: 'Trục thử nghiệm',
    issuedAt: daysFromNoon(0).toISOString(),
    document: {
      ...(documentId !== undefined && { id: documentId }),
      documentId: 'G99,2030/01/15,1/CV',
      kind: 'document',
      action: 'new',
      sender: 'G99',
      sha256,
      sizeBytes: 1000,
      acceptedAt: daysFromNoon(0).toISOString(),
    },
    receivers: [{ code: 'H99.05', writtenCode: 'H99.05' }],
    seal: { verdict: 'VALID', code: 'OK', state: 'valid', boundTo: 'G99' },
  }
  const key = { key: notary.privateKey, dsaEncoding: 'ieee-p1363' } as const
  const { certificate } = notary
  return signReceipt(writeReceipt(receipt), { certificate, sign: async data => sign('sha256', data, key) })
}

function changed(): Buffer {
  return Buffer.from(xml.toString().replace('<Sender>G99<', '<Sender>G98<'))
}

/** As a forger would make it: any pages, with a receipt attached. */
async function pdfWith(receipt: Buffer): Promise<Buffer> {
  const { paper, finish } = openSheets({ title: 'x', language: 'vi-VN', createdAt: daysFromNoon(0), footer: () => '' })
  paper.text('Biên nhận')
  paper.file(receipt, { name: 'receipt.xml', type: 'application/xml' })
  return finish()
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function verify(what: string, contentType: string, payload: Buffer) {
  return hub.app.inject({
    method: 'POST',
    url: `/api/v1/verify/${what}`,
    headers: { 'content-type': contentType },
    payload,
  })
}

function named(receipt: string, sha256: string) {
  return hub.app.inject({ url: `/api/v1/verify/receipt/${receipt}?sha256=${sha256}` })
}
