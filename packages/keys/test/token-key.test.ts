import { verify } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Identity } from '@docaxis/pki/authority'
import { itWithPrograms, type SoftToken, softHsmModule, testAuthority, testSoftToken } from '@docaxis/testkit'
import { afterAll, expect, it } from 'vitest'
import { type KeyFault, openSigningKey, type Pkcs11Source } from '../src/index.ts'

const itWithToken = itWithPrograms('softhsm2-util')

interface Fixture {
  readonly folder: string
  readonly token: SoftToken
  readonly identities: Readonly<Record<'ec' | 'rsa', Identity>>
}

let made: Promise<Fixture> | undefined
const fixture = () => {
  made ??= makeFixture()
  return made
}

async function makeFixture(): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-token-'))
  const authority = await testAuthority()
  const identities = {
    ec: await authority.seal('G99', { keyType: 'ec' }),
    rsa: await authority.seal('G99', { keyType: 'rsa' }),
  }
  const token = await testSoftToken()
  for (const [label, { privateKeyPem, certificatePem }] of Object.entries(identities)) {
    await token.importKey(label, privateKeyPem)
    await writeFile(join(folder, `${label}.pem`), certificatePem)
  }
  await token.importKey('twins', identities.ec.privateKeyPem)
  await token.importKey('twins', identities.rsa.privateKeyPem)
  await writeFile(join(folder, 'wrong-pin'), '999999')
  return { folder, token, identities }
}

afterAll(async () => {
  const fixture = await made
  await fixture?.token.close()
  if (fixture) await rm(fixture.folder, { recursive: true, force: true })
})

async function source(changes: Partial<Pkcs11Source> = {}): Promise<Pkcs11Source> {
  const { folder, token } = await fixture()
  const place = { module: softHsmModule, tokenLabel: token.label, pinFile: token.pinFile, keyLabel: 'ec' }
  return { kind: 'pkcs11', ...place, certFile: join(folder, 'ec.pem'), ...changes }
}

itWithToken('goes on signing when memory has been cleared of all that nobody refers to', async () => {
  const key = await openSigningKey(await source())
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')

  for (let round = 0; round < 3; round += 1) {
    collect()
    await new Promise(setImmediate)
    expect(await key.sign(Buffer.from('receipt'))).toHaveLength(64)
  }

  await key.close()
})

itWithToken.each(['ec', 'rsa'])('signs with a key of kind %s that stays on the token, many at a time', async kind => {
  const { folder } = await fixture()
  const key = await openSigningKey(await source({ keyLabel: kind, certFile: join(folder, `${kind}.pem`) }))
  const publicKey = { key: key.certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const
  const texts = Array.from({ length: 40 }, (_, index) => Buffer.from(`receipt ${index}`))

  const signatures = await Promise.all(texts.map(key.sign))

  expect(texts.every((text, index) => verify('sha256', text, publicKey, signatures[index] ?? text))).toBe(true)
  await key.close()
})

itWithToken('opens the same token again after it was given back', async () => {
  const first = await openSigningKey(await source())
  await first.close()
  const second = await openSigningKey(await source())

  await expect(first.sign(Buffer.from('x'))).rejects.toMatchObject({ reason: 'was given back' })
  await expect(second.sign(Buffer.from('x'))).resolves.toHaveLength(64)
  await second.close()
})

itWithToken.each([
  {
    fault: 'a token that is missing',
    changes: { tokenLabel: 'other' },
    place: 'token other',
    reason: 'is not present',
  },
  { fault: 'a key that is missing', changes: { keyLabel: 'other' }, place: 'key other', reason: 'is not there' },
  { fault: 'two keys of one label', changes: { keyLabel: 'twins' }, place: 'key twins', reason: 'is there twice' },
  {
    fault: 'a library that is none',
    changes: { module: '/etc/hostname' },
    place: '/etc/hostname',
    reason: 'is no PKCS#11 library',
  },
  { fault: 'a PIN file that is missing', changes: { pinFile: '/nowhere' }, place: '/nowhere', reason: 'is not there' },
])('says place, reason and fix of $fault', async ({ changes, place, reason }) => {
  const fault = await faultOf(await source(changes))

  expect(fault.place).toContain(place)
  expect(fault.reason).toContain(reason)
  expect(fault.fix).not.toBe('')
})

itWithToken('refuses a wrong PIN without repeating it', async () => {
  const { folder } = await fixture()

  const fault = await faultOf(await source({ pinFile: join(folder, 'wrong-pin') }))

  expect(fault.reason).toContain('the PIN is wrong')
  expect(fault.message).not.toContain('999999')
})

itWithToken('refuses the certificate of another key', async () => {
  const { folder } = await fixture()
  const { identities } = await fixture()
  const other = await (await testAuthority()).seal('G99', { keyType: 'ec' })
  await writeFile(join(folder, 'other.pem'), other.certificatePem)
  expect(other.certificate.sha256).not.toBe(identities.ec.certificate.sha256)

  const fault = await faultOf(await source({ certFile: join(folder, 'other.pem') }))

  expect(fault.reason).toContain('is not the certificate of the key')
})

it('is loaded only when a token is configured', async () => {
  const fault = await faultOf({
    kind: 'pkcs11',
    module: '/nowhere/library.so',
    tokenLabel: 'hub',
    keyLabel: 'hub',
    pinFile: '/nowhere/pin',
    certFile: '/nowhere/cert.pem',
  })

  expect(fault.place).toBe('/nowhere/cert.pem')
})

async function faultOf(source: Pkcs11Source): Promise<KeyFault> {
  return await openSigningKey(source).then(
    () => expect.unreachable('the key was opened'),
    error => error,
  )
}
