import { createHash } from 'node:crypto'
import { createTrust, defaultAlgorithmEnds, parseTimeStampResponse } from '@docaxis/pki'
import { attribute, type Identity, writeTimeStampResponse } from '@docaxis/pki/authority'
import { daysFromNoon, noon } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { bufferSource, type PdfQuestion, verifyPdf, withHubStandings } from '../../src/index.ts'
import { type Signers, testSigners } from './identities.ts'
import { append, type PdfFile, stream } from './pdf-writer.ts'
import { signatureOver, signedAgain, signedOnce } from './signed-pdf.ts'

const signatureTimeStamp = '1.2.840.113549.1.9.16.2.14'
const hourAgo = daysFromNoon(-1 / 48)

let signers: Signers
let unit: Identity

beforeAll(async () => {
  signers = await testSigners()
  unit = await signers.authority.issueIdentity({
    subject: { commonName: 'TSA' },
    keyType: 'ec',
    keyUsage: ['digitalSignature'],
    notBefore: daysFromNoon(-100),
    notAfter: daysFromNoon(100),
    extensions: [{ id: '2.5.29.37', critical: true, value: Buffer.from('300a06082b06010505070308', 'hex') }],
  })
})

const judge = ({ bytes }: PdfFile, changes: Partial<PdfQuestion> = {}) =>
  verifyPdf(bufferSource(bytes), { at: noon, profile: 'generic', trust: signers.authority.trust(), ...changes })

function tokenOver(bytes: Buffer, genTime = hourAgo): Buffer {
  const imprint = createHash('sha256').update(bytes).digest()
  const request = { hashAlgorithm: '2.16.840.1.101.3.4.2.1', imprint, wantsCertificate: true }
  const { token } = parseTimeStampResponse(writeTimeStampResponse({ request, genTime, signer: unit }))
  if (!token) throw new Error('no token')
  return token
}

/** A document time stamp over all that is there. */
const stamped = (file: PdfFile) =>
  signedAgain(file, unit, { subFilter: 'ETSI.RFC3161', contents: covered => tokenOver(covered), rect: '0 0 0 0' })

describe('document time stamps', () => {
  it('prove when the signatures before them were there', async () => {
    const verdict = await judge(stamped(signedOnce(signers.agency)))

    expect(verdict).toMatchObject({ verdict: 'VALID', codes: ['OK', 'PDF_LATER_REVISION'] })
    expect(verdict.signatures.map(({ kind, role }) => [kind, role])).toEqual([
      ['signature', 'seal'],
      ['time-stamp', 'time-stamp'],
    ])
    const [signature] = verdict.signatures
    expect(signature).toMatchObject({ provenAt: hourAgo.toISOString(), timeSource: 'document-time-stamp' })
  })

  it('keep good what the hub revoked only after the moment they prove, and the checks say so', async () => {
    const verdict = await judge(stamped(signedOnce(signers.agency)))
    const standing = (from: Date) => ({
      [signers.agency.certificate.sha256]: { revoked: { from: from.toISOString(), reason: 'superseded' } },
    })

    const later = withHubStandings(verdict, standing(noon))
    const before = withHubStandings(verdict, standing(daysFromNoon(-1)))

    expect(later).toMatchObject({ verdict: 'VALID', codes: ['OK', 'PDF_LATER_REVISION'] })
    const detail = expect.stringMatching(/^revoked by this hub only after the signature was made, from .*: superseded$/)
    expect(later.signatures[0]?.checks.at(-1)).toEqual({ rule: 'V46', passed: true, detail })
    expect(before).toMatchObject({ verdict: 'INVALID', code: 'CERTIFICATE_REVOKED' })
  })

  it('prove nothing without trust, and the text of the verdict says so', async () => {
    const verdict = await judge(stamped(signedOnce(signers.agency)), { trust: undefined })

    expect(verdict).toMatchObject({ verdict: 'VALID', scope: 'integrity' })
    expect(verdict.notChecked).toContain('time-stamp')
    expect(verdict.signatures.map(({ provenAt }) => provenAt)).toEqual([undefined, undefined])
  })

  it('are INVALID over other bytes', async () => {
    const contents = () => tokenOver(Buffer.from('other bytes'))

    const forged = signedAgain(signedOnce(signers.agency), unit, {
      subFilter: 'ETSI.RFC3161',
      contents,
      rect: '0 0 0 0',
    })

    expect(await judge(forged)).toMatchObject({ verdict: 'INVALID', code: 'TIMESTAMP_INVALID' })
  })

  it('are evidence that may follow the seal, while validation data alone may not', async () => {
    const issued = { profile: 'vn-issued' } as const

    expect(await judge(stamped(signedOnce(signers.agency)), issued)).toMatchObject({ verdict: 'VALID' })
    const late = append(stamped(signedOnce(signers.agency)), { 99: '(late)' })
    expect(await judge(late, issued)).toMatchObject({ verdict: 'INVALID', code: 'PDF_CHANGED_AFTER_SIGNING' })
  })
})

describe('the time stamp of a signature', () => {
  const withToken = (tokenOf: (value: Buffer) => Buffer) =>
    signedOnce(signers.agency, {
      contents: covered => {
        // ECDSA signs anew each time, so the stamp goes over a value that is put back.
        const plain = signatureOver(covered, signers.agency)
        return withUnsigned(plain, tokenOf)
      },
    })

  it('proves when it was made', async () => {
    const { signatures } = await judge(withToken(value => tokenOver(value)))

    expect(signatures).toMatchObject([
      { verdict: 'VALID', provenAt: hourAgo.toISOString(), timeSource: 'signature-time-stamp' },
    ])
  })

  it('refuses the signature when it is over another', async () => {
    expect(await judge(withToken(() => tokenOver(Buffer.from('another'))))).toMatchObject({
      verdict: 'INVALID',
      code: 'TIMESTAMP_INVALID',
    })
  })
})

/** The same CMS with a time stamp as unsigned attribute of its one signer. */
function withUnsigned(cms: Buffer, tokenOf: (value: Buffer) => Buffer): Buffer {
  const valueAt = lastOctets(cms)
  const stamp = attribute(signatureTimeStamp, tokenOf(cms.subarray(valueAt.start)))
  const unsigned = element(0xa1, stamp)
  return grown(cms, unsigned)
}

/** The signature is the last octet string of the object. */
function lastOctets(cms: Buffer): { readonly start: number } {
  for (let at = cms.length - 2; at > 0; at -= 1) {
    if (cms[at] === 0x04 && (cms[at + 1] ?? 0) < 0x80 && at + 2 + (cms[at + 1] ?? 0) === cms.length)
      return { start: at + 2 }
  }
  throw new Error('no signature')
}

function element(tag: number, content: Buffer): Buffer {
  const length =
    content.length < 0x80 ? Buffer.of(content.length) : Buffer.from([0x82, content.length >> 8, content.length & 0xff])
  return Buffer.concat([Buffer.of(tag), length, content])
}

/** Appended inside every element that ends where the object ends: ContentInfo, its wrapper, SignedData, the set, the signer. */
function grown(der: Buffer, more: Buffer, depth = 5): Buffer {
  const long = (der[1] ?? 0) & 0x80 ? (der[1] ?? 0) & 0x7f : 0
  const content = der.subarray(2 + long)
  if (depth === 1) return element(der[0] ?? 0, Buffer.concat([content, more]))
  const start = lastChild(content)
  return element(
    der[0] ?? 0,
    Buffer.concat([content.subarray(0, start), grown(content.subarray(start), more, depth - 1)]),
  )
}

function lastChild(content: Buffer): number {
  for (let at = 0; ; ) {
    const long = (content[at + 1] ?? 0) & 0x80 ? (content[at + 1] ?? 0) & 0x7f : 0
    const length = long === 0 ? (content[at + 1] ?? 0) : content.readUIntBE(at + 2, long)
    const end = at + 2 + long + length
    if (end >= content.length) return at
    at = end
  }
}

describe('algorithms that end', () => {
  const yesterday = daysFromNoon(-1)
  const twoDaysAgo = daysFromNoon(-2)

  /** The signer's key is of RSA, all else of elliptic curves: only one of them ends. */
  async function judgeWith(ends: Partial<typeof defaultAlgorithmEnds>, make: (by: Identity) => PdfFile) {
    const agency = await signers.authority.seal('G99', { subject: { commonName: 'G99', organization: 'G99' } })
    const { certificate } = signers.authority
    const algorithmEnds = { ...defaultAlgorithmEnds, ...ends }
    const trust = createTrust({ anchors: [certificate], crls: [signers.authority.list()], algorithmEnds })
    return judge(make(agency), { trust })
  }

  const stampedAt = (genTime: Date) => (by: Identity) =>
    signedAgain(signedOnce(by), unit, {
      subFilter: 'ETSI.RFC3161',
      contents: covered => tokenOver(covered, genTime),
      rect: '0 0 0 0',
    })

  it('count now where nothing proves an earlier time', async () => {
    expect(await judgeWith({ 'rsa-2048': daysFromNoon(1) }, signedOnce)).toMatchObject({ verdict: 'VALID' })
    expect(await judgeWith({ 'rsa-2048': yesterday }, signedOnce)).toMatchObject({
      verdict: 'INVALID',
      code: 'KEY_TOO_WEAK',
      rule: 'V21',
    })
  })

  it('count at the time that a stamp proves, before the end or after it', async () => {
    expect(await judgeWith({ 'rsa-2048': yesterday }, stampedAt(twoDaysAgo))).toMatchObject({ verdict: 'VALID' })
    expect(await judgeWith({ 'rsa-2048': yesterday }, stampedAt(hourAgo))).toMatchObject({
      code: 'KEY_TOO_WEAK',
      signatures: [{ rule: 'V21', provenAt: hourAgo.toISOString() }, { verdict: 'VALID' }],
    })
  })

  it('count for a stamp now, since one that can be made up proves nothing', async () => {
    const verdict = await judgeWith({ 'p-256': yesterday }, stampedAt(twoDaysAgo))

    expect(verdict.signatures.at(1)).toMatchObject({ kind: 'time-stamp', code: 'TIMESTAMP_INVALID', rule: 'V21' })
  })

  it('are not asked for where only integrity is', async () => {
    expect(await judge(signedOnce(signers.agency), { trust: undefined, at: daysFromNoon(9999) })).toMatchObject({
      verdict: 'VALID',
      scope: 'integrity',
    })
  })
})

describe('a clock that cannot be trusted', () => {
  const parked = { timeFault: 'an hour ahead', profile: 'vn-issued' } as const

  it('leaves every signature open that would be judged by it', async () => {
    const verdict = await judge(stamped(signedOnce(signers.agency)), parked)

    expect(verdict).toMatchObject({ verdict: 'INDETERMINATE', code: 'TIME_NOT_TRUSTED', rule: 'V54', scope: 'full' })
    expect(verdict.notChecked).toEqual(expect.arrayContaining(['path', 'revocation', 'signing-time']))
    expect(verdict.signatures.map(({ code }) => code)).toEqual(['TIME_NOT_TRUSTED', 'TIME_NOT_TRUSTED'])
  })

  it('changes nothing about what is certain without it', async () => {
    const otherBytes = signedOnce(signers.agency, { contents: () => signatureOver(Buffer.from('x'), signers.agency) })

    expect(await judge(otherBytes, parked)).toMatchObject({ verdict: 'INVALID', code: 'DIGEST_MISMATCH' })
  })
})

describe('material for the archive', () => {
  it.each([
    { where: 'the store', store: '/CRLs[41 0 R]' },
    { where: 'the material of one signature alone', store: `/VRI<</${'0'.repeat(40)}<</Type/VRI/CRL[41 0 R]>>>>` },
    { where: 'both, told twice', store: `/CRLs[41 0 R]/VRI<</${'0'.repeat(40)}<</CRL[41 0 R 41 0 R]>>>>` },
  ])('is found in $where', async ({ store }) => {
    const list = signers.authority.list().der
    const file = append(signedOnce(signers.agency), {
      1: '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/DSS 40 0 R>>',
      40: `<</Type/DSS${store}>>`,
      41: stream(list.toString('latin1')),
    })
    const bare = createTrust({ anchors: [signers.authority.certificate], crls: [] })

    expect(await judge(signedOnce(signers.agency), { trust: bare })).toMatchObject({ code: 'REVOCATION_UNAVAILABLE' })
    expect(await judge(file, { trust: bare })).toMatchObject({ verdict: 'VALID' })
  })
})
