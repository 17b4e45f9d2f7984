import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certIdsOf, writePem } from '@docaxis/pki'
import { createAuthority, type OcspWishAnswer, writeOcspResponse } from '@docaxis/pki/authority'
import { daysFromNoon, itWithShared, noon, rebuiltPkits, sharedPath } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }
const current = { thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(1), number: 1 }
const pkits = ['vectors', 'pki', 'nist-pkits'] as const
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-verify-path-'))
  const root = await createAuthority({ name: 'Root', keyType: 'ec', ...times })
  const sub = await root.issueAuthority({ name: 'Sub', keyType: 'ec', ...times })
  const leaf = await sub.issueIdentity({
    subject: { commonName: 'Leaf' },
    keyType: 'ec',
    keyUsage: ['digitalSignature'],
    ...times,
  })
  const serverOnly = await root.issueIdentity({
    subject: { commonName: 'Server' },
    keyType: 'ec',
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    ...times,
  })
  const revoking = sub.crl({ ...current, revoked: [{ serial: leaf.certificate.serial, at: daysFromNoon(-1) }] })
  const signer = await sub.issueIdentity({
    subject: { commonName: 'Responder' },
    keyType: 'ec',
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'],
    extensions: [{ id: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Buffer.of(0x05, 0x00) }],
    ...times,
  })
  const answer = (status: OcspWishAnswer['status'], thisUpdate = daysFromNoon(-1), nextUpdate = daysFromNoon(1)) => {
    const [certId] = certIdsOf(leaf.certificate, sub.certificate)
    if (!certId) throw new Error('no name for the certificate')
    const answers = [{ certId, status, thisUpdate, nextUpdate }]
    return writeOcspResponse({ answers, producedAt: thisUpdate, signer })
  }
  const files = {
    'root.pem': root.certificatePem,
    'sub.der': sub.certificate.der,
    'leaf.pem': leaf.certificatePem,
    'server.der': serverOnly.certificate.der,
    // What cannot be read among others takes nothing away from them.
    'bundle.pem': `${sub.certificatePem}-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n`,
    'lists.pem': [root.crl({ ...current, revoked: [] }), sub.crl({ ...current, revoked: [] })]
      .map(list => writePem(list, 'X509 CRL'))
      .join(''),
    'root.crl': root.crl({ ...current, revoked: [] }),
    'good.ocsp': answer({ is: 'good' }),
    'good.ors': answer({ is: 'good' }).toString('base64'),
    'old.ocsp': answer({ is: 'good' }, daysFromNoon(-9), daysFromNoon(-8)),
    'unknown.ocsp': answer({ is: 'unknown' }),
    'revoking.ocsp': answer({ is: 'revoked', at: daysFromNoon(-1), reason: 'superseded' }),
    'revoking.crl': revoking,
    'junk.der': Buffer.from([0x30, 0x03, 0x02, 0x01]),
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function docaxis(...args: readonly string[]) {
  return runCommand(args, { INIT_CWD: folder })
}

async function answersTo(lines: readonly object[]): Promise<unknown[]> {
  const manifest = join(folder, 'manifest.jsonl')
  await writeFile(manifest, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  const { code, out } = await docaxis('verify', 'path', '--batch', manifest)
  expect(code).toBe(0)
  const answers = out.trimEnd().split('\n')
  return answers.map(answer => JSON.parse(answer))
}

const whole = {
  certificate: 'leaf.pem',
  intermediates: ['bundle.pem'],
  anchors: ['root.pem'],
  crls: ['lists.pem'],
  at: noon,
}
const explicit = { policy: { initial: ['1.2.3'], explicit: true, inhibitMapping: false, inhibitAny: false } }
const lines = [
  { line: { ...whole }, answer: 'VALID OK' },
  { line: { ...whole, purpose: 'document', revocation: 'required', ocsp: [], policy: {} }, answer: 'VALID OK' },
  { line: { ...whole, crls: [] }, answer: 'INDETERMINATE REVOCATION_UNAVAILABLE' },
  { line: { ...whole, crls: [], revocation: 'if-available' }, answer: 'VALID OK' },
  { line: { ...whole, crls: [], revocation: 'none' }, answer: 'VALID OK' },
  { line: { ...whole, crls: ['lists.pem', 'revoking.crl'] }, answer: 'INVALID CERTIFICATE_REVOKED' },
  { line: { ...whole, crls: ['revoking.crl'], revocation: 'if-available' }, answer: 'INVALID CERTIFICATE_REVOKED' },
  { line: { ...whole, crls: ['revoking.crl'], revocation: 'none' }, answer: 'VALID OK' },
  { line: { ...whole, crls: ['root.crl'], ocsp: ['good.ocsp'] }, answer: 'VALID OK' },
  { line: { ...whole, crls: ['root.crl'], ocsp: ['good.ors'] }, answer: 'VALID OK' },
  { line: { ...whole, crls: [], ocsp: ['good.ocsp'] }, answer: 'INDETERMINATE REVOCATION_UNAVAILABLE' },
  { line: { ...whole, crls: ['root.crl'], ocsp: ['old.ocsp'] }, answer: 'INDETERMINATE REVOCATION_STALE' },
  { line: { ...whole, crls: ['root.crl'], ocsp: ['unknown.ocsp'] }, answer: 'INDETERMINATE REVOCATION_UNAVAILABLE' },
  { line: { ...whole, ocsp: ['revoking.ocsp'] }, answer: 'INVALID CERTIFICATE_REVOKED' },
  { line: { ...whole, maxAgeHours: 12 }, answer: 'INDETERMINATE REVOCATION_STALE' },
  { line: { ...whole, maxAgeHours: 25 }, answer: 'VALID OK' },
  { line: { ...whole, at: daysFromNoon(101) }, answer: 'INVALID CERTIFICATE_EXPIRED' },
  { line: { ...whole, intermediates: [] }, answer: 'INDETERMINATE PATH_NOT_FOUND' },
  { line: { ...whole, intermediates: ['junk.der'] }, answer: 'INDETERMINATE PATH_NOT_FOUND' },
  { line: { ...whole, anchors: [] }, answer: 'INDETERMINATE PATH_NOT_FOUND' },
  { line: { ...whole, anchors: [], at: daysFromNoon(101) }, answer: 'INVALID CERTIFICATE_EXPIRED' },
  { line: { ...whole, purpose: 'tsa' }, answer: 'INVALID PATH_INVALID' },
  { line: { ...whole, certificate: 'server.der' }, answer: 'VALID OK' },
  { line: { ...whole, certificate: 'server.der', purpose: 'document' }, answer: 'INVALID PATH_INVALID' },
  { line: { ...whole, ...explicit }, answer: 'INVALID PATH_INVALID' },
  { line: { ...whole, certificate: 'junk.der' }, answer: 'INVALID PATH_INVALID' },
  { line: { ...whole, certificate: 'gone.pem' }, answer: 'INVALID FILE_UNREADABLE' },
  { line: { ...whole, crls: ['gone.crl'] }, answer: 'INVALID FILE_UNREADABLE' },
  { line: { ...whole, certificate: undefined }, answer: 'INVALID REQUEST_INVALID' },
  { line: { ...whole, purpose: 'tls' }, answer: 'INVALID REQUEST_INVALID' },
  { line: { ...whole, policy: { explicit: 'yes' } }, answer: 'INVALID REQUEST_INVALID' },
  { line: { ...whole, outdated: true }, answer: 'VALID OK' },
  { line: { ...whole, outdated: 'yes' }, answer: 'INVALID REQUEST_INVALID' },
]

it('answers a manifest of paths line by line, in its order', async () => {
  const answers = await answersTo(lines.map(({ line }, id) => ({ id, ...line })))

  expect(answers).toEqual(
    lines.map(({ answer }, id) => {
      const [verdict, code] = answer.split(' ')
      return { id, verdict, codes: [code] }
    }),
  )
})

it('reports one path for people, and why it does not hold', async () => {
  const files = [
    '--anchor',
    'root.pem',
    '--intermediate',
    'bundle.pem',
    '--crl',
    'lists.pem',
    '--at',
    noon.toISOString(),
  ]
  const sound = ['verify', 'path', 'leaf.pem', ...files.map(name => name.replace('bundle.pem', 'sub.der'))]

  const valid = await docaxis('--lang', 'en', ...sound)
  const refused = await docaxis('--lang', 'en', ...sound, '--policy', '1.2.3', '--explicit-policy')
  const unreadable = await docaxis('--lang', 'en', 'verify', 'path', 'leaf.pem', ...files)

  expect(valid.code).toBe(0)
  expect(valid.out).toContain('Certification path:\n  Root (trust anchor)')
  expect(refused.code).toBe(1)
  expect(refused.out).toMatch(/\[FAULT\] +V33 .*a policy is required/)
  expect(unreadable.code).toBe(2)
})

const x509test = ['vectors', 'pki', 'x509test'] as const

itWithShared(...x509test)('computes outdated data only where the line asks for it', async () => {
  const file = (name: string) => sharedPath(...x509test, name)
  const chain = { certificate: file('ValidChained.pem'), anchors: [file('root.pem')], revocation: 'none' }
  const line = { ...chain, at: '2016-01-01T00:00:00Z' }

  const answers = await answersTo([
    { id: 'hub', ...line },
    { id: 'computed', ...line, outdated: true },
    { id: 'expired', ...line, outdated: true, certificate: file('InvalidNotAfterChained.pem') },
  ])

  expect(answers).toEqual([
    { id: 'hub', verdict: 'INVALID', codes: ['ALGORITHM_NOT_ALLOWED'] },
    { id: 'computed', verdict: 'VALID', codes: ['OK'] },
    { id: 'expired', verdict: 'INVALID', codes: ['CERTIFICATE_EXPIRED'] },
  ])
})

itWithShared(...pkits)('answers every case of NIST PKITS as published, through the command', async () => {
  interface Case {
    readonly id: string
    readonly certs: readonly string[]
    readonly crls: readonly string[]
    readonly valid: boolean
    readonly strict?: string
  }
  const expected = await readFile(sharedPath(...pkits, 'expected.json'), 'utf8')
  const { cases } = JSON.parse(expected) as { cases: readonly Case[] }
  const certificate = (name: string) => sharedPath(...pkits, 'certs', name)

  const answers = await answersTo(
    cases.map(({ id, certs, crls }) => ({
      id,
      certificate: certificate(certs.at(-1) ?? ''),
      intermediates: certs.slice(1, -1).map(certificate).reverse(),
      anchors: certs.slice(0, 1).map(certificate),
      crls: crls.map(name => sharedPath(...pkits, 'crls', name)),
      at: '2020-01-01T00:00:00Z',
    })),
  )

  const valid = cases.filter(one => one.valid && one.strict === undefined).map(({ id }) => id)
  const found = (answers as { id: string; verdict: string }[]).filter(({ verdict }) => verdict === 'VALID')
  expect(found.map(({ id }) => id)).toEqual(valid)
})

it('answers NIST PKITS 4.8 to 4.16, made again, through the command with the settings of each test', async () => {
  const cases = await rebuiltPkits()
  const written = new Map<Buffer, Promise<string>>()
  const write = async (der: Buffer) => {
    const name = `${createHash('sha256').update(der).digest('hex')}.der`
    await writeFile(join(folder, name), der)
    return name
  }
  const fileOf = (der: Buffer) => {
    const file = written.get(der) ?? write(der)
    written.set(der, file)
    return file
  }
  const filesOf = (ders: readonly Buffer[]) => Promise.all(ders.map(fileOf))

  const answers = await answersTo(
    await Promise.all(
      cases.map(async ({ id, certificate, others, anchor, crls, policy }) => ({
        id,
        certificate: await fileOf(certificate.der),
        intermediates: await filesOf(others.map(({ der }) => der)),
        anchors: [await fileOf(anchor.der)],
        crls: await filesOf(crls),
        at: noon,
        policy,
      })),
    ),
  )

  const found = (answers as { id: string; verdict: string }[]).filter(({ verdict }) => verdict === 'VALID')
  expect(found.map(({ id }) => id)).toEqual(cases.filter(({ valid }) => valid).map(({ id }) => id))
})
