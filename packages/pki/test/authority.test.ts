import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itWithPrograms, noon } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type Authority,
  createAuthority,
  type Identity,
  readPkcs12,
  selfSigned,
  toPkcs12,
} from '../src/authority/index.ts'
import { createTrust, parseCrl, validatePath, writePem } from '../src/index.ts'

const dayMs = 86_400_000
const itWithOpenssl = itWithPrograms('openssl')
const folder = mkdtempSync(join(tmpdir(), 'docaxis-pki-'))
const validity = { notBefore: new Date(noon.getTime() - dayMs), notAfter: new Date(noon.getTime() + 30 * dayMs) }
let authority: Authority
let rsa: Identity
let ec: Identity

beforeAll(async () => {
  authority = await createAuthority({ name: { commonName: 'CA thử nghiệm', country: 'VN' }, ...validity })
  const keyUsage = ['digitalSignature', 'nonRepudiation'] as const
  rsa = await authority.issueIdentity({ subject: { commonName: 'Ủy ban A' }, keyType: 'rsa', keyUsage, ...validity })
  ec = await authority.issueIdentity({ subject: { commonName: 'Ủy ban B' }, keyType: 'ec', keyUsage, ...validity })
})

afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function list(revoked: readonly Identity[]): Buffer {
  const entries = revoked.map(({ certificate: { serial } }) => ({ serial, at: noon, reason: 'superseded' as const }))
  return authority.crl({ thisUpdate: noon, nextUpdate: new Date(noon.getTime() + dayMs), revoked: entries, number: 7 })
}

function verifyByOpenssl(identity: Identity, crl: Buffer): string {
  const ca = file('ca.pem', authority.certificatePem)
  const crlFile = file('list.pem', writePem(crl, 'X509 CRL'))
  const leaf = file('leaf.pem', identity.certificatePem)
  const at = String(noon.getTime() / 1000 + 60)
  const strict = ['-x509_strict', '-crl_check', '-attime', at]
  return openssl('verify', ...strict, '-CAfile', ca, '-CRLfile', crlFile, leaf)
}

itWithOpenssl('issues RSA and EC certificates that openssl accepts with their list', () => {
  expect(verifyByOpenssl(rsa, list([]))).toContain('leaf.pem: OK')
  expect(verifyByOpenssl(ec, list([rsa]))).toContain('leaf.pem: OK')
})

itWithOpenssl('issues a list by which openssl refuses a revoked certificate', () => {
  expect(() => verifyByOpenssl(rsa, list([rsa]))).toThrow(/certificate revoked/)
})

itWithOpenssl('writes names, usage and lists that openssl reads back', () => {
  const certificate = openssl(
    'x509',
    '-in',
    file('ec.pem', ec.certificatePem),
    '-noout',
    '-subject',
    '-ext',
    'keyUsage',
  )
  const crl = openssl('crl', '-in', file('l.der', list([rsa])), '-inform', 'DER', '-noout', '-text')

  expect(certificate).toContain('Digital Signature, Non Repudiation')
  expect(crl).toMatch(/X509v3 CRL Number: *\n *7/)
  expect(crl).toContain('Superseded')
})

it('reads back what its list says', () => {
  const crl = parseCrl(list([rsa]))

  expect(crl.size).toBe(1)
  expect(crl.number).toBe('7')
  expect(crl.find(rsa.certificate.serial)).toEqual({ at: noon, reason: 'superseded' })
  expect(crl.find(ec.certificate.serial)).toBeUndefined()
})

it('certifies a key made elsewhere without seeing its private half', async () => {
  const publicKeyPem = ec.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()

  const issued = await authority.issue({ subject: { commonName: 'C' }, publicKeyPem, ...validity })

  expect(issued.privateKey).toBeUndefined()
  expect(issued.certificate.publicKeyDer).toEqual(ec.certificate.publicKeyDer)
})

it('continues an authority from its key and certificate', async () => {
  const again = await createAuthority({
    name: 'ignored',
    keyPem: authority.privateKeyPem,
    certificatePem: authority.certificatePem,
    ...validity,
  })
  const keyUsage = ['digitalSignature'] as const
  const { certificate } = await again.issueIdentity({
    subject: { commonName: 'D' },
    keyType: 'ec',
    keyUsage,
    ...validity,
  })
  const trust = createTrust({ anchors: [authority.certificate], crls: [parseCrl(list([]))] })

  expect(validatePath({ certificate, intermediates: [], trust, at: noon, purpose: 'seal' }).code).toBe('OK')
})

it('signs the hub certificate with its own key', async () => {
  const hub = await selfSigned({ subject: { commonName: 'Trục' }, keyUsage: ['digitalSignature'], ...validity })

  expect(hub.certificate.subject.text).toBe('CN=Trục')
  expect(hub.certificate.issuer.key).toBe(hub.certificate.subject.key)
  expect(hub.privateKey.asymmetricKeyType).toBe('ec')
})

it.each(['modern', 'legacy'] as const)('reads the %s key file it writes', kind => {
  const content = { privateKey: rsa.privateKey, certificates: [rsa.certificate, authority.certificate] }

  const read = readPkcs12(toPkcs12(content, 'mật khẩu', kind), 'mật khẩu')

  expect(read.certificates.map(({ sha256 }) => sha256)).toEqual(content.certificates.map(({ sha256 }) => sha256))
  expect(read.privateKey.equals(rsa.privateKey)).toBe(true)
})

it('refuses a key file under another password', () => {
  const written = toPkcs12({ privateKey: rsa.privateKey, certificates: [rsa.certificate] }, 'right')

  expect(() => readPkcs12(written, 'wrong')).toThrow()
})

const opensslKinds = [
  { kind: 'EC, PBES2', key: () => ec, options: [] },
  { kind: 'RSA, PBES2', key: () => rsa, options: [] },
  { kind: 'RSA, 3DES and RC2', key: () => rsa, options: ['-legacy'] },
] as const

itWithOpenssl.each(opensslKinds)('reads the key file ($kind) that openssl writes', ({ key, options }) => {
  const { certificatePem, privateKeyPem, certificate } = key()
  const out = join(folder, 'store.p12')
  const input = ['-in', file('c.pem', certificatePem), '-inkey', file('k.pem', privateKeyPem)]
  openssl('pkcs12', '-export', ...options, ...input, '-passout', 'pass:demo', '-out', out)

  const read = readPkcs12(execFileSync('cat', [out]), 'demo')

  expect(read.certificates[0]?.sha256).toBe(certificate.sha256)
})

itWithOpenssl('writes a key file that openssl opens', () => {
  const store = toPkcs12({ privateKey: rsa.privateKey, certificates: [rsa.certificate] }, 'demo')

  const shown = openssl('pkcs12', '-in', file('own.p12', store), '-passin', 'pass:demo', '-nodes')

  expect(shown).toContain('BEGIN PRIVATE KEY')
})
