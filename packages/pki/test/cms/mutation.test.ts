import { type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import {
  contentTypeAttribute,
  digestAttribute,
  signingCertificateAttribute,
  writeCms,
} from '../../src/authority/index.ts'
import { DerError, parseSignedData, verifySigner } from '../../src/index.ts'
import { digestOf } from './openssl-cms.ts'

const content = Buffer.from('Thông báo số 9\n')
let authority: TestAuthority
let good: Buffer

beforeAll(async () => {
  authority = await testAuthority()
  const { certificate, privateKey } = await authority.seal('A01', { keyType: 'ec' })
  const signedAttributes = [contentTypeAttribute(), digestAttribute(content), signingCertificateAttribute(certificate)]
  const certificates = [certificate.der, authority.certificate.der]
  good = writeCms({ content, certificate, privateKey, signedAttributes, certificates })
})

/** What a verifier tells of the signature; undefined when it refuses it. */
function meaningOf(der: Uint8Array) {
  try {
    const signed = parseSignedData(der)
    const [signer] = signed.signers
    const result = signer && verifySigner({ signed, signer, digest: digestOf(content) })
    if (!signer || result?.verdict !== 'VALID') return undefined
    return {
      signer: result.certificate?.sha256,
      type: signed.contentType,
      time: signer.signingTime,
      size: signed.signers.length,
    }
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

it('refuses every changed byte, or the change means nothing', () => {
  const meaning = meaningOf(good)
  const accepted: number[] = []
  for (const [place, byte] of good.entries()) {
    for (const flip of [0x01, 0x80, 0xff]) {
      const mutant = Buffer.from(good)
      mutant[place] = byte ^ flip
      const changed = meaningOf(mutant)
      if (!changed) continue
      expect(changed).toEqual(meaning)
      accepted.push(place)
    }
  }
  const start = good.indexOf(authority.certificate.der)
  const isExtra = (place: number) => place >= start && place < start + authority.certificate.der.length

  // Outside the certificate nobody uses: both versions, the list of digests and the tag of the set of certificates.
  expect(new Set(accepted.filter(place => !isExtra(place))).size).toBeLessThan(25)
})

it('refuses every cut', () => {
  for (let length = 0; length < good.length; length += 1) {
    expect(() => parseSignedData(good.subarray(0, length))).toThrow(DerError)
  }
})
