import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { daysFromNoon, itWithPrograms, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Authority, createAuthority, type Identity } from '../src/authority/index.ts'
import {
  type Certificate,
  type Crl,
  createTrust,
  issuerKey,
  keyFault,
  parseCertificate,
  parseCrl,
  validatePath,
  validatePathCached,
} from '../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'docaxis-path-'))
const itWithOpenssl = itWithPrograms('openssl')
const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }
const usage = { keyUsage: ['digitalSignature'], keyType: 'ec' } as const
let root: TestAuthority
let sub: Authority
let leaf: Identity

beforeAll(async () => {
  root = await testAuthority()
  sub = await root.issueAuthority({ name: 'Sub CA', keyType: 'ec', ...times })
  leaf = await sub.issueIdentity({ subject: { commonName: 'Seal' }, ...usage, ...times })
})

afterAll(() => rmSync(folder, { recursive: true }))

function listOf(authority: Authority, revoked: readonly Certificate[] = [], at = daysFromNoon(-1)): Crl {
  const entries = revoked.map(({ serial }) => ({ serial, at }))
  return parseCrl(
    authority.crl({ thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(1), revoked: entries, number: 1 }),
  )
}

function ask(certificate: Certificate, crls: readonly Crl[], intermediates = [sub.certificate], at = noon) {
  const trust = createTrust({ anchors: [root.certificate], crls })
  return { certificate, intermediates, trust, at, purpose: 'seal' } as const
}

const goodLists = () => [root.list(), listOf(sub)]

it('finds the path through an authority of the message', () => {
  const result = validatePath(ask(leaf.certificate, goodLists()))

  expect(result).toMatchObject({ verdict: 'VALID', code: 'OK' })
  expect(result.path).toEqual([leaf.certificate, sub.certificate, root.certificate])
  expect(result.crls).toHaveLength(2)
})

it('finds no path without the authority between', () => {
  const result = validatePath(ask(leaf.certificate, goodLists(), []))

  expect(result).toMatchObject({ verdict: 'INDETERMINATE', code: 'PATH_NOT_FOUND' })
})

it('refuses below a revoked authority, before what is missing', () => {
  const revoking = parseCrl(
    root.crl({
      thisUpdate: daysFromNoon(-1),
      nextUpdate: daysFromNoon(1),
      revoked: [{ serial: sub.certificate.serial, at: daysFromNoon(-1) }],
      number: 2,
    }),
  )

  expect(validatePath(ask(leaf.certificate, [revoking])).code).toBe('CA_REVOKED')
  expect(validatePath(ask(leaf.certificate, [revoking, listOf(sub)])).code).toBe('CA_REVOKED')
})

it('cannot decide while the list of the authority is missing', () => {
  expect(validatePath(ask(leaf.certificate, [listOf(sub)])).code).toBe('REVOCATION_UNAVAILABLE')
})

it.each([
  { moment: 'the second of revocation', seconds: 0, code: 'CERTIFICATE_REVOKED' },
  { moment: 'the second before revocation', seconds: -1, code: 'OK' },
])('answers $code in $moment', ({ seconds, code }) => {
  const at = new Date(noon.getTime() + seconds * 1000)
  const lists = [root.list(), listOf(sub, [leaf.certificate], noon)]

  expect(validatePath(ask(leaf.certificate, lists, undefined, at)).code).toBe(code)
})

it('refuses at any time what was revoked because the key was lost', () => {
  const lost = [{ serial: leaf.certificate.serial, at: daysFromNoon(1), reason: 'keyCompromise' as const }]
  const list = sub.crl({ thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(1), revoked: lost, number: 3 })

  expect(validatePath(ask(leaf.certificate, [root.list(), parseCrl(list)])).code).toBe('CERTIFICATE_REVOKED')
})

it('does not remember an answer past a revocation that the list announces', () => {
  const question = ask(leaf.certificate, [root.list(), listOf(sub, [leaf.certificate], daysFromNoon(0.5))])

  expect(validatePathCached(question).code).toBe('OK')
  expect(validatePathCached({ ...question, at: daysFromNoon(0.75) }).code).toBe('CERTIFICATE_REVOKED')
})

it('remembers a VALID answer within its time only', () => {
  const question = ask(leaf.certificate, goodLists())
  const first = validatePathCached(question)

  expect(validatePathCached(question)).toBe(first)
  expect(validatePathCached({ ...question, at: daysFromNoon(2) }).code).toBe('REVOCATION_STALE')
  expect(validatePathCached({ ...question, at: daysFromNoon(101) }).code).toBe('CERTIFICATE_EXPIRED')
})

it('refuses an EC point in the hybrid form, which says it twice', () => {
  const place = leaf.certificate.der.indexOf(leaf.certificate.publicKeyDer) + leaf.certificate.publicKeyDer.length - 65
  const der = Buffer.from(leaf.certificate.der)
  // 4 is uncompressed; 6 and 7 add whether y is even.
  der[place] = 6 + ((der[place + 64] ?? 0) & 1)

  expect(keyFault(parseCertificate(der))).toMatchObject({ code: 'KEY_FORM_FORBIDDEN', rule: 'V17' })
})

it('remembers an answer for the very question only', () => {
  const question = { ...ask(leaf.certificate, goodLists()), revocation: 'none' } as const
  const policy = { initial: ['1.2.3'], explicit: true, inhibitMapping: false, inhibitAny: false }

  expect(validatePathCached(question).code).toBe('OK')
  expect(validatePathCached({ ...question, policy }).rule).toBe('V33')
  expect(validatePathCached({ ...question, revocation: 'required', maxCrlAgeHours: 1 }).code).toBe('REVOCATION_STALE')
  expect(validatePathCached({ ...question, purpose: 'tsa' }).rule).toBe('V35')
})

it('remembers no answer past the coming into force of a list that is at hand', () => {
  const later = { thisUpdate: daysFromNoon(0.5), nextUpdate: daysFromNoon(2), number: 9 }
  const revoked = [{ serial: leaf.certificate.serial, at: daysFromNoon(0.5), reason: 'certificateHold' as const }]
  const question = ask(leaf.certificate, [...goodLists(), parseCrl(sub.crl({ ...later, revoked }))])

  expect(validatePathCached(question).code).toBe('OK')
  expect(validatePathCached({ ...question, at: daysFromNoon(0.6) }).code).toBe('CERTIFICATE_REVOKED')
})

it('does not take an end-entity certificate for an authority', async () => {
  const wish = { subject: { commonName: 'No CA' }, keyUsage: ['keyCertSign'], ...times } as const
  const pretender = await root.issueIdentity({ ...wish, keyType: 'ec' })
  const { certificate } = await forgedBy(pretender)

  const result = validatePath(ask(certificate, goodLists(), [pretender.certificate]))

  expect(result).toMatchObject({ code: 'PATH_INVALID', rule: 'V29' })
})

it('does not take an authority without keyCertSign for one', async () => {
  const wish = { subject: { commonName: 'No keyCertSign' }, ca: true, keyUsage: ['cRLSign'], ...times } as const
  const pretender = await root.issueIdentity({ ...wish, keyType: 'ec' })
  const { certificate } = await forgedBy(pretender)

  const result = validatePath(ask(certificate, goodLists(), [pretender.certificate]))

  expect(result).toMatchObject({ code: 'PATH_INVALID', rule: 'V30' })
})

async function forgedBy({ privateKeyPem, certificatePem }: Identity): Promise<Identity> {
  const authority = await createAuthority({ name: '-', keyPem: privateKeyPem, certificatePem, ...times })
  return authority.issueIdentity({ subject: { commonName: 'Forged' }, ...usage, ...times })
}

it('ends on a crowd of look-alike authorities', async () => {
  const twins = await Promise.all(
    Array.from({ length: 12 }, () => root.issueAuthority({ name: 'Sub CA', keyType: 'ec', ...times })),
  )
  const crowd = twins.map(({ certificate }) => certificate)

  const result = validatePath(ask(leaf.certificate, goodLists(), [...crowd, sub.certificate]))

  expect(result.code).toBe('OK')
})

it('keeps the lists of one issuer under one key, whoever wrote the name how', () => {
  expect(issuerKey(root.list())).toBe(issuerKey(sub.certificate))
  expect(issuerKey(listOf(sub))).toBe(issuerKey(leaf.certificate))
  expect(issuerKey(root.list())).not.toBe(issuerKey(listOf(sub)))
})

it('does not take a list that another authority of the same name signed', async () => {
  const impostor = await testAuthority()
  const subList = impostor.list()

  const result = validatePath(ask(sub.certificate, [subList], []))

  expect(result.code).not.toBe('OK')
  expect(result.checks.some(({ passed }) => !passed)).toBe(true)
})

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

/** A certificate of our root over a request that openssl made, with extensions of openssl's own writing. */
function issuedByOpenssl(keyOptions: readonly string[], extensions: string): Certificate {
  writeFileSync(join(folder, 'root.pem'), root.certificatePem)
  writeFileSync(join(folder, 'root-key.pem'), root.privateKeyPem)
  writeFileSync(join(folder, 'extensions.cnf'), extensions)
  openssl(
    'req',
    '-new',
    ...keyOptions,
    '-nodes',
    '-keyout',
    'key.pem',
    '-subj',
    '/O=Co quan/CN=Seal',
    '-out',
    'request.pem',
  )
  const request = ['x509', '-req', '-in', 'request.pem', '-CA', 'root.pem', '-CAkey', 'root-key.pem', '-days', '36500']
  openssl(...request, '-set_serial', '4711', '-extfile', 'extensions.cnf', '-out', 'leaf.pem')
  return parseCertificate(readFileSync(join(folder, 'leaf.pem')))
}

const signing = 'keyUsage=critical,digitalSignature\n'
const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
const issued = [
  { what: 'P-256', key: ec, more: '', code: 'OK', rule: '-' },
  { what: 'P-384', key: [...ec.slice(0, 3), 'ec_paramgen_curve:P-384'], more: '', code: 'OK', rule: '-' },
  { what: 'RSA of 1024 bits', key: ['-newkey', 'rsa:1024'], more: '', code: 'KEY_TOO_WEAK', rule: 'V17' },
  {
    what: 'curve secp224r1',
    key: [...ec.slice(0, 3), 'ec_paramgen_curve:secp224r1'],
    more: '',
    code: 'KEY_TOO_WEAK',
    rule: 'V17',
  },
  {
    what: 'a curve that is spelled out',
    key: [...ec, '-pkeyopt', 'ec_param_enc:explicit'],
    more: '',
    code: 'KEY_FORM_FORBIDDEN',
    rule: 'V17',
  },
  {
    what: 'an unknown critical extension',
    key: ec,
    more: '1.2.3.4=critical,DER:0500\n',
    code: 'PATH_INVALID',
    rule: 'V31',
  },
  { what: 'an unknown extension', key: ec, more: '1.2.3.4=DER:0500\n', code: 'OK', rule: '-' },
  {
    what: 'the purpose documentSigning',
    key: ec,
    more: 'extendedKeyUsage=1.3.6.1.5.5.7.3.36\n',
    code: 'OK',
    rule: '-',
  },
  { what: 'the purpose clientAuth', key: ec, more: 'extendedKeyUsage=clientAuth\n', code: 'PATH_INVALID', rule: 'V35' },
]

itWithOpenssl.each(issued)('answers $code to a certificate with $what', ({ key, more, code, rule }) => {
  const certificate = issuedByOpenssl(key, signing + more)
  // The machine's clock dates what openssl issues.
  const at = new Date(certificate.notBefore.getTime() + 1000)
  const list = root.crl({ thisUpdate: certificate.notBefore, nextUpdate: certificate.notAfter, revoked: [], number: 9 })

  const result = validatePath(ask(certificate, [parseCrl(list)], [], at))

  expect(result).toMatchObject({ code, rule })
})
