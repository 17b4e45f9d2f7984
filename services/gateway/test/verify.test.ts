import { readdir } from 'node:fs/promises'
import type { Identity } from '@docaxis/pki/authority'
import { daysFromNoon, noon, sealedEnvelope, testAuthority, testPdf } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindSeal, type TestGateway, testGateway } from './harness.ts'

// What somebody is told of a certificate or packet that he received; the hub keeps nothing of it.

let hub: TestGateway
let official: Identity
const certificates = new Map<string, string>()
const wish = { sender: 'G99', receivers: ['H99.05'] }

beforeAll(async () => {
  hub = await testGateway()
  const { authority } = hub
  const foreign = await testAuthority({ name: 'Foreign CA' })
  const issued = {
    good: await authority.seal('G99', { keyType: 'ec' }),
    'ending in 20 days': await authority.seal('G99', { keyType: 'ec', notAfter: daysFromNoon(20.5) }),
    expired: await authority.seal('G99', { keyType: 'ec', notAfter: daysFromNoon(-1) }),
    'not valid yet': await authority.seal('G99', { keyType: 'ec', notBefore: daysFromNoon(1) }),
    revoked: await authority.seal('G99', { keyType: 'ec' }),
    'of a foreign authority': await foreign.seal('G99', { keyType: 'ec' }),
    'for web servers': await authority.seal('G99', { keyType: 'ec', extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }),
  }
  for (const [name, { certificatePem }] of Object.entries(issued)) certificates.set(name, certificatePem)
  official = await authority.seal('H99', {
    keyType: 'ec',
    subject: { commonName: 'Trần Văn A', title: 'Chủ tịch', organization: 'UBND tỉnh H99', country: 'VN' },
  })
  await bindSeal(hub.database, 'G99', issued.good)
  const revoked = [{ serial: issued.revoked.certificate.serial, at: daysFromNoon(-1) }]
  const list = authority.crl({ thisUpdate: daysFromNoon(-0.01), nextUpdate: daysFromNoon(1), revoked, number: 2 })
  await post('/api/v1/admin/crls', 'application/pkix-crl', list, 'operator')
})
afterAll(() => hub?.close())

describe('a certificate', () => {
  it.each([
    { name: 'good', verdict: 'VALID', code: 'OK', says: /dùng được.*còn hạn.*không bị thu hồi/ },
    { name: 'ending in 20 days', verdict: 'VALID', code: 'OK', says: /hết hạn sau 20 ngày/ },
    { name: 'expired', verdict: 'INVALID', code: 'CERTIFICATE_EXPIRED', says: /KHÔNG.*đã hết hạn từ 14\/01\/2030/ },
    { name: 'not valid yet', verdict: 'INVALID', code: 'CERTIFICATE_NOT_YET_VALID', says: /hiệu lực từ 16\/01\/2030/ },
    { name: 'revoked', verdict: 'INVALID', code: 'CERTIFICATE_REVOKED', says: /thu hồi.*liên hệ người ký/ },
    {
      name: 'of a foreign authority',
      verdict: 'INDETERMINATE',
      code: 'PATH_NOT_FOUND',
      says: /Foreign CA.*Hỏi quản trị viên/,
    },
    { name: 'for web servers', verdict: 'INVALID', code: 'PATH_INVALID', says: /không được cấp để ký văn bản/ },
  ])('$name is $verdict, in plain words', async ({ name, verdict, code, says }) => {
    const answer = await verifyCertificate(certificates.get(name) ?? '')

    expect([answer.statusCode, answer.json().verdict, answer.json().code]).toEqual([200, verdict, code])
    expect(vietnamese(answer)).toMatch(says)
  })

  it('comes with its path, what says that it is not revoked, and the agency that holds it', async () => {
    const answer = (await verifyCertificate(certificates.get('good') ?? '')).json()

    expect(answer).toMatchObject({
      boundTo: { agency: 'G99' },
      certificate: { holder: { name: 'Seal of G99', organization: 'G99' }, key: 'EC P-256' },
      path: [{ subject: expect.stringContaining('Seal of G99') }, { subject: 'CN=Test CA' }],
      revocation: [{ kind: 'crl', issuer: 'CN=Test CA' }],
      judgedAt: noon.toISOString(),
    })
    expect(answer.checks.every((check: { passed: boolean }) => check.passed)).toBe(true)
    expect(answer.checks[0].name.vi).not.toBe(answer.checks[0].rule)
  })

  it('is judged at the moment asked for', async () => {
    const answer = await verifyCertificate(certificates.get('good') ?? '', `?at=${daysFromNoon(400).toISOString()}`)

    expect(answer.json()).toMatchObject({ code: 'CERTIFICATE_EXPIRED', judgedAt: daysFromNoon(400).toISOString() })
  })

  it('that is none is refused with its reason', async () => {
    const answer = await verifyCertificate('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')

    expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
  })
})

describe('a packet', () => {
  it.each([
    { name: 'good', xml: () => hub.sealed(wish), code: 'OK', says: /không thay đổi kể từ khi Seal of G99 ký/ },
    {
      name: 'changed in one letter',
      xml: () => Buffer.from(hub.sealed(wish).toString().replace('liên thông văn bản', 'liên thông văn bàn')),
      code: 'DIGEST_MISMATCH',
      says: /KHÔNG nên tin.*thay đổi sau khi ký.*gửi lại bản gốc/,
    },
    { name: 'not signed', xml: () => hub.unsealed(wish), code: 'NOT_SIGNED', says: /chưa được ký/ },
    {
      name: "sealed with another agency's key",
      xml: () => hub.sealed(wish, 'G98'),
      code: 'SIGNER_NOT_SENDER',
      says: /người ký không phải cơ quan gửi/,
    },
    { name: 'that is no XML', xml: () => Buffer.from('%PDF-1.7'), code: 'M.XML', says: /KHÔNG nên tin/ },
  ])('$name is told by name, and in plain words', async ({ xml, code, says }) => {
    const answer = await verifyEnvelope(xml())

    expect([answer.statusCode, answer.json().code]).toEqual([200, code])
    expect(vietnamese(answer)).toMatch(says)
  })

  it('is told who sealed it for whom, and how that was found out', async () => {
    const answer = (await verifyEnvelope(hub.sealed(wish))).json()

    expect(answer).toMatchObject({
      verdict: 'VALID',
      sender: { agency: 'G99' },
      receivers: [{ agency: 'H99.05' }],
      signer: { holder: { name: 'Seal of G99' } },
      binding: { holder: 'G99', mandate: null },
      path: [{}, { subject: 'CN=Test CA' }],
      faults: [],
    })
  })

  it('of others is judged for whoever received it', async () => {
    const answer = await verifyEnvelope(hub.sealed({ sender: 'H99', receivers: ['G99'] }), 'h99.06')

    expect(answer.json()).toMatchObject({ verdict: 'VALID', sender: { agency: 'H99' } })
  })

  it('leaves nothing behind', async () => {
    const large = { name: 'a.txt', content: Buffer.alloc(3_000_000, 'a'), type: 'text/plain' }
    const seal = hub.seals.G99
    if (!seal) throw new Error('G99 has no seal')

    await verifyEnvelope(sealedEnvelope({ ...wish, attachments: [large] }, seal))

    const { rows } = await hub.database.query(
      'select (select count(*) from document) + (select count(*) from refusal) as rows',
    )
    expect(rows).toEqual([{ rows: '0' }])
    expect(await filesKept()).toEqual([])
  })
})

describe('a PDF', () => {
  const pdf = (signer = official) => testPdf({ signer })

  it('signed by an official is good, and says who signed, as what, and when', async () => {
    const answer = await verifyPdf(pdf())

    expect(answer.json()).toMatchObject({
      kind: 'pdf',
      verdict: 'VALID',
      role: { code: 'signed-by-official' },
      signatures: [
        {
          verdict: 'VALID',
          coversDocument: true,
          signer: { name: 'Trần Văn A', position: 'Chủ tịch' },
          role: { code: 'official' },
          times: { proven: null, judged: noon.toISOString(), source: 'now' },
          path: [{ subject: expect.stringContaining('Trần Văn A') }, { subject: 'CN=Test CA' }],
          revocation: [{ kind: 'crl', issuer: 'CN=Test CA' }],
        },
      ],
    })
    expect(vietnamese(answer)).toMatch(/không thay đổi kể từ khi Trần Văn A \(Chủ tịch, .*chưa đóng dấu cơ quan/)
  })

  it.each([
    {
      name: 'changed in one letter',
      make: () => replacedIn(pdf(), 'Quyet dinh', 'Quyet dann'),
      code: 'DIGEST_MISMATCH',
      says: /KHÔNG nên tin tệp này.*thay đổi sau khi ký.*gửi lại bản gốc/,
    },
    { name: 'not signed', make: () => testPdf(), code: 'NOT_SIGNED', says: /chưa được ký số.*ký rồi gửi lại/ },
    {
      name: 'with a byte behind its signature',
      make: () => Buffer.concat([pdf(), Buffer.from('\n')]),
      code: 'PDF_COVERAGE',
      says: /không bao phủ/,
    },
    { name: 'that is none', make: () => Buffer.from('Kính gửi'), code: 'PDF_UNSUPPORTED', says: /không kiểm tra được/ },
  ])('$name is told by name, and in plain words', async ({ make, code, says }) => {
    const answer = await verifyPdf(make())

    expect([answer.statusCode, answer.json().verdict, answer.json().code]).toEqual([200, 'INVALID', code])
    expect(vietnamese(answer)).toMatch(says)
  })

  it('leaves nothing behind, however large', async () => {
    await verifyPdf(testPdf({ signer: official, ballast: 2_000_000 }))

    expect(await filesKept()).toEqual([])
  })
})

describe('a stranger', () => {
  const ask = (headers: Record<string, string> = {}, remoteAddress = '192.0.2.7') =>
    hub.app.inject({
      method: 'POST',
      url: '/api/v1/verify/certificate',
      headers: { 'content-type': 'application/x-pem-file', ...headers },
      payload: certificates.get('good'),
      remoteAddress,
    })

  it('is answered without signing in, and told whose certificate it is no more than anybody', async () => {
    expect((await ask()).json()).toMatchObject({ verdict: 'VALID', boundTo: { agency: 'G99' } })
  })

  it('with a wrong token is refused: it may be a system that is misconfigured', async () => {
    expect((await ask({ authorization: 'Bearer dax_wrong_wrong_wrong_wrong' })).statusCode).toBe(401)
  })

  it('may ask thirty times a minute, and others are answered meanwhile', async () => {
    const answers = []
    for (let call = 0; call < 31; call += 1) answers.push((await ask({}, '192.0.2.8')).statusCode)

    expect(answers.filter(status => status === 200)).toHaveLength(30)
    expect(answers.at(-1)).toBe(429)
    expect((await ask({}, '192.0.2.9')).statusCode).toBe(200)
  })
})

function verifyCertificate(pem: string, query = '') {
  return post(`/api/v1/verify/certificate${query}`, 'application/x-pem-file', pem, 'h99.05')
}

function verifyEnvelope(xml: Buffer, system = 'h99.05') {
  return post('/api/v1/verify/envelope', 'application/xml', xml, system)
}

function verifyPdf(bytes: Buffer) {
  return post('/api/v1/verify/pdf', 'application/pdf', bytes, 'h99.05')
}

function replacedIn(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1')
}

async function filesKept(): Promise<readonly string[]> {
  const entries = await readdir(hub.blobs.folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(({ name }) => name)
}

function post(url: string, type: string, payload: string | Buffer, system: string) {
  return hub.app.inject({ method: 'POST', url, headers: { ...hub.as(system), 'content-type': type }, payload })
}

function vietnamese(answer: Awaited<ReturnType<typeof post>>): string {
  return answer
    .json()
    .sentences.map(({ vi }: { vi: string }) => vi)
    .join(' ')
}
