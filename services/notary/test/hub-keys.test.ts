import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Certificate } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'
import { readConfig, type Service } from '@docaxis/service'
import { verifyReceipt } from '@docaxis/signature'
import { findReceipt, listHubCertificates, receiptId } from '@docaxis/store'
import {
  acceptDocument,
  emptyTables,
  itWithPrograms,
  type SoftToken,
  softHsmModule,
  type TestBlobs,
  type TestDatabase,
  type TestServiceDeps,
  testAuthority,
  testBlobs,
  testDatabase,
  testServiceDeps,
  testSoftToken,
} from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { createService } from '../src/index.ts'

const run = promisify(execFile)
const patient = { overdueMs: 60_000, sweepEveryMs: 60_000, chainEveryMs: 60_000 }
type Env = Readonly<Record<string, string>>

let database: TestDatabase
let blobs: TestBlobs
let folder: string
let identities: Readonly<Record<'first' | 'second' | 'rsa', Identity>>
let notaries: { service: Service; deps: TestServiceDeps }[] = []

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
  folder = await mkdtemp(join(tmpdir(), 'docaxis-rotation-'))
  identities = { first: await hubKey('ec'), second: await hubKey('ec'), rsa: await hubKey('rsa') }
  for (const [name, identity] of Object.entries(identities)) {
    await writeFile(join(folder, `${name}.pem`), identity.privateKeyPem)
    await writeFile(join(folder, `${name}-cert.pem`), identity.certificatePem)
  }
})
afterAll(async () => {
  await database.close()
  await blobs.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() =>
  emptyTables(
    database,
    'document',
    'outbox',
    'outbox_batch',
    'audit_entry',
    'audit_batch',
    'bus_cursor',
    'hub_certificate',
  ),
)
afterEach(async () => {
  for (const { service, deps } of notaries) {
    await service.stop()
    await deps.bus.stop()
  }
  notaries = []
})

/** The database's clock is the real one, so the certificate covers any day on which this may run. */
async function hubKey(keyType: 'ec' | 'rsa'): Promise<Identity> {
  const dates = { notBefore: new Date('2020-01-01'), notAfter: new Date('2090-01-01') }
  const authority = await testAuthority(dates)
  const subject = { commonName: 'Trục thử nghiệm' }
  return await authority.issueIdentity({ subject, keyType, keyUsage: ['digitalSignature'], ...dates })
}

const keyOf = (name: string, prefix = 'DOCAXIS_HUB'): Env => ({
  [`${prefix}_KEY_FILE`]: join(folder, `${name}.pem`),
  [`${prefix}_CERT_FILE`]: join(folder, `${name}-cert.pem`),
})
const next = (name: string, from: string): Env => ({
  ...keyOf(name, 'DOCAXIS_HUB_NEXT'),
  DOCAXIS_HUB_NEXT_FROM: from,
})

async function startNotary(env: Env): Promise<Service> {
  const deps = testServiceDeps(database, blobs)
  const service = createService(readConfig({ DOCAXIS_ENVIRONMENT: 'test', ...env }), deps, patient)
  notaries.push({ service, deps })
  await service.start()
  await deps.bus.start()
  return service
}

/** XML of the receipt for a document that is accepted now. */
async function newReceipt(): Promise<Buffer> {
  const id = receiptId('acceptance', await acceptDocument(database))
  return await vi.waitFor(
    async () => {
      const xml = (await findReceipt(database, id, 'g99'))?.xml
      if (!xml) throw new Error(`receipt ${id} is not signed`)
      return xml
    },
    { timeout: 15_000 },
  )
}

function verdictOf(xml: Buffer, ...hubCertificates: Certificate[]): string {
  return verifyReceipt(xml, { hubCertificates }).code
}

it('signs with the key in force; the next one is published ahead', async () => {
  await startNotary({ ...keyOf('first'), ...next('second', '2085-01-01T00:00:00Z') })

  const xml = await newReceipt()

  expect(verdictOf(xml, identities.first.certificate)).toBe('OK')
  expect(await listHubCertificates(database)).toMatchObject([
    { sha256: identities.second.certificate.sha256, signsFrom: new Date('2085-01-01'), signsUntil: null },
    { sha256: identities.first.certificate.sha256, signsUntil: new Date('2085-01-01') },
  ])
})

it('signs with the next key from its instant on, at every notary, while old receipts keep verifying', async () => {
  const settings = { ...keyOf('first'), ...next('second', '2085-01-01T00:00:00Z') }
  await startNotary(settings)
  await startNotary(settings)
  const before = await newReceipt()

  await turnBegins('second')
  const after = [await newReceipt(), await newReceipt(), await newReceipt()]

  const { first, second } = identities
  expect(verdictOf(before, first.certificate)).toBe('OK')
  expect(after.map(xml => verdictOf(xml, second.certificate))).toEqual(['OK', 'OK', 'OK'])
  expect([before, ...after].map(xml => verdictOf(xml, second.certificate, first.certificate))).toEqual(
    Array(4).fill('OK'),
  )
  expect(verdictOf(before, second.certificate)).toBe('SIGNER_NOT_SENDER')
})

it('goes on with the key it has where the next one was not put in place, and says so', async () => {
  await startNotary({ ...keyOf('first'), ...next('second', '2085-01-01T00:00:00Z') })
  const laggard = await startNotary(keyOf('first'))
  await turnBegins('second')

  const checks = await laggard.ready?.()

  expect(checks).toMatchObject([{ name: 'hub key', ok: false, advisory: true }])
  expect(checks?.[0]?.detail).toContain(identities.second.certificate.sha256)
})

it('takes over at once where the key in place is another than before', async () => {
  await startNotary(keyOf('first'))
  await newReceipt()
  await startNotary(keyOf('second'))

  const [newest, oldest] = await listHubCertificates(database)

  expect(newest?.sha256).toBe(identities.second.certificate.sha256)
  expect(oldest?.signsFrom).toEqual(identities.first.certificate.notBefore)
})

it('writes registration and first signature of a key into the audit trail, once', async () => {
  await startNotary(keyOf('first'))
  await newReceipt()
  await newReceipt()
  await startNotary(keyOf('first'))

  const { rows } = await database.query(
    "select action from audit_log where action like 'hub-%' order by seq, batch, place",
  )

  expect(rows.map(row => row.action)).toEqual(['hub-certificate.register', 'hub-certificate.begin'])
})

const itWithToken = itWithPrograms('softhsm2-util', 'xmlsec1')
let token: SoftToken | undefined
afterAll(() => token?.close())

itWithToken.each(['first', 'rsa'] as const)('signs what xmlsec1 verifies with key %s on a token', async name => {
  token ??= await testSoftToken()
  await token.importKey(name, identities[name].privateKeyPem)
  const certFile = join(folder, `${name}-cert.pem`)
  await startNotary({
    DOCAXIS_PKCS11_MODULE: softHsmModule,
    DOCAXIS_PKCS11_TOKEN: token.label,
    DOCAXIS_PKCS11_PIN_FILE: token.pinFile,
    DOCAXIS_PKCS11_KEY: name,
    DOCAXIS_HUB_CERT_FILE: certFile,
  })
  const file = join(folder, `${name}-receipt.xml`)

  await writeFile(file, await newReceipt())

  await expect(run('xmlsec1', ['--verify', '--pubkey-cert-pem', certFile, file])).resolves.toBeDefined()
})

const containers = [
  { kind: 'new', args: ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256'] },
  { kind: 'old', args: ['-legacy'] },
].flatMap(one => (['first', 'rsa'] as const).map(key => ({ ...one, key })))

itWithPrograms('openssl', 'xmlsec1').each(containers)(
  'signs what xmlsec1 verifies with key $key from a PKCS#12 file of the $kind kind',
  async ({ kind, key, args }) => {
    const p12 = join(folder, `${key}-${kind}.p12`)
    const [keyFile, certFile] = [join(folder, `${key}.pem`), join(folder, `${key}-cert.pem`)]
    await writeFile(join(folder, 'password'), 's3cret')
    const pair = ['-inkey', keyFile, '-in', certFile]
    await run('openssl', ['pkcs12', '-export', ...pair, '-out', p12, '-passout', 'pass:s3cret', ...args])
    await startNotary({ DOCAXIS_HUB_KEY_FILE: p12, DOCAXIS_HUB_KEY_PASSWORD_FILE: join(folder, 'password') })
    const file = join(folder, `${key}-${kind}.xml`)

    await writeFile(file, await newReceipt())

    await expect(run('xmlsec1', ['--verify', '--pubkey-cert-pem', certFile, file])).resolves.toBeDefined()
  },
)

async function turnBegins(name: keyof typeof identities): Promise<void> {
  const text = "update hub_certificate set signs_from = clock_timestamp() where sha256 = decode($1, 'hex')"
  await database.query(text, [identities[name].certificate.sha256])
}
