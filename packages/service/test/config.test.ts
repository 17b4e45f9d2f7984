import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { blobFolder, type ConfigError, describeConfig, readConfig, settingsTable } from '../src/index.ts'

function faultsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    return (error as ConfigError).faults
  }
}

it('needs no variable at all', () => {
  expect(readConfig({})).toMatchObject({
    httpHost: '127.0.0.1',
    httpPort: 8080,
    dataDir: resolve('data'),
    databaseUrl: undefined,
    vxpBases: ['/XrdAdapter'],
    blobUrl: pathToFileURL(resolve('data/blobs')).href,
  })
})

it('takes an empty variable for an absent one', () => {
  expect(readConfig({ DOCAXIS_HTTP_PORT: '', DOCAXIS_KAFKA_BROKERS: '' })).toMatchObject({
    httpPort: 8080,
    kafkaBrokers: undefined,
  })
})

it('keeps the blobs in the data folder unless told', () => {
  expect(blobFolder(readConfig({ DOCAXIS_DATA_DIR: '/srv/hub' }))).toBe(resolve('/srv/hub/blobs'))
  expect(blobFolder(readConfig({ DOCAXIS_BLOB_URL: 'file:///mnt/shared' }))).toBe(resolve('/mnt/shared'))
  expect(blobFolder(readConfig({ DOCAXIS_BLOB_URL: 'file:./here' }))).toBe(resolve('here'))
})

it('splits lists', () => {
  expect(readConfig({ DOCAXIS_KAFKA_BROKERS: 'a:9092, b:9092' }).kafkaBrokers).toEqual(['a:9092', 'b:9092'])
})

it('takes networks, all of them, or none', () => {
  const read = (value: string) => readConfig({ DOCAXIS_PUBLIC_VERIFY: value }).publicVerify

  expect([read('10.0.0.0/8, fd00::/8, 192.0.2.1'), read('*'), read('off')]).toEqual([
    ['10.0.0.0/8', 'fd00::/8', '192.0.2.1'],
    ['*'],
    [],
  ])
})

it('names every fault at once', () => {
  const faults = faultsOf({ DOCAXIS_HTTP_PORT: '99999', DOCAXIS_DEMO: 'yes', DOCAXIS_ENVIRONMENT: 'staging' })

  expect(faults).toEqual([
    'DOCAXIS_HTTP_PORT must be a whole number from 0 to 65535',
    'DOCAXIS_DEMO must be on or off',
    'DOCAXIS_ENVIRONMENT must be test or production',
  ])
})

const token = {
  DOCAXIS_PKCS11_MODULE: '/usr/lib/softhsm/libsofthsm2.so',
  DOCAXIS_PKCS11_TOKEN: 'hub',
  DOCAXIS_PKCS11_PIN_FILE: '/run/secrets/pin',
}
const keyOnToken = { DOCAXIS_PKCS11_KEY: 'hub', DOCAXIS_HUB_CERT_FILE: 'hub.pem' }
const hubKey = { DOCAXIS_HUB_KEY_FILE: 'hub.p12' }
const nextKey = { DOCAXIS_HUB_NEXT_KEY_FILE: 'next.p12', DOCAXIS_HUB_NEXT_FROM: '2030-01-31T17:00:00Z' }

it.each([
  { where: 'in a PKCS#12 file', env: hubKey },
  { where: 'on a token', env: { ...keyOnToken, ...token } },
  { where: 'followed by another', env: { ...hubKey, ...nextKey } },
])('takes a hub key $where', ({ env }) => {
  expect(faultsOf(env)).toEqual([])
})

it.each([
  { fault: 'a port with letters', env: { DOCAXIS_HTTP_PORT: '80a' } },
  { fault: 'a negative port', env: { DOCAXIS_HTTP_PORT: '-1' } },
  { fault: 'a broker without port', env: { DOCAXIS_KAFKA_BROKERS: 'localhost' } },
  { fault: 'another kind of database', env: { DOCAXIS_DATABASE_URL: 'mysql://localhost/x' } },
  { fault: 'a blob address without scheme', env: { DOCAXIS_BLOB_URL: '/var/blobs' } },
  { fault: 'a VXP base without slash', env: { DOCAXIS_VXP_BASES: 'XrdAdapter' } },
  { fault: 'a network that is too wide', env: { DOCAXIS_PUBLIC_VERIFY: '10.0.0.0/33' } },
  { fault: 'a network by name', env: { DOCAXIS_PUBLIC_VERIFY: 'intranet' } },
  { fault: 'an unknown log level', env: { DOCAXIS_LOG_LEVEL: 'loud' } },
  { fault: 'a syslog address without port', env: { DOCAXIS_SYSLOG_URL: 'udp://loghost' } },
  { fault: 'a misspelt name', env: { DOCAXIS_HTPP_PORT: '80' } },
  { fault: 'a key without its certificate', env: { DOCAXIS_HUB_KEY_FILE: 'hub.pem' } },
  { fault: 'a certificate without its key', env: { DOCAXIS_HUB_CERT_FILE: 'hub.pem' } },
  {
    fault: 'a key that is in two places',
    env: { DOCAXIS_HUB_KEY_FILE: 'hub.p12', DOCAXIS_PKCS11_KEY: 'hub', ...token },
  },
  { fault: 'a key of a token that is not told', env: { ...keyOnToken, ...token, DOCAXIS_PKCS11_TOKEN: '' } },
  { fault: 'a token without a key', env: token },
  { fault: 'a next key without its instant', env: { ...hubKey, DOCAXIS_HUB_NEXT_KEY_FILE: 'next.p12' } },
  { fault: 'an instant without a next key', env: { ...hubKey, DOCAXIS_HUB_NEXT_FROM: '2030-01-31T17:00:00Z' } },
  { fault: 'a next key without one before it', env: nextKey },
  { fault: 'an instant without a zone', env: { DOCAXIS_HUB_NEXT_FROM: '2030-01-31T17:00:00' } },
])('refuses $fault', ({ env }) => {
  expect(faultsOf(env)).toHaveLength(1)
})

it('never repeats a secret, neither in faults nor in its description', () => {
  const wrong = faultsOf({ DOCAXIS_DATABASE_URL: 'hunter2' })
  const described = describeConfig({ DOCAXIS_DATABASE_URL: 'postgres://hub:hunter2@db/hub' })

  expect(JSON.stringify([wrong, described])).not.toContain('hunter2')
  expect(described).toContainEqual(expect.objectContaining({ name: 'DOCAXIS_DATABASE_URL', value: '(set)' }))
})

it('leaves the variables of client and tests alone', () => {
  expect(faultsOf({ DOCAXIS_URL: 'http://localhost:8080', DOCAXIS_TOKEN: 't', DOCAXIS_SHARED: '../shared' })).toEqual(
    [],
  )
})

it('describes every setting in a sentence', () => {
  for (const { name, description } of Object.values(settingsTable)) {
    expect(name).toMatch(/^DOCAXIS_[A-Z0-9_]+$/)
    expect(description.length).toBeGreaterThan(15)
  }
})

it('reads the ends of algorithms out of their file, and says at once what is wrong in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docaxis-ends-'))
  const file = join(folder, 'ends.json')
  const settings = { DOCAXIS_ALGORITHM_ENDS_FILE: file }
  try {
    expect(faultsOf(settings)).toEqual([expect.stringContaining(`DOCAXIS_ALGORITHM_ENDS_FILE names ${file}: ENOENT`)])

    writeFileSync(file, '{"sha256": "tomorrow"}')
    expect(faultsOf({ ...settings, DOCAXIS_HTTP_PORT: 'x' })).toEqual([
      'DOCAXIS_HTTP_PORT must be a whole number from 0 to 65535',
      `DOCAXIS_ALGORITHM_ENDS_FILE names ${file}: sha256 must be a day such as "2030-12-31", not "tomorrow"`,
    ])

    writeFileSync(file, '{"sha256": "2029-06-30"}')
    expect(readConfig(settings).algorithmEnds?.sha256).toEqual(new Date('2029-07-01T00:00:00Z'))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
