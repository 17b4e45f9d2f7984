import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePem } from '@docaxis/pki'
import { createAuthority } from '@docaxis/pki/authority'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

const noon = new Date('2030-01-15T05:00:00Z')
const days = (count: number) => new Date(noon.getTime() + count * 86_400_000)
const trusted = ['--anchor', 'root.pem', '--crl', 'root.crl', '--crl', 'issuing.crl', '--at', noon.toISOString()]

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-verify-cert-'))
  const root = await createAuthority({ name: 'Root CA', notBefore: days(-900), notAfter: days(900), keyType: 'ec' })
  const validity = { notBefore: days(-300), notAfter: days(300) }
  const issuing = await root.issueAuthority({ name: 'Issuing CA', ...validity, keyType: 'ec' })
  const usage = { keyType: 'ec', keyUsage: ['digitalSignature'] } as const
  const subject = { commonName: 'Văn phòng G99', organization: 'Cơ quan G99', country: 'VN' }
  const good = await issuing.issueIdentity({ subject, ...usage, ...validity })
  const ended = await issuing.issueIdentity({ subject, ...usage, ...validity, notAfter: days(-1) })
  const revoked = await issuing.issueIdentity({ subject, ...usage, ...validity })
  const list = { thisUpdate: days(-0.5), nextUpdate: days(0.5), number: 1 }
  const entries = [{ serial: revoked.certificate.serial, at: days(-2) }]
  const files = {
    'root.pem': root.certificatePem,
    'root.crl': root.crl({ ...list, revoked: [] }),
    'issuing.crl': writePem(issuing.crl({ ...list, revoked: entries }), 'X509 CRL'),
    'good.pem': good.certificatePem + issuing.certificatePem,
    'ended.pem': ended.certificatePem + issuing.certificatePem,
    'revoked.pem': revoked.certificatePem + issuing.certificatePem,
    'none.pem': 'Kính gửi',
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('says of a good one that it can be used, and shows its path as a tree', async () => {
  const { code, out } = await docaxis('good.pem', ...trusted)

  expect(code).toBe(0)
  expect(out.split('\n')[0]).toMatch(/certificate of Văn phòng G99 is good.*in force.*not revoked.*Issuing CA/)
  expect(out).toMatch(/\n {2}Root CA \(trust anchor\).*\n {2}└─ Issuing CA.*\n {5}└─ Văn phòng G99/)
  expect(out).toMatch(/CRL Issuing CA: 15\/01\/2030 00:00:00 until 16\/01\/2030 00:00:00/)
})

it('speaks Vietnamese where the terminal does', async () => {
  const { out } = await docaxis('good.pem', ...trusted, '--lang', 'vi')

  expect(out).toMatch(/^Chứng thư số của Văn phòng G99 dùng được/)
})

it.each([
  { file: 'ended.pem', args: trusted, exit: 1, code: 'CERTIFICATE_EXPIRED', does: /sign again with a certificate/ },
  { file: 'revoked.pem', args: trusted, exit: 1, code: 'CERTIFICATE_REVOKED', does: /reach the signer by another way/ },
  { file: 'good.pem', args: trusted.slice(4), exit: 3, code: 'PATH_NOT_FOUND', does: /treat it as not signed/ },
  {
    file: 'good.pem',
    args: trusted.slice(0, 2),
    exit: 3,
    code: 'REVOCATION_UNAVAILABLE',
    does: /Do not rely on it yet/,
  },
])('says of $file with $code what to do, and exits with $exit', async ({ file, args, exit, code, does }) => {
  const answer = await docaxis(file, ...args, '--at', noon.toISOString())

  const [sentence, advice] = answer.out.split('\n')
  expect([answer.code, sentence]).toEqual([exit, expect.stringContaining(`[${code}]`)])
  expect(advice).toMatch(does)
})

it('gives the whole verdict as JSON', async () => {
  const { out } = await docaxis('good.pem', ...trusted, '--json')

  expect(JSON.parse(out)).toMatchObject({
    verdict: 'VALID',
    certificate: { holder: { name: 'Văn phòng G99' } },
    path: [{}, {}, { subject: 'CN=Root CA' }],
    revocation: [{ kind: 'crl' }, { kind: 'crl' }],
  })
})

it('refuses a file without a certificate', async () => {
  const { code, err } = await docaxis('none.pem', ...trusted)

  expect(code).toBe(2)
  expect(err).toMatch(/certificate/)
})

function docaxis(...args: readonly string[]) {
  return runCommand(['verify', 'cert', ...args], { INIT_CWD: folder })
}
