import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '@docaxis/pki/authority'
import { itWithPrograms, type SoftToken, softHsmModule, testAuthority, testSoftToken } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { runCommand } from './run-command.ts'

const it = itWithPrograms('openssl', 'softhsm2-util')
/** doctor looks at the clock of the machine. */
const lasting = { notBefore: new Date('2020-01-01'), notAfter: new Date('2090-01-01') }

let folder: string
let token: SoftToken
let identities: readonly Identity[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-doctor-'))
  const authority = await testAuthority(lasting)
  const wish = { subject: { commonName: 'Hub' }, keyUsage: ['digitalSignature'], ...lasting } as const
  identities = [
    await authority.issueIdentity({ ...wish, keyType: 'ec' }),
    await authority.issueIdentity({ ...wish, keyType: 'rsa' }),
  ]
  token = await testSoftToken()
  for (const [index, { privateKeyPem, certificatePem }] of identities.entries()) {
    await writeFile(join(folder, `${index}.key`), privateKeyPem, { mode: 0o600 })
    await writeFile(join(folder, `${index}.pem`), certificatePem)
    await token.importKey(`key-${index}`, privateKeyPem)
    for (const kind of ['new', 'old']) {
      const files = ['-inkey', `${index}.key`, '-in', `${index}.pem`, '-out', `${index}.${kind}.p12`]
      const old = kind === 'old' ? ['-legacy'] : []
      execFileSync('openssl', ['pkcs12', '-export', ...files, '-passout', 'pass:mật khẩu', ...old], { cwd: folder })
    }
  }
  await writeFile(join(folder, 'password'), 'mật khẩu\n', { mode: 0o600 })
  await writeFile(join(folder, 'wrong'), 'another\n', { mode: 0o600 })
})
afterAll(async () => {
  await token?.close()
  await rm(folder, { recursive: true, force: true })
})

type Settings = Readonly<Record<string, string>>
const file = (name: string) => join(folder, name)
const pem = (key: number, certificate = key): Settings => ({
  DOCAXIS_HUB_KEY_FILE: file(`${key}.key`),
  DOCAXIS_HUB_CERT_FILE: file(`${certificate}.pem`),
})
const p12 = (name: string, password = 'password'): Settings => ({
  DOCAXIS_HUB_KEY_FILE: file(name),
  DOCAXIS_HUB_KEY_PASSWORD_FILE: file(password),
})
const onToken = (key: number, changes: Settings = {}): Settings => ({
  DOCAXIS_PKCS11_MODULE: softHsmModule,
  DOCAXIS_PKCS11_TOKEN: token.label,
  DOCAXIS_PKCS11_PIN_FILE: token.pinFile,
  DOCAXIS_PKCS11_KEY: `key-${key}`,
  DOCAXIS_HUB_CERT_FILE: file(`${key}.pem`),
  ...changes,
})

/** What doctor says of the hub key itself. */
async function keyCheck(settings: Settings): Promise<string | undefined> {
  const env = {
    INIT_CWD: folder,
    DOCAXIS_DATA_DIR: folder,
    DOCAXIS_HTTP_PORT: '0',
    SOFTHSM2_CONF: process.env.SOFTHSM2_CONF ?? '',
  }
  const { out } = await runCommand(['--json', 'doctor'], { ...env, ...settings })
  const { checks } = JSON.parse(out) as { checks: readonly { name: string; state: string }[] }
  return checks.find(({ name }) => name === 'hub key')?.state
}

it.each([
  { what: 'an EC key in PEM', settings: () => pem(0), state: 'ok' },
  { what: 'an RSA key in PEM', settings: () => pem(1), state: 'ok' },
  { what: 'a key in PEM with the certificate of another', settings: () => pem(0, 1), state: 'fault' },
  { what: 'an EC key in PKCS#12', settings: () => p12('0.new.p12'), state: 'ok' },
  { what: 'an RSA key in PKCS#12', settings: () => p12('1.new.p12'), state: 'ok' },
  { what: 'an RSA key in PKCS#12 of the old kind', settings: () => p12('1.old.p12'), state: 'ok' },
  { what: 'PKCS#12 with the wrong password', settings: () => p12('0.new.p12', 'wrong'), state: 'fault' },
  {
    what: 'PKCS#12 of the old kind with the wrong password',
    settings: () => p12('1.old.p12', 'wrong'),
    state: 'fault',
  },
  { what: 'an EC key on a token', settings: () => onToken(0), state: 'ok' },
  { what: 'an RSA key on a token', settings: () => onToken(1), state: 'ok' },
  {
    what: 'a key that is not on the token',
    settings: () => onToken(0, { DOCAXIS_PKCS11_KEY: 'none' }),
    state: 'fault',
  },
  {
    what: 'a token and the wrong PIN',
    settings: () => onToken(0, { DOCAXIS_PKCS11_PIN_FILE: file('wrong') }),
    state: 'fault',
  },
])('doctor answers $state to $what', async ({ settings, state }) => {
  expect(await keyCheck(settings())).toBe(state)
})
