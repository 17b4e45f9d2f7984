import { createHash, generateKeyPairSync } from 'node:crypto'
import { daysFromNoon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import {
  attribute,
  type CmsWish,
  contentTypeAttribute,
  digestAttribute,
  type Identity,
  writeCms,
  writeOcspResponse,
} from '../../src/authority/index.ts'
import { DerReader, tag } from '../../src/der.ts'
import { encode, integer, objectId, octets, sequence, time } from '../../src/der-writer.ts'
import { certIdsOf, cmsOid, parseSignedData, verifySigner } from '../../src/index.ts'
import { digestOf } from './openssl-cms.ts'

const content = Buffer.from('Quyết định số 7\n')
const sha256Id = '2.16.840.1.101.3.4.2.1'
const sha512Id = '2.16.840.1.101.3.4.2.3'
const claimed = daysFromNoon(-2)
let authority: TestAuthority
let signer: Identity

beforeAll(async () => {
  authority = await testAuthority()
  signer = await authority.seal('A01', { keyType: 'ec' })
})

function read(changes: Partial<CmsWish>) {
  const { certificate, privateKey } = signer
  const signed = parseSignedData(writeCms({ content, certificate, privateKey, ...changes }))
  const [first] = signed.signers
  if (!first) throw new Error('no signer')
  return { signed, signer: first }
}

function verify(changes: Partial<CmsWish>) {
  return verifySigner({ ...read(changes), digest: digestOf(content) })
}

function signingCertificate(digest: Buffer, ...more: readonly Buffer[]): Buffer {
  return attribute(cmsOid.signingCertificateV2, sequence(sequence(sequence(octets(digest), ...more))))
}

function issuerSerial(serial: string): Buffer {
  return sequence(sequence(encode(0xa4, signer.certificate.issuer.der)), integer(serial))
}

function certificateDigest(): Buffer {
  return createHash('sha256').update(signer.certificate.der).digest()
}

it('accepts the usual attributes in any order', () => {
  const usual = [contentTypeAttribute(), digestAttribute(content)]

  expect(verify({ signedAttributes: usual })).toMatchObject({ code: 'OK' })
  expect(verify({ signedAttributes: usual.toReversed() })).toMatchObject({ code: 'OK' })
})

it('accepts attributes that were signed in the order of DER and travel in another', () => {
  const inOrder = [contentTypeAttribute(), digestAttribute(content)].toSorted(Buffer.compare)
  const sentAttributes = inOrder.toReversed()

  expect(verify({ signedAttributes: inOrder, sentAttributes })).toMatchObject({ code: 'OK' })
  expect(verify({ signedAttributes: sentAttributes, sentAttributes: inOrder })).toMatchObject({
    code: 'SIGNATURE_MISMATCH',
    rule: 'V58',
  })
})

it('refuses an attribute that was put in after signing', () => {
  const signedAttributes = [contentTypeAttribute(), digestAttribute(content)]
  const sentAttributes = [...signedAttributes, attribute(cmsOid.signingTime, time(claimed))]

  expect(verify({ signedAttributes, sentAttributes })).toMatchObject({ code: 'SIGNATURE_MISMATCH' })
})

it('verifies Ed25519, which brings its own digest', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const dates = { notBefore: daysFromNoon(-1), notAfter: daysFromNoon(1) }

  const verdict = authority
    .issue({ subject: { commonName: 'Ed' }, publicKeyPem, ...dates })
    .then(({ certificate }) => verify({ certificate, privateKey, digest: 'sha512' }))

  return expect(verdict).resolves.toMatchObject({ code: 'OK' })
})

it.each([
  { fault: 'no content type', attributes: () => [digestAttribute(content)] },
  { fault: 'no message digest', attributes: () => [contentTypeAttribute()] },
  {
    fault: 'another content type',
    attributes: () => [contentTypeAttribute(cmsOid.timeStampInfo), digestAttribute(content)],
  },
  {
    fault: 'the content type twice',
    attributes: () => [contentTypeAttribute(), contentTypeAttribute(), digestAttribute(content)],
  },
  {
    fault: 'two digests, the right one first',
    attributes: () => [contentTypeAttribute(), digestAttribute(content), digestAttribute(Buffer.from('other'))],
  },
  {
    fault: 'a digest of two values',
    attributes: () => {
      const values = [content, Buffer.from('other')].map(bytes => octets(createHash('sha256').update(bytes).digest()))
      return [contentTypeAttribute(), attribute(cmsOid.messageDigest, ...values)]
    },
  },
  {
    fault: 'a digest that is no octet string',
    attributes: () => [contentTypeAttribute(), attribute(cmsOid.messageDigest, integer('7'))],
  },
  {
    fault: 'a signing certificate of another digest',
    attributes: () => [contentTypeAttribute(), digestAttribute(content), signingCertificate(Buffer.alloc(32))],
  },
  {
    fault: 'a signing certificate of another serial',
    attributes: () => [
      contentTypeAttribute(),
      digestAttribute(content),
      signingCertificate(certificateDigest(), issuerSerial('77')),
    ],
  },
  {
    fault: 'a signing certificate that cannot be read',
    attributes: () => [
      contentTypeAttribute(),
      digestAttribute(content),
      attribute(cmsOid.signingCertificateV2, octets(content)),
    ],
  },
  {
    fault: 'a protection that names another digest',
    attributes: () => [contentTypeAttribute(), digestAttribute(content), protection(sha512Id, '1.2.840.10045.4.3.2')],
  },
  {
    fault: 'a protection that names another signature',
    attributes: () => [contentTypeAttribute(), digestAttribute(content), protection(sha256Id, '1.2.840.10045.4.3.4')],
  },
])('refuses $fault', ({ attributes }) => {
  expect(verify({ signedAttributes: attributes() })).toMatchObject({ code: 'SIGNATURE_STRUCTURE', rule: 'V58' })
})

function protection(digest: string, signature: string): Buffer {
  const value = sequence(sequence(objectId(digest)), encode(0xa1, objectId(signature)))
  return attribute(cmsOid.algorithmProtection, value)
}

it('accepts attributes that name certificate, issuer and algorithms rightly', () => {
  const named = signingCertificate(certificateDigest(), issuerSerial(signer.certificate.serial))
  const signedAttributes = [
    contentTypeAttribute(),
    digestAttribute(content),
    named,
    protection(sha256Id, '1.2.840.10045.4.3.2'),
  ]

  expect(verify({ signedAttributes })).toMatchObject({ code: 'OK' })
})

it('refuses a digest of the signature other than that of the content', () => {
  const signedAttributes = [contentTypeAttribute(), digestAttribute(content, 'sha512')]

  const result = verify({ digest: 'sha512', signedAttributes })

  expect(result).toMatchObject({ code: 'ALGORITHM_NOT_ALLOWED', rule: 'V13' })
})

it('reads the claimed time, the time stamps and the revocation data that travel with a signature', () => {
  const crl = authority.list().der
  const archive = attribute(cmsOid.revocationInfoArchival, sequence(encode(0xa0, sequence(crl))))
  const values = attribute(cmsOid.revocationValues, sequence(encode(0xa0, sequence(crl))))
  const token = sequence(integer('1'))

  const { signed, signer: first } = read({
    signedAttributes: [
      contentTypeAttribute(),
      digestAttribute(content),
      attribute(cmsOid.signingTime, time(claimed)),
      archive,
    ],
    unsignedAttributes: [values, attribute(cmsOid.signatureTimeStamp, token)],
    crls: [crl, encode(0xa1, objectId('1.2.3'), octets(content))],
  })

  expect(first.signingTime).toEqual(claimed)
  expect(first.timeStampTokens).toEqual([token])
  expect(signed.crls).toHaveLength(3)
})

it('reads OCSP responses from every place they travel in', async () => {
  const responder = await authority.ocspSigner()
  const answers = certIdsOf(signer.certificate, authority.certificate).map(certId => ({
    certId,
    status: { is: 'good' } as const,
    thisUpdate: claimed,
  }))
  const response = writeOcspResponse({ answers, producedAt: claimed, signer: responder })
  // ResponseBytes [0] { type, OCTET STRING { BasicOCSPResponse } }
  const wrapped = new DerReader(response).enter(tag.sequence)
  wrapped.skip(tag.enumerated)
  const bytes = wrapped.enter(0xa0).enter(tag.sequence)
  bytes.skip(tag.oid)
  const basic = bytes.next(tag.octetString).content

  const { signed } = read({
    crls: [encode(0xa1, objectId(cmsOid.ocspResponse), response)],
    signedAttributes: [
      contentTypeAttribute(),
      digestAttribute(content),
      attribute(cmsOid.revocationInfoArchival, sequence(encode(0xa1, sequence(response)))),
    ],
    unsignedAttributes: [attribute(cmsOid.revocationValues, sequence(encode(0xa1, sequence(basic))))],
  })

  expect(signed.ocsp.map(({ der }) => der)).toEqual([response, response, response])
})

it('leaves out certificates of other kinds, whatever their place', () => {
  const { signed, signer: first } = read({
    certificates: [encode(0xa1, integer('1')), sequence(integer('1')), signer.certificate.der],
  })

  expect(signed).toMatchObject({ unreadCertificates: 2 })
  expect(verifySigner({ signed, signer: first, digest: digestOf(content) })).toMatchObject({ code: 'OK' })
})
