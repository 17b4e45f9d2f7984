import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import {
  type Identity,
  type OcspWish,
  type OcspWishAnswer,
  readOcspRequest,
  writeOcspRefusal,
  writeOcspResponse,
} from '../../src/authority/index.ts'
import { generalizedTime } from '../../src/der-writer.ts'
import {
  type CertId,
  certIdsOf,
  createTrust,
  DerError,
  ocspStatus,
  parseOcspResponse,
  writeOcspRequest,
} from '../../src/index.ts'

const hour = 1 / 24
const nonce = Buffer.alloc(32, 5)
const good = { is: 'good' } as const
let authority: TestAuthority
let stranger: TestAuthority
let seal: Identity
let responder: Identity
let certId: CertId

beforeAll(async () => {
  authority = await testAuthority()
  stranger = await testAuthority({ name: 'Another CA' })
  seal = await authority.seal('A01', { keyType: 'ec' })
  responder = await authority.ocspSigner()
  const [sha1] = certIdsOf(seal.certificate, authority.certificate)
  if (!sha1) throw new Error('no name for the certificate')
  certId = sha1
})

function responseOf(answer: Partial<OcspWishAnswer> = {}, changes: Partial<OcspWish> = {}): Buffer {
  const times = { thisUpdate: daysFromNoon(-hour), nextUpdate: daysFromNoon(1) }
  const answers = [{ certId, status: good, ...times, ...answer }]
  return writeOcspResponse({ answers, producedAt: daysFromNoon(-hour), signer: responder, nonce, ...changes })
}

function judge(der: Uint8Array, at = noon) {
  const { certificate } = seal
  const trust = createTrust({ anchors: [authority.certificate], crls: [authority.list()] })
  return ocspStatus({ response: parseOcspResponse(der), certificate, issuer: authority.certificate, trust, at, nonce })
}

it('asks with a nonce for the certificate by its issuer and serial', () => {
  const request = writeOcspRequest({ certificate: seal.certificate, issuer: authority.certificate, nonce })

  expect(readOcspRequest(request)).toEqual({ certIds: [certId], nonce })
})

it.each(['name', 'key'] as const)('takes the answer of a delegate that is named by %s', namedBy => {
  const status = judge(responseOf({}, { namedBy }))

  expect(status).toMatchObject({
    is: 'good',
    until: daysFromNoon(1),
    responder: { sha256: responder.certificate.sha256 },
  })
  expect(status.checks.every(({ passed }) => passed)).toBe(true)
})

it('takes the answer of the authority itself', async () => {
  const { createPrivateKey } = await import('node:crypto')
  const signer = { certificate: authority.certificate, privateKey: createPrivateKey(authority.privateKeyPem) }

  expect(judge(responseOf({}, { signer, certificates: [] }))).toMatchObject({ is: 'good' })
})

it.each([0, 1, 2, 3])('takes a name by digest %s of the list: SHA-1, SHA-256, SHA-384, SHA-512', index => {
  const named = certIdsOf(seal.certificate, authority.certificate)[index]

  expect(judge(responseOf(named && { certId: named }))).toMatchObject({ is: 'good' })
})

it('tells when and why a certificate was revoked', () => {
  const entry = { at: daysFromNoon(-3), reason: 'keyCompromise' } as const

  expect(judge(responseOf({ status: { is: 'revoked', ...entry } }))).toMatchObject({ is: 'revoked', entry })
})

it('keeps to a revocation that lasts, in an answer of any age, and not to a hold', () => {
  const old = { thisUpdate: daysFromNoon(-10), nextUpdate: daysFromNoon(-9) }
  const made = { producedAt: daysFromNoon(-10) }
  const revoked = (reason: 'superseded' | 'certificateHold') =>
    judge(responseOf({ ...old, status: { is: 'revoked', at: daysFromNoon(-11), reason } }, made))

  expect(revoked('superseded')).toMatchObject({ is: 'revoked' })
  expect(revoked('certificateHold')).toMatchObject({ is: 'unusable', code: 'REVOCATION_STALE' })
})

it('passes on how far back the responder keeps statuses', () => {
  const value = generalizedTime(daysFromNoon(-400))
  const extensions = [{ id: '1.3.6.1.5.5.7.48.1.6', critical: true, value }]

  expect(judge(responseOf({ extensions }))).toMatchObject({ is: 'good', single: { archiveCutoff: daysFromNoon(-400) } })
})

it('takes the worst of several answers about one certificate', () => {
  const times = { thisUpdate: daysFromNoon(-hour), nextUpdate: daysFromNoon(1) }
  const revoked = { is: 'revoked', at: daysFromNoon(-1), reason: 'superseded' } as const
  const answers = [good, revoked].map(status => ({ certId, status, ...times }))

  expect(judge(responseOf({}, { answers }))).toMatchObject({ is: 'revoked' })
})

it('counts an answer without a nonce inside its window only', () => {
  const { nonce: _, ...without } = { nonce, answer: responseOf({}, { nonce: undefined } as never) }

  expect(judge(without.answer)).toMatchObject({ is: 'good' })
  expect(judge(without.answer, daysFromNoon(2))).toMatchObject({ is: 'unusable', code: 'REVOCATION_STALE' })
})

const other = { serial: 'abc', issuerNameHash: '00'.repeat(20), issuerKeyHash: '00'.repeat(20), hashAlgorithm: '1.2.3' }

it.each([
  { fault: 'another serial', answer: () => ({ certId: { ...certId, serial: other.serial } }), rule: 'V42' },
  {
    fault: 'another issuer by name',
    answer: () => ({ certId: { ...certId, issuerNameHash: other.issuerNameHash } }),
    rule: 'V42',
  },
  {
    fault: 'another issuer by key',
    answer: () => ({ certId: { ...certId, issuerKeyHash: other.issuerKeyHash } }),
    rule: 'V42',
  },
  {
    fault: 'an unknown digest',
    answer: () => ({ certId: { ...certId, hashAlgorithm: other.hashAlgorithm } }),
    rule: 'V42',
  },
  { fault: 'the status unknown', answer: () => ({ status: { is: 'unknown' } as const }), rule: 'V42' },
  {
    fault: 'a time to come',
    answer: () => ({ thisUpdate: daysFromNoon(hour), nextUpdate: daysFromNoon(2) }),
    rule: 'V42',
  },
  { fault: 'an end before its beginning', answer: () => ({ nextUpdate: daysFromNoon(-1) }), rule: 'V42' },
  {
    fault: 'an end that is past',
    answer: () => ({ thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(-hour) }),
    rule: 'V41',
  },
  {
    fault: 'a critical extension of the answer',
    answer: () => ({ extensions: [{ id: '1.2.3', critical: true, value: Buffer.of(5, 0) }] }),
    rule: 'V42',
  },
])('does not use an answer with $fault', ({ answer, rule }) => {
  expect(judge(responseOf(answer()))).toMatchObject({ is: 'unusable', rule })
})

it('gives an answer without an end one hour', () => {
  const der = writeOcspResponse({
    answers: [{ certId, status: good, thisUpdate: daysFromNoon(-hour) }],
    producedAt: daysFromNoon(-hour),
    signer: responder,
  })

  expect(judge(der)).toMatchObject({ is: 'good', until: noon })
  expect(judge(der, daysFromNoon(hour))).toMatchObject({ is: 'unusable', code: 'REVOCATION_STALE', rule: 'V41' })
})

it.each([
  { fault: 'another nonce', changes: { nonce: Buffer.alloc(32, 6) }, rule: 'V43' },
  { fault: 'no signature', changes: { unsigned: true }, rule: 'V42' },
  { fault: 'no certificate of its responder', changes: { certificates: [] }, rule: 'V42' },
  {
    fault: 'a critical extension',
    changes: { extensions: [{ id: '1.2.3', critical: true, value: Buffer.of(5, 0) }] },
    rule: 'V42',
  },
  { fault: 'a signing time before its status', changes: { producedAt: daysFromNoon(-2) }, rule: 'V42' },
  { fault: 'a signing time after its end', changes: { producedAt: daysFromNoon(2) }, rule: 'V42' },
  { fault: 'nothing in it', changes: { answers: [] }, rule: 'V42' },
])('does not use a response with $fault', ({ changes, rule }) => {
  expect(judge(responseOf({}, changes))).toMatchObject({ is: 'unusable', code: 'REVOCATION_UNAVAILABLE', rule })
})

const ocspSigning = ['1.3.6.1.5.5.7.3.9']

it.each([
  { fault: 'of another authority', issue: () => stranger.ocspSigner(), rule: 'V42' },
  {
    fault: 'without the purpose',
    issue: () => authority.ocspSigner({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.36'] }),
    rule: 'V35',
  },
  {
    fault: 'with the purpose "any"',
    issue: () => authority.ocspSigner({ extendedKeyUsage: ['2.5.29.37.0'] }),
    rule: 'V35',
  },
  {
    fault: 'whose key may not sign',
    issue: () => authority.ocspSigner({ keyUsage: ['keyEncipherment'] }),
    rule: 'V34',
  },
  { fault: 'that has ended', issue: () => authority.ocspSigner({ notAfter: daysFromNoon(-hour) }), rule: 'V27' },
  {
    fault: 'issued below the authority',
    issue: async () => {
      const dates = { notBefore: daysFromNoon(-9), notAfter: daysFromNoon(9) }
      const below = await authority.issueAuthority({ name: 'Sub', keyType: 'ec', ...dates })
      const wish = { subject: { commonName: 'R' }, keyType: 'ec', extendedKeyUsage: ocspSigning, ...dates } as const
      return below.issueIdentity(wish)
    },
    rule: 'V42',
  },
])('does not use a delegate $fault', async ({ issue, rule }) => {
  const signer = await issue()

  expect(judge(responseOf({}, { signer }))).toMatchObject({ is: 'unusable', rule })
})

it('does not use a delegate whose certificate was signed by another key under the name of the authority', async () => {
  const twin = await testAuthority()

  expect(judge(responseOf({}, { signer: await twin.ocspSigner() }))).toMatchObject({ is: 'unusable', rule: 'V42' })
})

it('looks for a delegate that does not waive it in the lists of its authority', async () => {
  const signer = await authority.ocspSigner({ extensions: [] })
  const response = parseOcspResponse(responseOf({}, { signer }))
  const status = (crls: Parameters<typeof createTrust>[0]['crls']) =>
    ocspStatus({
      response,
      certificate: seal.certificate,
      issuer: authority.certificate,
      trust: createTrust({ anchors: [authority.certificate], crls }),
      at: noon,
    }).is

  expect(status([authority.list()])).toBe('good')
  expect(status([authority.list([signer])])).toBe('unusable')
  expect(status([])).toBe('unusable')
})

it.each(['tryLater', 'internalError', 'unauthorized', 'sigRequired', 'malformedRequest'] as const)(
  'has no status from the answer %s',
  answer => {
    expect(judge(writeOcspRefusal(answer))).toMatchObject({ is: 'unusable', code: 'REVOCATION_UNAVAILABLE' })
  },
)

it('refuses or means the same after every changed byte', () => {
  const der = responseOf()
  for (const [place, byte] of der.entries()) {
    const mutant = Buffer.from(der)
    mutant[place] = byte ^ 0x01
    const status = readAndJudge(mutant)
    // What is not signed: how the responder's certificate is carried, and the parameters of algorithms.
    if (status?.is === 'good') expect(status.responder.publicKeyDer).toEqual(responder.certificate.publicKeyDer)
    else expect(status?.is).not.toBe('revoked')
  }
})

function readAndJudge(der: Uint8Array) {
  try {
    return judge(der)
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}
