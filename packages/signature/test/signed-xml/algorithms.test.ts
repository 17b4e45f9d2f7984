import { noon, testAuthority } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifySignedXml } from '../../src/index.ts'
import { edit } from '../sealing.ts'
import { type KeyKind, type Signer, signerWith } from './identities.ts'
import { enveloped, exclusiveUri, forms, pssMethods, pssParams, type SignWish, signXml } from './signing.ts'

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const document = '<note xmlns="urn:note"><text>Kính gửi</text><!--sign--></note>'
const digests = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: `${more}sha384`,
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
} as const
const salts = { sha256: 32, sha384: 48, sha512: 64 } as const

let signers: Readonly<Record<KeyKind, Signer>>

beforeAll(async () => {
  const authority = await testAuthority()
  const kinds = ['rsa', 'rsa-1024', 'p256', 'p384', 'p521', 'secp256k1', 'ed25519'] as const
  const made = await Promise.all(kinds.map(async kind => [kind, await signerWith(kind, authority)] as const))
  signers = Object.fromEntries(made) as typeof signers
})

function judge(kind: KeyKind, wish: Omit<SignWish, 'key'>, change: (xml: Buffer) => Buffer = xml => xml) {
  const { key, certificate } = signers[kind]
  return verifySignedXml(change(signXml(document, { key, ...wish })), { certificates: [certificate], at: noon })
}

/** With one character of the signature value another one. */
function withOtherValue(xml: Buffer): Buffer {
  const changed = Buffer.from(xml)
  const at = changed.indexOf('SignatureValue>') + 'SignatureValue>'.length + 4
  changed.write(changed.toString('latin1', at, at + 1) === 'A' ? 'B' : 'A', at)
  return changed
}

const hashes = ['sha256', 'sha384', 'sha512'] as const

const allowed: readonly { readonly name: string; readonly kind: KeyKind; readonly wish: Omit<SignWish, 'key'> }[] = [
  ...hashes.flatMap(hash => [
    { name: `rsa-${hash}`, kind: 'rsa' as const, wish: { method: `${more}rsa-${hash}`, hash } },
    {
      name: `rsa-pss-${hash}`,
      kind: 'rsa' as const,
      wish: { method: pssMethods.fixed(hash), hash, pssSalt: salts[hash] },
    },
    {
      name: `rsa-pss-${hash}`,
      kind: 'rsa' as const,
      wish: {
        method: pssMethods.parameters,
        parameters: pssParams(digests[hash], digests[hash], salts[hash]),
        hash,
        pssSalt: salts[hash],
      },
    },
    ...(['p256', 'p384', 'p521'] as const).map(kind => ({
      name: `ecdsa-${hash}`,
      kind,
      wish: { method: `${more}ecdsa-${hash}`, hash },
    })),
  ]),
  {
    name: 'ed25519',
    kind: 'ed25519',
    wish: { method: 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519', hash: null },
  },
  { name: 'rsa-pss-sha256', kind: 'rsa', wish: { method: pssMethods.parameters, pssSalt: 32 } },
]

describe.each(allowed)('$name with a key $kind', ({ name, kind, wish }) => {
  it('computes', () => {
    expect(judge(kind, wish)).toMatchObject({
      verdict: 'VALID',
      codes: ['OK'],
      covers: 'document',
      signatures: [{ signatureAlgorithm: name }],
    })
  })

  it('does not compute when the content or the value was changed', () => {
    const content = judge(kind, wish, xml => edit(xml, 'Kính', 'Kinh'))
    const value = judge(kind, wish, withOtherValue)
    const info = judge(kind, wish, xml => edit(xml, 'URI=""', 'URI="" Id="x"'))

    expect([content.code, value.code, info.code]).toEqual([
      'DIGEST_MISMATCH',
      'SIGNATURE_MISMATCH',
      'SIGNATURE_MISMATCH',
    ])
  })
})

it.each([
  ...hashes.map(hash => ({ uri: digests[hash], hash })),
  { uri: 'http://www.w3.org/2001/04/xmlenc#sha384', hash: 'sha384' },
])('takes the digest $uri', digest => {
  expect(judge('rsa', { references: [{ digest }] })).toMatchObject({ code: 'OK' })
})

it.each(Object.keys(forms) as (keyof typeof forms)[])('takes the canonical form %s', c14n => {
  const whole = judge('rsa', { c14n, references: [{ transforms: [enveloped, c14n] }] })
  const byDefault = judge('rsa', { c14n, references: [{ transforms: [enveloped] }] })

  expect([whole.code, byDefault.code]).toEqual(['OK', 'OK'])
})

const refused: readonly {
  readonly what: string
  readonly wish: Omit<SignWish, 'key'>
  readonly kind?: KeyKind
  readonly code: string
  readonly rule: string
}[] = [
  {
    what: 'SHA-1 in the signature',
    wish: { method: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', hash: 'sha1' },
    code: 'ALGORITHM_NOT_ALLOWED',
    rule: 'V13',
  },
  {
    what: 'SHA-224 in the signature',
    wish: { method: `${more}rsa-sha224`, hash: 'sha224' },
    code: 'ALGORITHM_NOT_ALLOWED',
    rule: 'V13',
  },
  { what: 'HMAC', wish: { method: `${more}hmac-sha256` }, code: 'ALGORITHM_NOT_ALLOWED', rule: 'V15' },
  {
    what: 'an algorithm with parameters of another',
    wish: { parameters: '<ds:HMACOutputLength>8</ds:HMACOutputLength>' },
    code: 'ALGORITHM_NOT_ALLOWED',
    rule: 'V13',
  },
  {
    what: 'SHA-1 in a digest',
    wish: { references: [{ digest: { uri: 'http://www.w3.org/2000/09/xmldsig#sha1', hash: 'sha1' } }] },
    code: 'ALGORITHM_NOT_ALLOWED',
    rule: 'V14',
  },
  {
    what: 'MD5 in a digest',
    wish: { references: [{ digest: { uri: `${more}md5`, hash: 'md5' } }] },
    code: 'ALGORITHM_NOT_ALLOWED',
    rule: 'V14',
  },
  {
    what: 'RSA-PSS with another hash in the mask',
    wish: {
      method: pssMethods.parameters,
      parameters: pssParams(digests.sha256, digests.sha512, 32),
      pssSalt: 32,
    },
    code: 'ALGORITHM_NOT_ALLOWED',
    rule: 'V20',
  },
  {
    what: 'RSA-PSS with a salt of another length',
    wish: { method: pssMethods.parameters, parameters: pssParams(digests.sha256, digests.sha256, 20), pssSalt: 20 },
    code: 'ALGORITHM_NOT_ALLOWED',
    rule: 'V20',
  },
  {
    what: 'RSA-PSS whose value has a salt of another length than its name says',
    wish: { method: pssMethods.fixed('sha256'), pssSalt: 20 },
    code: 'SIGNATURE_MISMATCH',
    rule: 'V19',
  },
  { what: 'a key too short', wish: {}, kind: 'rsa-1024', code: 'KEY_TOO_WEAK', rule: 'V17' },
  {
    what: 'a curve that is not on the list',
    wish: { method: `${more}ecdsa-sha256` },
    kind: 'secp256k1',
    code: 'KEY_TOO_WEAK',
    rule: 'V17',
  },
  { what: 'a key of another family', wish: {}, kind: 'p256', code: 'ALGORITHM_NOT_ALLOWED', rule: 'V16' },
  {
    what: 'a form with comments',
    wish: { references: [{ transforms: [enveloped, `${exclusiveUri}WithComments`] }] },
    code: 'TRANSFORM_FORBIDDEN',
    rule: 'V08',
  },
  {
    what: 'a transform by XPath',
    wish: { references: [{ transforms: [enveloped, 'http://www.w3.org/TR/1999/REC-xpath-19991116'] }] },
    code: 'TRANSFORM_FORBIDDEN',
    rule: 'V08',
  },
  {
    what: 'the transforms in the other order',
    wish: { references: [{ transforms: [exclusiveUri, enveloped] }] },
    code: 'TRANSFORM_FORBIDDEN',
    rule: 'V08',
  },
  {
    what: 'three transforms',
    wish: { references: [{ transforms: [enveloped, exclusiveUri, exclusiveUri] }] },
    code: 'TRANSFORM_FORBIDDEN',
    rule: 'V08',
  },
  {
    what: 'enveloped-signature twice',
    wish: { references: [{ transforms: [enveloped, enveloped] }] },
    code: 'SIGNATURE_STRUCTURE',
    rule: 'V08',
  },
  ...['#xpointer(/)', "#xpointer(id('x'))", 'http://example.test/', 'note.xml', '#a b'].map(uri => ({
    what: `a Reference to ${uri}`,
    wish: { references: [{ uri }] },
    code: 'REFERENCE_FORBIDDEN',
    rule: 'V07',
  })),
  {
    what: 'more than twenty References',
    wish: { references: Array.from({ length: 21 }, () => ({})) },
    code: 'REFERENCE_FORBIDDEN',
    rule: 'V07',
  },
  {
    what: 'a Reference to a name that nothing has',
    wish: { references: [{ uri: '#nobody' }] },
    code: 'REFERENCE_COVERAGE',
    rule: 'V06',
  },
]

it.each(refused)('refuses $what with $code', ({ wish, kind = 'rsa', code, rule }) => {
  expect(judge(kind, wish)).toMatchObject({ verdict: 'INVALID', code, rule })
})

it('refuses an ECDSA value in ASN.1 form, and one with a zero', () => {
  const wish = { method: `${more}ecdsa-sha256` }
  const asn1 = Buffer.from('3006020101020101', 'hex').toString('base64')
  const zero = Buffer.alloc(64).toString('base64')
  const codes = [asn1, zero].map(
    value => judge('p256', wish, xml => edit(xml, /SignatureValue>[^<]*/, `SignatureValue>${value}`)).code,
  )

  expect(codes).toEqual(['SIGNATURE_MISMATCH', 'SIGNATURE_MISMATCH'])
})
