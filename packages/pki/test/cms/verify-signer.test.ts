import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { rmSync } from 'node:fs'
import { daysFromNoon, itWithPrograms, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseCertificate, parseSignedData, verifySigner } from '../../src/index.ts'
import { digestOf, opensslFolder, type PemSigner } from './openssl-cms.ts'

const itWithOpenssl = itWithPrograms('openssl')
const content = Buffer.from('Công văn số 12/UBND, ngày 15 tháng 01 năm 2030\n')
const other = Buffer.from('Công văn số 13/UBND, ngày 15 tháng 01 năm 2030\n')
const { folder, file, sign } = opensslFolder()
const keys: Readonly<Record<string, () => { privateKey: KeyObject; publicKey: KeyObject }>> = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  weak: () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
  p256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  secp256k1: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
}
const signers = new Map<string, PemSigner>()
let authority: TestAuthority

async function certify(name: string, serial?: string): Promise<PemSigner> {
  const { privateKey, publicKey } = (keys[name] ?? keys.rsa)?.() ?? { privateKey: undefined, publicKey: undefined }
  if (!privateKey || !publicKey) throw new Error(`no key ${name}`)
  const { certificatePem } = await authority.issue({
    subject: { commonName: `Signer ${name}` },
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    notBefore: daysFromNoon(-3000),
    notAfter: daysFromNoon(365),
    ...(serial !== undefined && { serial }),
  })
  return { certificatePem, keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

beforeAll(async () => {
  authority = await testAuthority()
  for (const name of Object.keys(keys)) signers.set(name, await certify(name))
})

afterAll(() => rmSync(folder, { recursive: true }))

function signerNamed(name: string): PemSigner {
  const signer = signers.get(name)
  if (!signer) throw new Error(`no signer ${name}`)
  return signer
}

function verifyFirst(
  der: Uint8Array,
  more: Partial<Parameters<typeof verifySigner>[0]> = { digest: digestOf(content) },
) {
  const signed = parseSignedData(der)
  const [signer] = signed.signers
  if (!signer) throw new Error('no signer')
  return verifySigner({ signed, signer, ...more })
}

const pss = (...options: readonly string[]) => ['-keyopt', 'rsa_padding_mode:pss', ...options]
const good = [
  { kind: 'RSA with SHA-256', key: 'rsa', options: [] },
  { kind: 'RSA with SHA-384', key: 'rsa', options: ['-md', 'sha384'] },
  { kind: 'RSA with SHA-512', key: 'rsa', options: ['-md', 'sha512'] },
  { kind: 'RSA-PSS with SHA-256', key: 'rsa', options: pss('-keyopt', 'rsa_pss_saltlen:32') },
  { kind: 'RSA-PSS with SHA-512', key: 'rsa', options: ['-md', 'sha512', ...pss()] },
  { kind: 'ECDSA on P-256', key: 'p256', options: [] },
  { kind: 'ECDSA on P-384', key: 'p384', options: ['-md', 'sha384'] },
  { kind: 'ECDSA on P-521', key: 'p521', options: ['-md', 'sha512'] },
  { kind: 'a key identifier as name of the signer', key: 'rsa', options: ['-keyid'] },
  { kind: 'an ESS signing certificate', key: 'rsa', options: ['-cades'] },
  { kind: 'an ESS signing certificate by SHA-512', key: 'p256', options: ['-cades', '-md', 'sha512'] },
]

itWithOpenssl.each(good)('verifies what openssl signs detached with $kind', ({ key, options }) => {
  const result = verifyFirst(sign(content, signerNamed(key), options))

  expect(result).toMatchObject({ verdict: 'VALID', code: 'OK', rule: '-' })
  expect(result.certificate?.subject.text).toBe(`CN=Signer ${key}`)
})

itWithOpenssl.each(good)('refuses other content under a signature with $kind', ({ key, options }) => {
  const result = verifyFirst(sign(content, signerNamed(key), options), { digest: digestOf(other) })

  expect(result).toMatchObject({ verdict: 'INVALID', code: 'DIGEST_MISMATCH', rule: 'V58' })
})

itWithOpenssl.each([
  { kind: 'in definite lengths', options: ['-nodetach'] },
  { kind: 'in indefinite lengths (BER)', options: ['-nodetach', '-stream'] },
])('verifies enveloped content $kind', ({ options }) => {
  const der = sign(content, signerNamed('rsa'), options)

  expect(parseSignedData(der)).toMatchObject({ content, length: der.length })
  expect(verifyFirst(der, {})).toMatchObject({ code: 'OK' })
})

itWithOpenssl('reads BER into the same bytes that DER has', () => {
  const ber = parseSignedData(sign(content, signerNamed('rsa'), ['-nodetach', '-stream', '-noattr']))
  const der = parseSignedData(sign(content, signerNamed('rsa'), ['-nodetach', '-noattr']))

  expect(ber.der).toEqual(der.der)
})

itWithOpenssl('counts the bytes the object took and leaves the padding behind it alone', () => {
  const der = sign(content, signerNamed('rsa'))

  const padded = parseSignedData(Buffer.concat([der, Buffer.alloc(4000)]))

  expect(padded.length).toBe(der.length)
})

itWithOpenssl('verifies every one of several signers by its own certificate', () => {
  const second = signerNamed('p256')
  const more = ['-signer', file('second.pem', second.certificatePem), '-inkey', file('second.key', second.keyPem)]
  const signed = parseSignedData(sign(content, signerNamed('rsa'), more))

  const results = signed.signers.map(signer => verifySigner({ signed, signer, digest: digestOf(content) }))

  expect(results.map(({ code }) => code)).toEqual(['OK', 'OK'])
  expect(new Set(results.map(({ certificate }) => certificate?.subject.text)).size).toBe(2)
})

itWithOpenssl('finds a signer that is not inside among certificates from elsewhere', () => {
  const der = sign(content, signerNamed('rsa'), ['-nocerts'])
  const certificates = ['p256', 'rsa', 'rsa'].map(name => parseCertificate(signerNamed(name).certificatePem))

  expect(verifyFirst(der)).toMatchObject({ code: 'SIGNER_CERTIFICATE_MISSING', rule: 'V52' })
  expect(verifyFirst(der, { digest: digestOf(content), certificates })).toMatchObject({ code: 'OK' })
})

itWithOpenssl.each(['issuer and serial', 'key identifier'])('refuses two certificates of one %s', async kind => {
  const one = await certify('rsa', '4242')
  const byName = kind === 'issuer and serial'
  const twin = byName ? await certify('p256', '4242') : { ...one, ...(await renewed(one)) }

  const der = sign(content, one, [...(byName ? [] : ['-keyid']), '-certfile', file('twin.pem', twin.certificatePem)])

  expect(verifyFirst(der)).toMatchObject({ verdict: 'INVALID', code: 'SIGNER_AMBIGUOUS', rule: 'V52' })
})

function renewed({ certificatePem }: PemSigner) {
  const { publicKey } = parseCertificate(certificatePem)
  return authority.issue({
    subject: { commonName: 'Somebody else' },
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    notBefore: daysFromNoon(-10),
    notAfter: daysFromNoon(10),
  })
}

itWithOpenssl.each([
  { fault: 'SHA-1', key: 'rsa', options: ['-md', 'sha1'], code: 'ALGORITHM_NOT_ALLOWED', rule: 'V14' },
  { fault: 'MD5', key: 'rsa', options: ['-md', 'md5'], code: 'ALGORITHM_NOT_ALLOWED', rule: 'V14' },
  { fault: 'SHA-224', key: 'p256', options: ['-md', 'sha224'], code: 'ALGORITHM_NOT_ALLOWED', rule: 'V14' },
  { fault: 'an RSA key of 1024 bits', key: 'weak', options: [], code: 'KEY_TOO_WEAK', rule: 'V17' },
  { fault: 'the curve secp256k1', key: 'secp256k1', options: [], code: 'KEY_TOO_WEAK', rule: 'V17' },
  {
    fault: 'a mask of another digest',
    key: 'rsa',
    options: pss('-keyopt', 'rsa_mgf1_md:sha1'),
    code: 'ALGORITHM_NOT_ALLOWED',
    rule: 'V13',
  },
])('refuses $fault although it computes', ({ key, options, code, rule }) => {
  const der = sign(content, signerNamed(key), options)

  expect(verifyFirst(der)).toMatchObject({ verdict: 'INVALID', code, rule })
})

itWithOpenssl('takes a signature without signed attributes only together with its content', () => {
  const der = sign(content, signerNamed('rsa'), ['-noattr'])

  expect(verifyFirst(der)).toMatchObject({ code: 'SIGNATURE_STRUCTURE', rule: 'V58' })
  expect(verifyFirst(der, { content })).toMatchObject({ code: 'OK' })
  expect(verifyFirst(der, { content: other })).toMatchObject({ code: 'SIGNATURE_MISMATCH', rule: 'V58' })
})

itWithOpenssl('refuses signed attributes of another signature that stand as the content', () => {
  const attributes = parseSignedData(sign(content, signerNamed('rsa'))).signers[0]?.signedAttributes?.der
  const der = sign(attributes ?? content, signerNamed('rsa'), ['-noattr'])

  expect(verifyFirst(der, { content: attributes })).toMatchObject({ code: 'SIGNATURE_STRUCTURE', rule: 'V58' })
})

itWithOpenssl('refuses content inside where it is to be detached, and no content at all', () => {
  const attached = sign(content, signerNamed('rsa'), ['-nodetach'])
  const detached = sign(content, signerNamed('rsa'))

  expect(verifyFirst(attached)).toMatchObject({ code: 'SIGNATURE_STRUCTURE', rule: 'V58' })
  expect(verifyFirst(detached, {})).toMatchObject({ code: 'SIGNATURE_STRUCTURE', rule: 'V58' })
})

itWithOpenssl('asks for a signing certificate where the profile does', () => {
  const question = { digest: digestOf(content), requireSigningCertificate: true }

  expect(verifyFirst(sign(content, signerNamed('rsa')), question)).toMatchObject({ code: 'SIGNATURE_STRUCTURE' })
  expect(verifyFirst(sign(content, signerNamed('rsa'), ['-cades']), question)).toMatchObject({ code: 'OK' })
})

itWithOpenssl('refuses a certificate of the same key that the signing certificate does not name', async () => {
  const one = await certify('rsa')
  const der = sign(content, one, ['-cades', '-keyid', '-nocerts'])
  const { certificate } = await renewed(one)

  const result = verifyFirst(der, { digest: digestOf(content), certificates: [certificate] })

  expect(result).toMatchObject({ code: 'SIGNATURE_STRUCTURE', rule: 'V58' })
})

itWithOpenssl('names every rule it applied, in order', () => {
  const { checks } = verifyFirst(sign(content, signerNamed('rsa')))

  expect(checks.map(({ rule }) => rule)).toEqual(['V52', 'V14', 'V58', 'V58', 'V58', 'V58', 'V13'])
  expect(checks.every(({ passed }) => passed)).toBe(true)
})

it.each(['', '30', '3080', '30800000', '31030201ff', '3003020100'])('refuses %s as CMS', bytes => {
  expect(() => parseSignedData(Buffer.from(bytes, 'hex'))).toThrow('')
})
