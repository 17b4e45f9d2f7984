import { createHash } from 'node:crypto'
import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import {
  attribute,
  contentTypeAttribute,
  digestAttribute,
  type Identity,
  readTimeStampRequest,
  signingCertificateAttribute,
  type TimeStampRequest,
  writeTimeStampRefusal,
  writeTimeStampResponse,
} from '../../src/authority/index.ts'
import { DerReader, tag } from '../../src/der.ts'
import { encode, integer, objectId, octets, sequence, set } from '../../src/der-writer.ts'
import {
  cmsOid,
  createTrust,
  DerError,
  parseTimeStampResponse,
  parseTimeStampToken,
  type TimeStampQuestion,
  verifyTimeStamp,
  writeTimeStampRequest,
} from '../../src/index.ts'

type Wish = Parameters<typeof writeTimeStampResponse>[0]

const stamped = Buffer.from('gốc của cây Merkle')
const imprintOf = (hash: string) => createHash(hash).update(stamped).digest()
const nonce = '00c0ffee00c0ffee'
const policy = '1.3.6.1.4.1.13762.3'
const request: TimeStampRequest = readTimeStampRequest(
  writeTimeStampRequest({ hash: 'sha256', imprint: imprintOf('sha256'), nonce, policy }),
)
let authority: TestAuthority
let stranger: TestAuthority
let unit: Identity

beforeAll(async () => {
  authority = await testAuthority()
  stranger = await testAuthority({ name: 'Another CA' })
  unit = await authority.timeStamper()
})

function tokenOf(changes: Partial<Wish> = {}) {
  const { token } = parseTimeStampResponse(writeTimeStampResponse({ request, genTime: noon, signer: unit, ...changes }))
  return parseTimeStampToken(token ?? Buffer.alloc(0))
}

function judge(changes: Partial<Wish> = {}, question: Partial<TimeStampQuestion> = {}) {
  const asked = { imprintOf, trust: authority.trust(), at: noon, nonce, policies: [policy] }
  return verifyTimeStamp({ token: tokenOf(changes), ...asked, ...question })
}

it('writes a request that asks for everything it was told to', () => {
  expect(request).toEqual({
    hashAlgorithm: '2.16.840.1.101.3.4.2.1',
    imprint: imprintOf('sha256'),
    policy,
    nonce: 'c0ffee00c0ffee',
    wantsCertificate: true,
  })
})

it('refuses to ask for a digest of another length', () => {
  expect(() => writeTimeStampRequest({ hash: 'sha512', imprint: imprintOf('sha256') })).toThrow(RangeError)
})

it('accepts a token that is right, with its path', () => {
  const result = judge()

  expect(result).toMatchObject({ verdict: 'VALID', code: 'OK', rule: '-' })
  expect(result.path?.path.map(({ sha256 }) => sha256)).toEqual([unit.certificate.sha256, authority.certificate.sha256])
  expect(result.checks.every(({ passed }) => passed)).toBe(true)
})

it('reads time and accuracy', () => {
  const accuracy = sequence(integer('1'), encode(0x80, Buffer.of(0x01, 0xf4)), encode(0x81, Buffer.of(0x64)))

  expect(tokenOf({ accuracy })).toMatchObject({ genTime: noon, accuracyMs: 1501 })
})

it.each([
  { text: '20300115050000.5Z', at: '2030-01-15T05:00:00.500Z' },
  { text: '20300115050000.123456Z', at: '2030-01-15T05:00:00.123Z' },
  { text: '20300115050000.120Z', at: '2030-01-15T05:00:00.120Z' },
])('reads the time $text', ({ text, at }) => {
  const { content = Buffer.alloc(0) } = tokenOf().signed
  const infos = new DerReader(content).enter(tag.sequence)
  const parts: Buffer[] = []
  while (!infos.atEnd) parts.push(infos.next().der)
  const changed = parts.map(part => (part[0] === tag.generalizedTime ? encode(part[0], Buffer.from(text)) : part))

  expect(tokenOf({ cms: { content: sequence(...changed) } }).genTime.toISOString()).toBe(at)
})

it.each([
  { fault: 'another imprint', changes: { request: { ...request, imprint: Buffer.alloc(32) } }, rule: 'V51' },
  { fault: 'an imprint by SHA-1', changes: { request: { ...request, hashAlgorithm: '1.3.14.3.2.26' } }, rule: 'V14' },
  { fault: 'another nonce', changes: { request: { ...request, nonce: '7' } }, rule: 'V51' },
  { fault: 'no nonce', changes: { request: { ...request, nonce: undefined } as TimeStampRequest }, rule: 'V51' },
  { fault: 'another policy', changes: { policy: '1.2.3' }, rule: 'V51' },
  { fault: 'two signers', changes: { cms: { signers: 2 } }, rule: 'V51' },
  { fault: 'no signer', changes: { cms: { signers: 0 } }, rule: 'V51' },
  { fault: 'a time to come', changes: { genTime: daysFromNoon(0.01) }, rule: 'V51' },
  { fault: 'no certificate of its signer', changes: { cms: { certificates: [] } }, rule: 'V52' },
  {
    fault: 'other content than was signed',
    changes: { cms: { content: Buffer.from('30030201ff', 'hex') } },
    rule: 'parse',
  },
])('refuses a token with $fault', ({ changes, rule }) => {
  const result = () => judge(changes)

  if (rule === 'parse') expect(result).toThrow(DerError)
  else expect(result()).toMatchObject({ verdict: 'INVALID', code: 'TIMESTAMP_INVALID', rule })
})

it.each(['absent', 'of another certificate'])('refuses a token whose signing certificate is %s', kind => {
  const content = tokenOf().signed.content ?? Buffer.alloc(0)
  const type = cmsOid.timeStampInfo
  const named = kind === 'absent' ? [] : [signingCertificateAttribute(authority.certificate)]
  const signedAttributes = [contentTypeAttribute(type), digestAttribute(content), ...named]

  expect(judge({ cms: { signedAttributes } })).toMatchObject({ code: 'TIMESTAMP_INVALID', rule: 'V58' })
})

it('accepts a signing certificate of the first version, by SHA-1', () => {
  const content = tokenOf().signed.content ?? Buffer.alloc(0)
  const digest = createHash('sha1').update(unit.certificate.der).digest()
  const named = attribute(cmsOid.signingCertificate, sequence(sequence(sequence(octets(digest)))))
  const signedAttributes = [contentTypeAttribute(cmsOid.timeStampInfo), digestAttribute(content), named]

  expect(judge({ cms: { signedAttributes } })).toMatchObject({ code: 'OK' })
})

const timeStamping = '1.3.6.1.5.5.7.3.8'
const usage = (critical: boolean, ...purposes: readonly string[]) => ({
  id: '2.5.29.37',
  critical,
  value: sequence(...purposes.map(objectId)),
})

it.each([
  { fault: 'a purpose that is not critical', extensions: [usage(false, timeStamping)] },
  { fault: 'a second purpose', extensions: [usage(true, timeStamping, '1.3.6.1.5.5.7.3.36')] },
  { fault: 'another purpose', extensions: [usage(true, '1.3.6.1.5.5.7.3.36')] },
  { fault: 'no purpose', extensions: [] },
])('refuses a unit with $fault', async ({ extensions }) => {
  const signer = await authority.timeStamper({ extendedKeyUsage: undefined, extensions } as never)

  expect(judge({ signer })).toMatchObject({ verdict: 'INVALID', code: 'PATH_INVALID', rule: 'V35' })
})

it('does not know a unit of another authority', async () => {
  const signer = await stranger.timeStamper()

  expect(judge({ signer })).toMatchObject({ verdict: 'INDETERMINATE', code: 'PATH_NOT_FOUND' })
})

it('does not trust an authority for time stamps that is trusted for seals only', () => {
  const anchor = { certificate: authority.certificate, purposes: new Set(['seal'] as const) }
  const trust = createTrust({ anchors: [anchor], crls: [authority.list()] })

  expect(judge({}, { trust })).toMatchObject({ verdict: 'INDETERMINATE', code: 'PATH_NOT_FOUND' })
})

it('refuses a unit that was revoked before it stamped', () => {
  expect(judge({}, { trust: authority.trust([unit]) })).toMatchObject({ code: 'CERTIFICATE_REVOKED' })
})

it('judges the unit at the time of the stamp, not now', async () => {
  const signer = await authority.timeStamper({ notAfter: daysFromNoon(1) })

  expect(judge({ signer }, { at: daysFromNoon(100) })).toMatchObject({ code: 'OK' })
  expect(judge({ signer, genTime: daysFromNoon(2) }, { at: daysFromNoon(100) })).toMatchObject({
    code: 'CERTIFICATE_EXPIRED',
  })
})

it('takes newer lists where none of the time of the stamp is kept, while the unit lasts', async () => {
  const genTime = daysFromNoon(-30)
  const short = await authority.timeStamper({ notAfter: daysFromNoon(-1) })

  expect(judge({ genTime })).toMatchObject({ code: 'OK' })
  expect(judge({ genTime }, { trust: authority.trust([unit]) })).not.toMatchObject({ verdict: 'VALID' })
  expect(judge({ genTime, signer: short })).toMatchObject({ verdict: 'INDETERMINATE', code: 'REVOCATION_STALE' })
})

it('takes a token it did not ask for without a nonce', () => {
  const token = tokenOf({ request: { ...request, nonce: '99' } })

  expect(verifyTimeStamp({ token, imprintOf, trust: authority.trust(), at: noon })).toMatchObject({ code: 'OK' })
})

it('reads a refusal and its reason', () => {
  const response = parseTimeStampResponse(writeTimeStampRefusal('no time for that'))

  expect(response).toEqual({ granted: false, status: 2, text: 'no time for that' })
})

it('refuses a grant without a token, and CMS over something else', () => {
  const granted = sequence(sequence(integer('0')))
  const other = sequence(
    objectId(cmsOid.signedData),
    encode(0xa0, sequence(integer('1'), set(), sequence(objectId(cmsOid.data)), set())),
  )

  expect(() => parseTimeStampResponse(granted)).toThrow(DerError)
  expect(() => parseTimeStampToken(other)).toThrow(DerError)
})
