import { execFileSync } from 'node:child_process'
import { sign } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Identity, selfSigned } from '@docaxis/pki/authority'
import { daysFromNoon, itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receipt, signReceipt, verifyReceipt, writeReceipt } from '../src/index.ts'
import { canonicalBytes, withDocument } from './oracle.ts'
import { acceptance, delivery, nonDelivery, receipts } from './receipts.ts'
import { edit } from './sealing.ts'

const schemas = resolve(import.meta.dirname, '../../../schemas')
const schema = join(schemas, 'receipt.xsd')
const folder = mkdtempSync(join(tmpdir(), 'docaxis-receipt-'))
const itWithXmlsec = itWithPrograms('xmlsec1')
const itWithXmllint = itWithPrograms('xmllint')
const subject = { commonName: 'Trục liên thông' }
const validity = { notBefore: daysFromNoon(-10), notAfter: daysFromNoon(10) }
let hub: Identity
let rsaHub: Identity
let stranger: Identity

beforeAll(async () => {
  hub = await selfSigned({ subject, keyUsage: ['digitalSignature'], ...validity })
  rsaHub = await selfSigned({ subject, keyType: 'rsa', keyUsage: ['digitalSignature'], ...validity })
  stranger = await selfSigned({ subject, keyUsage: ['digitalSignature'], ...validity })
  writeFileSync(join(folder, 'hub-cert.pem'), hub.certificatePem)
  writeFileSync(join(folder, 'rsa-cert.pem'), rsaHub.certificatePem)
})

afterAll(() => rmSync(folder, { recursive: true }))

function signed(receipt: Receipt, by: Identity = hub): Promise<Buffer> {
  return signReceipt(writeReceipt(receipt), signerOf(by))
}

function signerOf({ certificate, privateKey }: Identity) {
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return { certificate, sign: async (data: Buffer) => sign('sha256', data, key) }
}

function verify(xml: Uint8Array) {
  return verifyReceipt(xml, { hubCertificates: [hub.certificate, rsaHub.certificate] })
}

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
}

function file(content: Uint8Array): string {
  writeFileSync(join(folder, 'receipt.xml'), content)
  return 'receipt.xml'
}

it.each(receipts)('verifies a signed receipt of $kind and reads it from the signed bytes', async receipt => {
  const verdict = verify(await signed(receipt))

  expect(verdict).toMatchObject({ verdict: 'VALID', code: 'OK', certificate: { sha256: hub.certificate.sha256 } })
  expect(verdict.receipt).toEqual(receipt)
})

it('verifies a receipt signed with an RSA key', async () => {
  expect(verify(await signed(acceptance, rsaHub))).toMatchObject({ code: 'OK' })
})

it.each(receipts)('writes a receipt of $kind in canonical form below the declaration', receipt => {
  const xml = writeReceipt(receipt)

  const canonical = withDocument(Buffer.from(xml), document => canonicalBytes(document)).toString()

  expect(xml.replace(/^<\?xml[^>]*>\n/, '')).toBe(canonical)
})

it.each(['\u0000', '\u0007', '\u001b', '\ud800', '\ufffe'])('writes no receipt with the character %j', character => {
  expect(() => writeReceipt({ ...nonDelivery, receiver: { ...nonDelivery.receiver, reason: character } })).toThrow(
    TypeError,
  )
})

it.each(['<b>&amp;]]></b>', '"\'', 'a\tb\nc\rd', '\u00a0\u2028', '😀', ' ', 'e\u0323\u0302'])(
  'carries the reason %j as it is',
  async reason => {
    const receipt = { ...nonDelivery, receiver: { ...nonDelivery.receiver, reason } }

    expect(verify(await signed(receipt)).receipt).toEqual(receipt)
  },
)

it('does not sign text that it did not write', async () => {
  await expect(signReceipt('<Receipt/>', signerOf(hub))).rejects.toThrow(TypeError)
})

it.each([
  { what: 'the digest of the envelope', from: 'abab', to: 'abac', code: 'DIGEST_MISMATCH' },
  { what: 'the kind', from: '>acceptance<', to: '>delivery<', code: 'DIGEST_MISMATCH' },
  { what: 'a receiver', from: '>H99<', to: '>H98<', code: 'DIGEST_MISMATCH' },
  { what: 'the environment', from: '>test<', to: '>production<', code: 'DIGEST_MISMATCH' },
  {
    what: 'the signed digest',
    from: /<DigestValue>[^<]*/,
    to: `<DigestValue>${'A'.repeat(43)}=`,
    code: 'SIGNATURE_MISMATCH',
  },
  { what: 'the signature away', from: /<Signature .*<\/Signature>/, to: '', code: 'NOT_SIGNED' },
  { what: 'the signature twice', from: /(<Signature .*<\/Signature>)/, to: '$1$1', code: 'SIGNATURE_STRUCTURE' },
  {
    what: 'the signature first',
    from: /(<Id>[\s\S]*)(<Signature .*<\/Signature>)/,
    to: '$2$1',
    code: 'SIGNATURE_STRUCTURE',
  },
  { what: 'a DOCTYPE', from: '<Receipt', to: '<!DOCTYPE Receipt><Receipt', code: 'XML_DOCTYPE_FORBIDDEN' },
  { what: 'a comment in the digest', from: '<DigestValue>', to: '<DigestValue><!-- -->', code: 'SIGNATURE_STRUCTURE' },
  { what: 'an instruction', from: '<Receipt', to: '<?go?><Receipt', code: 'DIGEST_MISMATCH' },
  { what: 'the end', from: '</Receipt>', to: '', code: 'XML_MALFORMED' },
])('refuses a receipt with $what changed', async ({ from, to, code }) => {
  const verdict = verify(edit(await signed(acceptance), from, to))

  expect(verdict).toMatchObject({ verdict: 'INVALID', code })
  expect(verdict.receipt).toBeUndefined()
})

it('refuses a receipt signed by another key under the same name', async () => {
  expect(verify(await signed(acceptance, stranger))).toMatchObject({ verdict: 'INVALID', code: 'SIGNER_NOT_SENDER' })
})

it.each([
  { when: 'before the certificate began', days: -10, seconds: -1, code: 'CERTIFICATE_NOT_YET_VALID' },
  { when: 'in its first second', days: -10, seconds: 0, code: 'OK' },
  { when: 'in its last second', days: 10, seconds: 0, code: 'OK' },
  { when: 'after the certificate ended', days: 10, seconds: 1, code: 'CERTIFICATE_EXPIRED' },
])('answers $code to a receipt issued $when', async ({ days, seconds, code }) => {
  const issuedAt = new Date(daysFromNoon(days).getTime() + seconds * 1000).toISOString()

  expect(verify(await signed({ ...acceptance, issuedAt })).code).toBe(code)
})

itWithXmlsec.each(receipts)(
  'signs a receipt of $kind that xmlsec1 verifies by the hub certificate alone',
  async receipt => {
    const name = file(await signed(receipt))

    const byKey = run('xmlsec1', '--verify', '--pubkey-cert-pem', 'hub-cert.pem', name)
    const byTrust = run(
      'xmlsec1',
      '--verify',
      '--verification-time',
      '2030-01-15 05:00:00',
      '--trusted-pem',
      'hub-cert.pem',
      name,
    )

    expect([byKey, byTrust].join()).not.toContain('ERROR')
  },
)

itWithXmlsec('signs with an RSA key for xmlsec1 too', async () => {
  const name = file(await signed(delivery, rsaHub))

  expect(() => run('xmlsec1', '--verify', '--pubkey-cert-pem', 'rsa-cert.pem', name)).not.toThrow()
})

itWithXmlsec('makes xmlsec1 refuse a changed receipt', async () => {
  const name = file(edit(await signed(delivery), '>H99.32.05<', '>H99.32.06<'))

  expect(() => run('xmlsec1', '--verify', '--pubkey-cert-pem', 'hub-cert.pem', name)).toThrow()
})

itWithXmllint.each(receipts)('writes a receipt of $kind that follows the schema, signed or not', async receipt => {
  const unsigned = file(Buffer.from(writeReceipt(receipt)))
  expect(() => run('xmllint', '--noout', '--nonet', '--schema', schema, unsigned)).not.toThrow()

  const name = file(await signed(receipt))
  expect(() => run('xmllint', '--noout', '--nonet', '--schema', schema, name)).not.toThrow()
})

itWithXmllint.each(readdirSync(join(schemas, 'receipt/valid')))('the schema takes the example %s', name => {
  const example = join(schemas, 'receipt/valid', name)

  expect(() => run('xmllint', '--noout', '--nonet', '--schema', schema, example)).not.toThrow()
})

itWithXmllint.each(readdirSync(join(schemas, 'receipt/invalid')))('the schema refuses the example %s', name => {
  const example = join(schemas, 'receipt/invalid', name)
  const element = /\.([A-Za-z0-9]+)\.xml$/.exec(name)?.[1] ?? ''

  const refuse = () => run('xmllint', '--noout', '--nonet', '--schema', schema, example)

  expect(readFileSync(example, 'utf8')).toContain('urn:docaxis:receipt:1')
  expect(refuse).toThrow(element)
})
