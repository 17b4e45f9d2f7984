import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toPkcs12 } from '@docaxis/pki/authority'
import { daysFromNoon, noon, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigError, openHubKeys, readConfig } from '../../src/index.ts'

let folder: string
const file = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-hub-keys-'))
  const authority = await testAuthority()
  const identities = {
    old: await authority.seal('G99', { keyType: 'ec', notAfter: daysFromNoon(10) }),
    new: await authority.seal('G99', { keyType: 'ec', notBefore: daysFromNoon(5) }),
    rsa: await authority.seal('G99', { keyType: 'rsa' }),
  }
  for (const [name, { privateKeyPem, certificatePem }] of Object.entries(identities)) {
    await writeFile(file(`${name}.pem`), privateKeyPem)
    await writeFile(file(`${name}-cert.pem`), certificatePem)
  }
  const { privateKey, certificate } = identities.rsa
  await writeFile(file('rsa.p12'), toPkcs12({ privateKey, certificates: [certificate] }, 's3cret'))
  await writeFile(file('password'), 's3cret\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const oldKey = () => ({ DOCAXIS_HUB_KEY_FILE: file('old.pem'), DOCAXIS_HUB_CERT_FILE: file('old-cert.pem') })
const newKey = (from: Date) => ({
  DOCAXIS_HUB_NEXT_KEY_FILE: file('new.pem'),
  DOCAXIS_HUB_NEXT_CERT_FILE: file('new-cert.pem'),
  DOCAXIS_HUB_NEXT_FROM: from.toISOString().replace('.000', ''),
})

it('opens a key with the certificate in its PKCS#12 file', async () => {
  const settings = { DOCAXIS_HUB_KEY_FILE: file('rsa.p12'), DOCAXIS_HUB_KEY_PASSWORD_FILE: file('password') }

  const { current } = await openHubKeys(readConfig(settings), noon)

  expect(current.certificate.publicKey.asymmetricKeyType).toBe('rsa')
})

it('opens the key that will take over beside the one that signs', async () => {
  const keys = await openHubKeys(readConfig({ ...oldKey(), ...newKey(daysFromNoon(7)) }), noon)

  expect(keys.next?.from).toEqual(daysFromNoon(7))
  expect(keys.next?.key.certificate.sha256).not.toBe(keys.current.certificate.sha256)
})

it('starts with an old certificate that ended after the new one took over', async () => {
  const config = readConfig({ ...oldKey(), ...newKey(daysFromNoon(7)) })

  await expect(openHubKeys(config, daysFromNoon(20))).resolves.toBeDefined()
})

it.each([
  { fault: 'no key is set', settings: () => ({}), at: noon, names: 'DOCAXIS_HUB_KEY_FILE is not set' },
  { fault: 'the certificate has ended', settings: oldKey, at: daysFromNoon(11), names: 'expired on' },
  {
    fault: 'the next certificate begins only after its turn',
    settings: () => ({ ...oldKey(), ...newKey(daysFromNoon(2)) }),
    at: noon,
    names: 'not valid before',
  },
  {
    fault: 'key and certificate do not belong together',
    settings: () => ({ ...oldKey(), DOCAXIS_HUB_CERT_FILE: file('new-cert.pem') }),
    at: noon,
    names: 'is not the certificate of the key',
  },
])('does not start when $fault, and says so', async ({ settings, at, names }) => {
  const opening = openHubKeys(readConfig(settings()), at)

  await expect(opening).rejects.toThrow(ConfigError)
  await expect(opening).rejects.toThrow(names)
})
