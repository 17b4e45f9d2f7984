import type { VerificationCode } from '@docaxis/errors'
import type { Identity } from '@docaxis/pki/authority'
import { noon, sealedEnvelope, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bench, edit, holdersOf, judge, resign } from './sealing.ts'

/** The strict profile (edXML 10.2): packets right in every way but one. */

let authority: TestAuthority
let signer: Identity
let bench: Bench
let sealed: Buffer

beforeAll(async () => {
  authority = await testAuthority()
  signer = await authority.seal('G99')
  bench = { trust: authority.trust(), holders: holdersOf([signer, 'G99']), at: noon }
  sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, signer)
})

interface Breach {
  readonly breach: string
  readonly make: () => Buffer
  readonly code: VerificationCode
}

/** Nobody signs KeyInfo, so it must not carry what a reader of the packet looks for. */
function carryingInKeyInfo(name: string, place: string): Breach {
  const from = '<From xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><OrganId>H99</OrganId></From>'
  return {
    breach: `a sender in ${name}`,
    make: () => edit(sealed, place, `${place}<${name}>${from}</${name}>`),
    code: 'SIGNATURE_STRUCTURE',
  }
}

const breaches: readonly Breach[] = [
  {
    breach: 'no KeyInfo',
    make: () => edit(sealed, /<KeyInfo>.*<\/KeyInfo>/, ''),
    code: 'SIGNER_CERTIFICATE_MISSING',
  },
  {
    breach: 'a certificate cut off',
    make: () => edit(sealed, /(<X509Certificate>.{400})[^<]*/, '$1'),
    code: 'SIGNER_CERTIFICATE_MISSING',
  },
  {
    breach: 'a RetrievalMethod',
    make: () => edit(sealed, '<KeyInfo>', '<KeyInfo><RetrievalMethod URI="#k"/>'),
    code: 'REFERENCE_FORBIDDEN',
  },
  {
    breach: 'a DEREncodedKeyValue',
    make: () =>
      edit(sealed, '<KeyInfo>', '<KeyInfo><d:DEREncodedKeyValue xmlns:d="http://www.w3.org/2009/xmldsig11#"/>'),
    code: 'KEY_FORM_FORBIDDEN',
  },
  ...['KeyName', 'KeyValue'].map(name => carryingInKeyInfo(name, '<KeyInfo>')),
  ...['X509SubjectName', 'X509IssuerSerial', 'X509SKI'].map(name => carryingInKeyInfo(name, '<X509Data>')),
  {
    breach: 'a remote Reference',
    make: () => resigned('URI=""', 'URI="http://example.org/"'),
    code: 'REFERENCE_FORBIDDEN',
  },
  { breach: 'a Reference without a URI', make: () => resigned(' URI=""', ''), code: 'REFERENCE_FORBIDDEN' },
  {
    breach: 'two References',
    make: () => resigned(/<Reference .*<\/Reference>/, '$&$&'),
    code: 'REFERENCE_COVERAGE',
  },
  { breach: 'no transforms', make: () => resigned(/<Transforms>.*<\/Transforms>/, ''), code: 'TRANSFORM_FORBIDDEN' },
  {
    breach: 'the enveloped transform alone',
    make: () => resigned(/<\/Transform><Transform [^>]*>/, ''),
    code: 'TRANSFORM_FORBIDDEN',
  },
  {
    breach: 'the transforms in the other order',
    make: () => resigned(/(<Transform .*<\/Transform>)(<Transform .*<\/Transform>)/, '$2$1'),
    code: 'TRANSFORM_FORBIDDEN',
  },
  {
    breach: 'prefixes included in the canonical form',
    make: () =>
      resigned(
        /(exc-c14n#">)(<\/Transform>)/,
        '$1<I:InclusiveNamespaces xmlns:I="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="a"/>$2',
      ),
    code: 'TRANSFORM_FORBIDDEN',
  },
  {
    breach: 'canonical form 1.0',
    make: () =>
      resigned(/(<CanonicalizationMethod Algorithm=)"[^"]*"/, '$1"http://www.w3.org/TR/2001/REC-xml-c14n-20010315"'),
    code: 'ALGORITHM_NOT_ALLOWED',
  },
  {
    breach: 'canonical form with comments',
    make: () => resigned(/(<CanonicalizationMethod Algorithm="[^"]*)"/, '$1WithComments"'),
    code: 'ALGORITHM_NOT_ALLOWED',
  },
  {
    breach: 'rsa-sha1',
    make: () => resigned('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#rsa-sha1'),
    code: 'ALGORITHM_NOT_ALLOWED',
  },
  {
    breach: 'HMAC',
    make: () => resigned('xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256'),
    code: 'ALGORITHM_NOT_ALLOWED',
  },
  {
    breach: 'an ECDSA name on an RSA key',
    make: () => resigned('more#rsa-sha256', 'more#ecdsa-sha256'),
    code: 'ALGORITHM_NOT_ALLOWED',
  },
  {
    breach: 'SHA-1 as digest',
    make: () => resigned('2001/04/xmlenc#sha256', '2000/09/xmldsig#sha1'),
    code: 'ALGORITHM_NOT_ALLOWED',
  },
  {
    breach: 'an element inside DigestValue',
    make: () => edit(sealed, '</DigestValue>', '<b></b></DigestValue>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    breach: 'Base64 with a stray sign',
    make: () => edit(sealed, '</SignatureValue>', '*</SignatureValue>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    breach: 'text in the Signature',
    make: () => edit(sealed, '<KeyInfo>', 'text<KeyInfo>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    breach: 'an attribute on SignatureMethod',
    make: () => edit(sealed, '<SignatureMethod', '<SignatureMethod Hint="1"'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    breach: 'the signature value of another packet',
    make: () => edit(sealed, /<SignatureValue>[^<]*/, '<SignatureValue>AAAA'),
    code: 'SIGNATURE_MISMATCH',
  },
]

function resigned(from: string | RegExp, to: string): Buffer {
  return resign(edit(sealed, from, to), signer)
}

describe.each(breaches)('a packet with $breach', ({ make, code }) => {
  it(`is refused with ${code}`, async () => {
    expect(await judge(make(), bench)).toMatchObject({ verdict: 'INVALID', code })
  })
})

it('ignores names and key values beside the certificate', async () => {
  const names = '<KeyInfo><KeyName>k</KeyName><X509Data><X509SubjectName>CN=nobody</X509SubjectName>'

  expect(await judge(edit(sealed, '<KeyInfo><X509Data>', names), bench)).toMatchObject({ code: 'OK' })
})

it('verifies white space in Base64 as if it were not there', async () => {
  const spaced = edit(sealed, /(<SignatureValue>.{64})/, '$1\n  ')

  expect(await judge(spaced, bench)).toMatchObject({ code: 'OK' })
})

it('accepts a digest of SHA-512', async () => {
  const named = edit(sealed, 'xmlenc#sha256', 'xmlenc#sha512')

  expect(await judge(resign(named, signer), bench)).toMatchObject({
    code: 'OK',
    digestAlgorithm: 'sha512',
  })
})

describe('an ECDSA signature', () => {
  let packet: Buffer
  let ecBench: Bench
  let value: Buffer

  beforeAll(async () => {
    const ec = await authority.seal('G99', { keyType: 'ec' })
    packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, ec)
    ecBench = { ...bench, holders: holdersOf([ec, 'G99']) }
    value = Buffer.from(/<SignatureValue>([^<]*)/.exec(packet.toString())?.[1] ?? '', 'base64')
  })

  const zero = Buffer.alloc(32)
  it.each([
    { form: 'r zero', change: () => Buffer.concat([zero, value.subarray(32)]) },
    { form: 's zero', change: () => Buffer.concat([value.subarray(0, 32), zero]) },
    { form: 'both zero', change: () => Buffer.alloc(64) },
    { form: 's past the order', change: () => Buffer.concat([value.subarray(0, 32), Buffer.alloc(32, 0xff)]) },
    { form: 'one octet too many', change: () => Buffer.concat([Buffer.alloc(1), value]) },
    {
      form: 'ASN.1',
      change: () =>
        Buffer.concat([Buffer.of(0x30, 68, 2, 32), value.subarray(0, 32), Buffer.of(2, 32), value.subarray(32)]),
    },
  ])('with $form is refused with SIGNATURE_MISMATCH', async ({ change }) => {
    const changed = edit(packet, /<SignatureValue>[^<]*/, `<SignatureValue>${change().toString('base64')}`)

    expect(await judge(changed, ecBench)).toMatchObject({ code: 'SIGNATURE_MISMATCH', rule: 'V18' })
  })
})
