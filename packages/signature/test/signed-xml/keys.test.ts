import type { Certificate } from '@docaxis/pki'
import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifySignedXml } from '../../src/index.ts'
import { type Signer, signerWith } from './identities.ts'
import { signXml, x509 } from './signing.ts'

let authority: TestAuthority
let signer: Signer
let other: Signer

beforeAll(async () => {
  authority = await testAuthority()
  signer = await signerWith('rsa-3072', authority)
  other = await signerWith('rsa', authority)
})

function signed(by: Signer, keyInfo = ''): Buffer {
  return signXml('<r><!--sign--></r>', { key: by.key, keyInfo })
}

const keyValue = '<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue></ds:KeyInfo>'
const judge = (xml: Buffer, certificates?: readonly Certificate[]) => verifySignedXml(xml, { certificates, at: noon })

describe('certificates given', () => {
  it('count alone, whatever KeyInfo says', () => {
    const byStranger = signed(other, x509(other.certificate.der))

    expect(judge(byStranger, [signer.certificate])).toMatchObject({ verdict: 'INVALID', code: 'SIGNATURE_MISMATCH' })
    expect(judge(byStranger, [signer.certificate, other.certificate])).toMatchObject({
      verdict: 'VALID',
      signatures: [{ certificate: { sha256: other.certificate.sha256 } }],
    })
    expect(judge(signed(signer, keyValue), [signer.certificate]).verdict).toBe('VALID')
  })

  it('may be expired, since only integrity is asked', () => {
    const late = { certificates: [signer.certificate], at: daysFromNoon(9999) }

    expect(verifySignedXml(signed(signer), late)).toMatchObject({
      verdict: 'VALID',
      scope: 'integrity',
      notChecked: ['path', 'revocation', 'agency', 'signing-time'],
    })
  })

  it('refuse as too weak even beside a strong one, when the strong one did not sign', async () => {
    const weak = await signerWith('rsa-1024', authority)

    expect(judge(signed(weak), [signer.certificate, weak.certificate]).code).toBe('KEY_TOO_WEAK')
    expect(judge(signed(signer), [weak.certificate, signer.certificate]).code).toBe('OK')
  })

  it('must be there', () => {
    expect(judge(signed(signer, x509(signer.certificate.der)), []).code).toBe('SIGNER_CERTIFICATE_MISSING')
  })
})

describe('no certificates given', () => {
  it('takes the first of KeyInfo, and says that nobody vouches for it', () => {
    expect(judge(signed(signer, x509(signer.certificate.der, authority.certificate.der)))).toMatchObject({
      verdict: 'VALID',
      scope: 'integrity',
      notChecked: ['signer', 'path', 'revocation', 'agency', 'signing-time'],
    })
  })

  it.each([
    { keyInfo: () => '', code: 'SIGNER_CERTIFICATE_MISSING', what: 'no KeyInfo' },
    { keyInfo: () => keyValue, code: 'SIGNER_CERTIFICATE_MISSING', what: 'a key without a certificate' },
    { keyInfo: () => x509(Buffer.from('no DER')), code: 'SIGNER_CERTIFICATE_MISSING', what: 'no certificate at all' },
    {
      keyInfo: () => x509(other.certificate.der, signer.certificate.der),
      code: 'SIGNER_AMBIGUOUS',
      what: 'the signer behind another',
    },
    {
      keyInfo: () => x509(signer.certificate.der, other.certificate.der),
      code: 'SIGNER_AMBIGUOUS',
      what: 'a stranger behind the signer',
    },
    { keyInfo: () => x509(other.certificate.der), code: 'SIGNATURE_MISMATCH', what: 'only another' },
    {
      keyInfo: () => x509(...Array.from({ length: 9 }, () => signer.certificate.der)),
      code: 'SIGNATURE_STRUCTURE',
      what: 'nine certificates',
    },
  ])('refuses $what with $code', ({ keyInfo, code }) => {
    expect(judge(signed(signer, keyInfo()))).toMatchObject({ verdict: 'INVALID', code })
  })
})

describe('anchors', () => {
  const ask = (crls: 'list' | 'revoked' | 'none', at = noon, anchor = authority.certificate) => {
    const lists = { list: [authority.list()], revoked: [authority.list([signer as never])], none: [] }
    return verifySignedXml(signed(signer, x509(signer.certificate.der)), { anchors: [anchor], crls: lists[crls], at })
  }

  it('with a list of the authority give a full verdict', () => {
    expect(ask('list')).toMatchObject({
      verdict: 'VALID',
      scope: 'full',
      notChecked: ['agency', 'signing-time'],
      signatures: [{ path: [signer.certificate.sha256, authority.certificate.sha256] }],
    })
  })

  it('without a list stay open', () => {
    expect(ask('none')).toMatchObject({ verdict: 'INDETERMINATE', codes: ['REVOCATION_UNAVAILABLE'], scope: 'full' })
  })

  it('refuse a revoked certificate, an expired one, and leave an unknown issuer open', async () => {
    const stranger = await testAuthority({ name: 'Another CA' })

    expect(ask('revoked')).toMatchObject({ verdict: 'INVALID', code: 'CERTIFICATE_REVOKED' })
    expect(ask('list', daysFromNoon(400))).toMatchObject({ verdict: 'INVALID', code: 'CERTIFICATE_EXPIRED' })
    expect(ask('list', noon, stranger.certificate)).toMatchObject({ verdict: 'INDETERMINATE', code: 'PATH_NOT_FOUND' })
  })
})
