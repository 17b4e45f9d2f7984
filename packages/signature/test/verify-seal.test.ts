import { createTrust, parseCrl } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'
import { daysFromNoon, envelopeXml, noon, sealedEnvelope, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { signEnvelope, verifySeal } from '../src/index.ts'
import { type Bench, edit, holdersOf, judge, materialOf } from './sealing.ts'

let authority: TestAuthority
let rsa: Identity
let ec: Identity
let other: Identity
let bench: Bench
let sealed: Buffer

beforeAll(async () => {
  authority = await testAuthority()
  rsa = await authority.seal('G99')
  ec = await authority.seal('G99', { keyType: 'ec' })
  other = await authority.seal('H99')
  bench = { trust: authority.trust(), holders: holdersOf([rsa, 'G99'], [ec, 'G99'], [other, 'H99']), at: noon }
  sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, rsa)
})

it('finds a well sealed packet VALID and says by what', async () => {
  const verdict = await judge(sealed, bench)

  expect(verdict).toMatchObject({
    verdict: 'VALID',
    code: 'OK',
    state: 'valid',
    rule: '-',
    judgedAt: noon.toISOString(),
    binding: { holderCode: 'G99' },
    path: [rsa.certificate.sha256, authority.certificate.sha256],
    signatureAlgorithm: 'rsa-sha256',
    digestAlgorithm: 'sha256',
  })
  expect(verdict.crls).toHaveLength(1)
  expect(verdict.certificate?.subject).toContain('G99')
  expect(verdict.checks.every(({ passed }) => passed)).toBe(true)
})

it('finds a packet sealed with an EC key VALID', async () => {
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, ec)

  expect(await judge(packet, bench)).toMatchObject({ code: 'OK', signatureAlgorithm: 'ecdsa-sha256' })
})

it('gives the same verdict again, plain JSON', async () => {
  const first = await judge(sealed, bench)

  expect(await judge(sealed, bench)).toEqual(first)
  expect(JSON.parse(JSON.stringify(first))).toEqual(first)
})

it('says of an unsigned packet that it is not signed', async () => {
  const packet = envelopeXml({ sender: 'G99', receivers: ['H99'] })

  expect(await judge(packet, bench)).toMatchObject({ verdict: 'INVALID', code: 'NOT_SIGNED', state: 'absent' })
})

it('says of a block in the packet namespace that it is no XML signature', async () => {
  const block =
    '<edXML:Signature><edXML:SignatureValue>AAAA</edXML:SignatureValue></edXML:Signature></edXML:edXMLHeader>'
  const packet = edit(envelopeXml({ sender: 'G99', receivers: ['H99'] }), '</edXML:edXMLHeader>', block)

  expect(await judge(packet, bench)).toMatchObject({ code: 'SIGNATURE_STRUCTURE', state: 'not-verifiable' })
})

it('says of a Signature without a value that the packet is not signed', async () => {
  const packet = edit(sealed, /<SignatureValue>[^<]*<\/SignatureValue>/, '<SignatureValue></SignatureValue>')

  expect(await judge(packet, bench)).toMatchObject({ code: 'NOT_SIGNED', state: 'absent' })
})

it.each([
  { field: 'the subject', from: 'Về việc liên thông', to: 'Về việc liên thong' },
  { field: 'the sender', from: '<edXML:OrganId>G99<', to: '<edXML:OrganId>G98<' },
  { field: 'the receiver', from: '<edXML:OrganId>H99<', to: '<edXML:OrganId>H98<' },
  { field: 'the trace time', from: /(<edXML:Timestamp>\d{3})\d/, to: '$19' },
  { field: 'the manifest', from: '<edXML:AttachmentName>12', to: '<edXML:AttachmentName>13' },
  { field: 'the attachment name', from: '<AttachmentName>12', to: '<AttachmentName>13' },
  { field: 'white space', from: '<AttachmentEncoded>', to: ' <AttachmentEncoded>' },
])('refuses a packet with $field changed', async ({ from, to }) => {
  expect(await judge(edit(sealed, from, to), bench)).toMatchObject({ code: 'DIGEST_MISMATCH', state: 'invalid' })
})

it('refuses a packet with one letter of the attachment changed', async () => {
  const [, letter = ''] = /ContentTransferEncoded[^>]*>[^<]{40}(.)/.exec(sealed.toString()) ?? []
  const packet = edit(sealed, /(ContentTransferEncoded[^>]*>[^<]{40})./, `$1${letter === 'A' ? 'B' : 'A'}`)

  expect(await judge(packet, bench)).toMatchObject({ code: 'DIGEST_MISMATCH' })
})

it('accepts comments and writing that the canonical form does not see', async () => {
  const packet = edit(sealed, '<AttachmentEncoded>', '<AttachmentEncoded  ><!-- seen by nobody -->')

  expect(await judge(packet, bench)).toMatchObject({ code: 'OK' })
})

it('refuses a changed DigestValue as a signature that does not fit', async () => {
  const packet = edit(sealed, /<DigestValue>[^<]*/, `<DigestValue>${Buffer.alloc(32).toString('base64')}`)

  expect(await judge(packet, bench)).toMatchObject({ code: 'SIGNATURE_MISMATCH', state: 'invalid' })
})

it('refuses the certificate of another key, though its holder is the sender', async () => {
  const swapped = edit(sealed, rsa.certificate.der.toString('base64'), other.certificate.der.toString('base64'))
  const holders = holdersOf([rsa, 'G99'], [other, 'G99'])

  expect(await judge(swapped, { ...bench, holders })).toMatchObject({ code: 'SIGNATURE_MISMATCH' })
})

it('refuses the seal of another agency', async () => {
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, other)

  expect(await judge(packet, bench)).toMatchObject({ code: 'SIGNER_NOT_SENDER', rule: 'V24', state: 'invalid' })
})

it('refuses a certificate that is bound to no agency', async () => {
  expect(await judge(sealed, { ...bench, holders: new Map() })).toMatchObject({
    code: 'SIGNER_NOT_SENDER',
    rule: 'V23',
  })
})

it('refuses a revoked certificate', async () => {
  const trust = authority.trust([rsa])

  expect(await judge(sealed, { ...bench, trust })).toMatchObject({ code: 'CERTIFICATE_REVOKED', state: 'invalid' })
})

it('refuses a certificate of an authority the hub does not know', async () => {
  const foreign = await testAuthority({ name: 'Foreign CA' })
  const stranger = await foreign.seal('G99')
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, stranger)

  const verdict = await judge(packet, { ...bench, holders: holdersOf([stranger, 'G99']) })

  expect(verdict).toMatchObject({ verdict: 'INDETERMINATE', code: 'PATH_NOT_FOUND', state: 'not-verifiable' })
})

it('refuses a certificate of an authority that only bears a known name', async () => {
  const impostor = await testAuthority()
  const stranger = await impostor.seal('G99')
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, stranger)

  const verdict = await judge(packet, { ...bench, holders: holdersOf([stranger, 'G99']) })

  expect(verdict).toMatchObject({ code: 'PATH_INVALID', rule: 'V26' })
})

it('cannot decide without a revocation list', async () => {
  const trust = createTrust({ anchors: [authority.certificate], crls: [] })

  const verdict = await judge(sealed, { ...bench, trust })

  expect(verdict).toMatchObject({ verdict: 'INDETERMINATE', code: 'REVOCATION_UNAVAILABLE', state: 'not-verifiable' })
})

it('refuses a changed packet while revocation is unknown: certain goes before missing', async () => {
  const trust = createTrust({ anchors: [authority.certificate], crls: [] })

  expect(await judge(edit(sealed, 'liên thông', 'lien thong'), { ...bench, trust })).toMatchObject({
    code: 'DIGEST_MISMATCH',
  })
})

it.each([
  { usage: ['keyEncipherment'] as const, rule: 'V34' },
  { usage: [] as const, rule: 'V34' },
])('refuses a certificate whose key usage is $usage', async ({ usage, rule }) => {
  const wrong = await authority.seal('G99', { keyUsage: usage })
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, wrong)

  expect(await judge(packet, { ...bench, holders: holdersOf([wrong, 'G99']) })).toMatchObject({
    code: 'PATH_INVALID',
    rule,
  })
})

it('refuses a certificate made for TLS servers only', async () => {
  const server = await authority.seal('G99', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] })
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, server)

  const verdict = await judge(packet, { ...bench, holders: holdersOf([server, 'G99']) })

  expect(verdict).toMatchObject({ code: 'PATH_INVALID', rule: 'V35' })
})

it('takes intermediates from the packet', async () => {
  const below = await authority.issueAuthority({
    name: 'Sub CA',
    notBefore: daysFromNoon(-100),
    notAfter: daysFromNoon(100),
    keyType: 'ec',
  })
  const wish = {
    subject: { commonName: 'Seal' },
    keyUsage: ['digitalSignature'],
    notBefore: daysFromNoon(-9),
    notAfter: daysFromNoon(9),
  } as const
  const leaf = await below.issueIdentity({ ...wish, keyType: 'ec' })
  const signer = { privateKey: leaf.privateKey, certificates: [leaf.certificate, below.certificate] }
  const packet = signEnvelope(envelopeXml({ sender: 'G99', receivers: ['H99'] }), signer)
  const list = below.crl({ thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(1), revoked: [], number: 1 })
  const trust = createTrust({ anchors: [authority.certificate], crls: [authority.list(), parseCrl(list)] })

  const verdict = await judge(packet, { ...bench, trust, holders: holdersOf([leaf, 'G99']) })

  expect(verdict).toMatchObject({ code: 'OK' })
  expect(verdict.path).toHaveLength(3)
})

it('is never VALID when a step breaks inside', async () => {
  const material = materialOf(sealed)
  const digest = () => {
    throw new Error('broken')
  }
  const holderOf = async (id: string) => bench.holders.get(id)
  const broken = [
    { ...material, digest },
    { ...material, digest: () => Buffer.alloc(0) },
    { ...material, element: Buffer.from('<') },
    { ...material, signedInfo: Buffer.alloc(0) },
  ]

  const verdicts = await Promise.all(
    broken.map(each => verifySeal({ ...bench, material: each, senderCode: 'G99', holderOf })),
  )

  expect(verdicts.map(({ verdict }) => verdict)).toEqual(broken.map(() => 'INVALID'))
})

it('lets a directory that does not answer rise: that says nothing about the seal', async () => {
  const holderOf = () => Promise.reject(new Error('database away'))

  const verdict = verifySeal({ ...bench, material: materialOf(sealed), senderCode: 'G99', holderOf })

  await expect(verdict).rejects.toThrow('database away')
})

it('does not keep a remembered path past the end of its list', async () => {
  await judge(sealed, bench)

  expect((await judge(sealed, { ...bench, at: daysFromNoon(2) })).code).toBe('REVOCATION_STALE')
})
