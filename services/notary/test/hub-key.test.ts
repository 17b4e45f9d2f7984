import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readHubKey } from '../src/index.ts'
import { issuerOf } from '../src/issuer.ts'

let folder: string
let files: Record<'hubKeyFile' | 'hubCertFile' | 'otherKeyFile' | 'brokenFile', string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-hub-key-'))
  const authority = await testAuthority()
  const hub = await authority.seal('G99', { keyType: 'ec', subject: { commonName: 'Trục thử nghiệm' } })
  const other = await authority.seal('G98', { keyType: 'ec' })
  files = {
    hubKeyFile: await write('hub-key.pem', hub.privateKeyPem),
    hubCertFile: await write('hub-cert.pem', hub.certificatePem),
    otherKeyFile: await write('other-key.pem', other.privateKeyPem),
    brokenFile: await write('broken.pem', 'no key'),
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

it('reads a key and its certificate', async () => {
  const { privateKey, certificate } = await readHubKey(files)

  expect(privateKey.asymmetricKeyType).toBe('ec')
  expect(certificate.subject.text).toContain('Trục thử nghiệm')
})

it.each([
  { fault: 'the key is not set', changes: { hubKeyFile: undefined }, names: 'DOCAXIS_HUB_KEY_FILE' },
  { fault: 'the certificate is not set', changes: { hubCertFile: undefined }, names: 'DOCAXIS_HUB_CERT_FILE' },
  { fault: 'the key is not there', changes: { hubKeyFile: '/nowhere.pem' }, names: 'DOCAXIS_HUB_KEY_FILE' },
])('refuses to start when $fault, naming the setting', async ({ changes, names }) => {
  await expect(readHubKey({ ...files, ...changes })).rejects.toThrow(names)
})

it('refuses a file that holds no key, without telling its content', async () => {
  const reading = readHubKey({ ...files, hubKeyFile: files.brokenFile })

  await expect(reading).rejects.toThrow(/DOCAXIS_HUB_KEY_FILE: .*broken\.pem cannot be used/)
  await expect(reading).rejects.not.toThrow('no key')
})

it('refuses the key of another certificate', async () => {
  const reading = readHubKey({ ...files, hubKeyFile: files.otherKeyFile })

  await expect(reading).rejects.toThrow('not the certificate of the key')
})

it.each([
  { demo: true, environment: undefined, stands: 'demo' },
  { demo: true, environment: 'production', stands: 'demo' },
  { demo: false, environment: 'production', stands: 'production' },
  { demo: undefined, environment: 'test', stands: 'test' },
] as const)('writes $stands on receipts for demo $demo, environment $environment', async ({ stands, ...config }) => {
  const { certificate } = await readHubKey(files)

  expect(issuerOf(config, certificate)).toEqual({ hub: 'Trục thử nghiệm', environment: stands })
})

it('refuses to issue receipts that do not say from which environment they are', async () => {
  const { certificate } = await readHubKey(files)

  expect(() => issuerOf({ demo: false, environment: undefined }, certificate)).toThrow('DOCAXIS_ENVIRONMENT')
})
