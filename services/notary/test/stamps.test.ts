import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTrust } from '@docaxis/pki'
import { readConfig, type Service } from '@docaxis/service'
import { type ReceiptStamp, verifyReceiptStamp } from '@docaxis/signature'
import { findReceipt, findStamp, listReceipts, receiptId } from '@docaxis/store'
import {
  acceptDocument,
  emptyTables,
  itWithPrograms,
  type TestAuthority,
  type TestBlobs,
  type TestDatabase,
  type TestServiceDeps,
  type Tsa,
  testAuthority,
  testBlobs,
  testDatabase,
  testServiceDeps,
  testTsa,
} from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { createService } from '../src/index.ts'

const run = promisify(execFile)
const quick = { overdueMs: 60_000, sweepEveryMs: 60_000, chainEveryMs: 60_000, tsaTimeoutMs: 300, stampBackOffMs: 1 }
type Env = Readonly<Record<string, string>>

let database: TestDatabase
let blobs: TestBlobs
let folder: string
let authority: TestAuthority
let tsa: Tsa
let opensslTsa: Tsa
let deps: TestServiceDeps
let service: Service

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
  folder = await mkdtemp(join(tmpdir(), 'docaxis-stamps-'))
  // The database's clock is the real one, so certificates cover any day on which this may run.
  const dates = { notBefore: new Date('2020-01-01'), notAfter: new Date('2090-01-01') }
  authority = await testAuthority(dates)
  const keyUsage = ['digitalSignature'] as const
  const hub = await authority.issueIdentity({ subject: { commonName: 'Trục' }, keyType: 'ec', keyUsage, ...dates })
  await writeFile(join(folder, 'hub-key.pem'), hub.privateKeyPem)
  await writeFile(join(folder, 'hub-cert.pem'), hub.certificatePem)
  await mkdir(join(folder, 'anchors'))
  await writeFile(join(folder, 'anchors/ca.pem'), authority.certificatePem)
  tsa = await testTsa({ authority, now: () => new Date() })
  opensslTsa = await testTsa({ authority })
})
afterAll(async () => {
  await tsa.close()
  await opensslTsa.close()
  await database.close()
  await blobs.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await emptyTables(
    database,
    'document',
    'receipt_stamp',
    'outbox',
    'outbox_batch',
    'audit_entry',
    'audit_batch',
    'bus_cursor',
  )
  deps = testServiceDeps(database, blobs)
  tsa.trouble = undefined
})
afterEach(async () => {
  await service.stop()
  await deps.bus.stop()
})

async function startNotary(env: Env, changes: Partial<typeof quick> = {}): Promise<void> {
  const settings = {
    DOCAXIS_ENVIRONMENT: 'test',
    DOCAXIS_HUB_KEY_FILE: join(folder, 'hub-key.pem'),
    DOCAXIS_HUB_CERT_FILE: join(folder, 'hub-cert.pem'),
    DOCAXIS_ANCHORS_DIR: join(folder, 'anchors'),
    DOCAXIS_TSA_EVERY_MS: '100',
    DOCAXIS_TSA_POLICY: 'when-available',
    DOCAXIS_TSA_URL: tsa.url,
  }
  service = createService(
    readConfig({ ...settings, ...env }),
    { ...deps, now: () => new Date() },
    { ...quick, ...changes },
  )
  await service.start()
  await deps.bus.start()
}

const newReceipt = async () => receiptId('acceptance', await acceptDocument(database))

async function eventually<T>(find: () => Promise<T | undefined | null>): Promise<T> {
  return await vi.waitFor(
    async () => {
      const found = await find()
      if (!found) throw new Error('not there yet')
      return found
    },
    { timeout: 20_000 },
  )
}

const xmlOf = (id: string) => eventually(async () => (await findReceipt(database, id, 'g99'))?.xml)

/** As the gateway gives it. */
async function stampOf(id: string): Promise<ReceiptStamp & { token: string }> {
  const { sha256, stamp } = await eventually(async () => {
    const found = await findStamp(database, id, 'g99')
    return found?.stamp ? { ...found, stamp: found.stamp } : undefined
  })
  const { root, size, index, token } = stamp
  const proof = stamp.proof.toString('hex').match(/.{64}/g) ?? []
  const tree = { root: root.toString('hex'), size, index, proof }
  return { receiptSha256: sha256.toString('hex'), tree, token: token.toString('base64') }
}

const judged = (xml: Buffer, stamp: ReceiptStamp) =>
  verifyReceiptStamp(xml, stamp, {
    trust: createTrust({ anchors: [authority.certificate], crls: [] }),
    at: new Date(),
  })

const waiting = async () => {
  const { rows } = await database.query<{ fault: string }>('select fault from receipt_stamp where token is null')
  return rows[0]?.fault
}

it('stamps many receipts with one token, each with its own proof', async () => {
  tsa.trouble = 'down'
  await startNotary({})
  const ids = await Promise.all(Array.from({ length: 9 }, newReceipt))
  const xmls = await Promise.all(ids.map(xmlOf))
  tsa.trouble = undefined

  const stamps = await Promise.all(ids.map(stampOf))

  expect(stamps.map((stamp, index) => judged(xmls[index] ?? Buffer.alloc(0), stamp).code)).toEqual(Array(9).fill('OK'))
  expect(new Set(stamps.map(({ token }) => token)).size).toBeLessThan(9)
})

it('refuses the stamp of another receipt, and one that was changed', async () => {
  await startNotary({})
  const [one, other] = [await newReceipt(), await newReceipt()]
  const [xml, stamp, strange] = [await xmlOf(one), await stampOf(one), await stampOf(other)]
  const { tree } = stamp
  const changed: unknown[] = [
    strange,
    { ...stamp, receiptSha256: strange.receiptSha256 },
    { ...stamp, tree: { ...tree, root: '00'.repeat(32) } },
    { ...stamp, tree: { ...tree, proof: [...tree.proof, tree.root] } },
    { ...stamp, tree: { ...tree, index: tree.index + 1 } },
    { ...stamp, tree: { ...tree, proof: [7] } },
    { ...stamp, token: 'AAAA' },
    { ...stamp, token: 7 },
  ]

  expect(judged(xml, stamp).verdict).toBe('VALID')
  expect(changed.map(wrong => judged(xml, wrong as ReceiptStamp).verdict)).toEqual(Array(8).fill('INVALID'))
})

itWithPrograms('openssl')('gets tokens of openssl, and openssl verifies them over the root', async () => {
  await startNotary(
    { DOCAXIS_TSA_URL: opensslTsa.url, DOCAXIS_TSA_POLICY_ID: opensslTsa.policy },
    { tsaTimeoutMs: 9000 },
  )
  const id = await newReceipt()
  const stamp = await stampOf(id)
  const [root, token] = [join(folder, 'root.bin'), join(folder, 'token.der')]
  await writeFile(root, Buffer.from(stamp.tree.root, 'hex'))
  await writeFile(token, Buffer.from(stamp.token, 'base64'))

  const args = ['ts', '-verify', '-data', root, '-in', token, '-token_in', '-CAfile', join(folder, 'anchors/ca.pem')]
  const { stdout, stderr } = await run('openssl', args)

  expect(stdout + stderr).toContain('Verification: OK')
  expect(judged(await xmlOf(id), stamp)).toMatchObject({ verdict: 'VALID', code: 'OK' })
})

const troubles = [
  'slow',
  'down',
  'huge',
  'redirect-inside',
  'refuse',
  'stale',
  'wrong-signer',
  'wrong-nonce',
  'wrong-imprint',
  'unsigned',
] as const

it.each(troubles)('shows receipts while the authority is in trouble (%s), and stamps them after', async trouble => {
  tsa.trouble = trouble
  await startNotary({})
  const id = await newReceipt()
  const xml = await xmlOf(id)
  await eventually(waiting)
  expect((await findStamp(database, id, 'g99'))?.stamp).toBeUndefined()

  tsa.trouble = undefined

  expect(judged(xml, await stampOf(id)).code).toBe('OK')
  expect(tsa.visits).not.toContain('/inside')
})

it('takes no token under another policy than the one asked for', async () => {
  await startNotary({ DOCAXIS_TSA_POLICY_ID: '1.2.3.4' })
  await newReceipt()

  expect(await eventually(waiting)).toMatch(/policy/)
})

it('shows a receipt only with its stamp where one is required, and misses none in the feed', async () => {
  tsa.trouble = 'down'
  await startNotary({ DOCAXIS_TSA_POLICY: 'required', DOCAXIS_TSA_ALARM_MS: '1000' })
  const id = await newReceipt()
  await eventually(waiting)
  const hidden = await findReceipt(database, id, 'g99')
  const feedBefore = await listReceipts(database, { systemId: 'g99', limit: 10 })
  const alarm = await eventually(async () => (await service.ready?.())?.find(({ ok }) => !ok))

  tsa.trouble = undefined
  const xml = await xmlOf(id)

  expect(hidden).toMatchObject({ xml: null, issuedAt: null, sha256: null })
  expect(feedBefore.items).toEqual([])
  expect(alarm.name).toBe('time stamps')
  expect(judged(xml, await stampOf(id)).code).toBe('OK')
  const feed = await listReceipts(database, { systemId: 'g99', after: feedBefore.next, limit: 10 })
  expect(feed.items.map(item => item.id)).toEqual([id])
  const { rows } = await database.query("select from outbox_log where event ->> 'id' = $1", [`${id}:issued`])
  expect(rows).toHaveLength(1)
})
