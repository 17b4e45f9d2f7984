import { execFileSync } from 'node:child_process'
import { verify } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '@docaxis/pki/authority'
import { itWithPrograms, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KeyFault, openSigningKey, type SigningKey } from '../src/index.ts'

let folder: string
let ec: Identity
let rsa: Identity
const file = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-keys-'))
  const authority = await testAuthority()
  ec = await authority.seal('G99', { keyType: 'ec' })
  rsa = await authority.seal('G99', { keyType: 'rsa' })
  for (const [name, identity] of Object.entries({ ec, rsa })) {
    await writeFile(file(`${name}.pem`), identity.privateKeyPem)
    await writeFile(file(`${name}-cert.pem`), identity.certificatePem)
    await writeFile(file(`${name}-cert.der`), identity.certificate.der)
  }
  await writeFile(file('password'), 'mật khẩu\n')
  await writeFile(file('wrong-password'), 'khác')
  await writeFile(file('empty'), '\n')
  await writeFile(file('broken.pem'), 'no key')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function expectSigns({ sign, certificate }: SigningKey): Promise<void> {
  const data = Buffer.from('biên nhận')
  const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const
  expect(verify('sha256', data, key, await sign(data))).toBe(true)
}

const pem = (key: string, cert: string) => ({ kind: 'file', keyFile: file(key), certFile: file(cert) }) as const

it.each(['ec', 'rsa'])('signs with a PEM key of kind %s', async kind => {
  await expectSigns(await openSigningKey(pem(`${kind}.pem`, `${kind}-cert.pem`)))
})

it('takes the certificate as DER too', async () => {
  await expectSigns(await openSigningKey(pem('ec.pem', 'ec-cert.der')))
})

const kinds = [
  { kind: 'new, PBES2 with AES', args: ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256'] },
  { kind: 'old, RC2 and 3DES', args: ['-legacy'] },
]

function makePkcs12(name: string, args: readonly string[], password = 'pass:s3cret'): string {
  const out = file(`${name}.p12`)
  const [key, cert] = [file(`${name}.pem`), file(`${name}-cert.pem`)]
  execFileSync('openssl', ['pkcs12', '-export', '-inkey', key, '-in', cert, '-out', out, '-passout', password, ...args])
  return out
}

itWithPrograms('openssl').each(kinds.flatMap(one => ['ec', 'rsa'].map(key => ({ ...one, key }))))(
  'signs with a $key key from a PKCS#12 file of the $kind kind, and its certificate',
  async ({ key, args }) => {
    const keyFile = makePkcs12(key, args)
    await writeFile(file('p12-password'), 's3cret\n')

    const opened = await openSigningKey({ kind: 'file', keyFile, passwordFile: file('p12-password') })

    await expectSigns(opened)
    expect(opened.certificate.sha256).toBe({ ec, rsa }[key]?.certificate.sha256)
  },
)

itWithPrograms('openssl').each(kinds)('refuses a wrong password of a $kind PKCS#12 file', async ({ args }) => {
  const keyFile = makePkcs12('rsa', args)

  const fault = await faultOf({ kind: 'file', keyFile, passwordFile: file('wrong-password') })

  expect(fault).toMatchObject({ place: keyFile, reason: 'the password does not open it' })
  expect(JSON.stringify([fault.message, fault.fix])).not.toContain('khác')
})

itWithPrograms('openssl')('opens an encrypted PEM key with its password only', async () => {
  const encrypted = file('encrypted.pem')
  const args = ['pkcs8', '-topk8', '-in', file('ec.pem'), '-out', encrypted, '-passout', 'pass:mật khẩu']
  execFileSync('openssl', args)
  const source = { ...pem('encrypted.pem', 'ec-cert.pem') }

  await expectSigns(await openSigningKey({ ...source, passwordFile: file('password') }))
  expect(await faultOf(source)).toMatchObject({ reason: 'is protected by a password' })
  expect(await faultOf({ ...source, passwordFile: file('wrong-password') })).toMatchObject({
    reason: 'the password does not open it',
  })
})

it.each([
  {
    fault: 'a file that is not there',
    key: 'none.pem',
    cert: 'ec-cert.pem',
    place: 'none.pem',
    reason: 'is not there',
  },
  {
    fault: 'a certificate that is not there',
    key: 'ec.pem',
    cert: 'none.pem',
    place: 'none.pem',
    reason: 'is not there',
  },
  { fault: 'no key', key: 'broken.pem', cert: 'ec-cert.pem', place: 'broken.pem', reason: 'is no private key' },
  { fault: 'no certificate', key: 'ec.pem', cert: 'broken.pem', place: 'broken.pem', reason: 'is no certificate' },
  {
    fault: 'two that do not belong together',
    key: 'ec.pem',
    cert: 'rsa-cert.pem',
    place: 'rsa-cert.pem',
    reason: 'is not the certificate of the key',
  },
])('says place, reason and fix of $fault', async ({ key, cert, place, reason }) => {
  const fault = await faultOf(pem(key, cert))

  expect(fault).toBeInstanceOf(KeyFault)
  expect(fault.place).toBe(file(place))
  expect(fault.reason).toContain(reason)
  expect(fault.fix).not.toBe('')
})

it('refuses a password file that is empty', async () => {
  const fault = await faultOf({ ...pem('ec.pem', 'ec-cert.pem'), passwordFile: file('empty') })

  expect(fault).toMatchObject({ place: file('empty'), reason: 'holds no password' })
})

async function faultOf(source: Parameters<typeof openSigningKey>[0]): Promise<KeyFault> {
  return await openSigningKey(source).then(
    () => expect.unreachable('the key was opened'),
    error => error,
  )
}
