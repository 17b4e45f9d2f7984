import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Certificate } from '@docaxis/pki'
import type { HubConfig, SyslogEntry } from '@docaxis/service'
import { type Receipt, verifyReceipt } from '@docaxis/signature'
import {
  deliveriesOfDocument,
  findReceipt,
  listReceipts,
  receiptId,
  type StoredReceiptWithXml,
  verifyAuditChain,
} from '@docaxis/store'
import {
  acceptDocument,
  emptyTables,
  itWithPrograms,
  type TestBlobs,
  type TestDatabase,
  type TestServiceDeps,
  testAuthority,
  testBlobs,
  testDatabase,
  testServiceDeps,
} from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { createService, type NotarySettings } from '../src/index.ts'
import { acknowledge, failForGood, missDeadline, refuse, undeliverable } from './facts.ts'

const run = promisify(execFile)
const schema = resolve(import.meta.dirname, '../../../schemas/receipt.xsd')
const patient = { overdueMs: 60_000, sweepEveryMs: 60_000, chainEveryMs: 10 }
const impatient = { ...patient, overdueMs: 0, sweepEveryMs: 10 }

let database: TestDatabase
let blobs: TestBlobs
let folder: string
let config: HubConfig
let certificate: Certificate
let deps: TestServiceDeps
let stop: () => Promise<unknown>

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
  folder = await mkdtemp(join(tmpdir(), 'docaxis-notary-'))
  const hub = await issueHubKey()
  certificate = hub.certificate
  config = { ...(await keyFiles(hub)), environment: 'test', tsaPolicy: 'off' } as HubConfig
})
afterAll(async () => {
  await database.close()
  await blobs.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await emptyTables(
    database,
    'document',
    'refusal',
    'outbox',
    'outbox_batch',
    'audit_entry',
    'audit_batch',
    'bus_cursor',
  )
  deps = testServiceDeps(database, blobs)
})
afterEach(async () => {
  await stop()
  await deps.bus.stop()
})

/** The database's clock is the real one, so the certificate covers any day on which this may run. */
async function issueHubKey() {
  const authority = await testAuthority({ notBefore: new Date('2020-01-01'), notAfter: new Date('2090-01-01') })
  return await authority.issueIdentity({
    subject: { commonName: 'Trục thử nghiệm' },
    keyType: 'ec',
    keyUsage: ['digitalSignature'],
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2090-01-01'),
  })
}

async function keyFiles({ privateKeyPem, certificatePem }: { privateKeyPem: string; certificatePem: string }) {
  const hubKeyFile = join(folder, 'hub-key.pem')
  const hubCertFile = join(folder, 'hub-cert.pem')
  await writeFile(hubKeyFile, privateKeyPem)
  await writeFile(hubCertFile, certificatePem)
  return { hubKeyFile, hubCertFile }
}

async function start(
  settings: Partial<NotarySettings> = patient,
  changes: Partial<TestServiceDeps> = {},
): Promise<void> {
  const service = createService(config, { ...deps, ...changes }, settings)
  stop = () => service.stop()
  await service.start()
  await deps.bus.start()
}

async function signed(id: string): Promise<StoredReceiptWithXml & { xml: Buffer }> {
  return await vi.waitFor(
    async () => {
      const receipt = await findReceipt(database, id, 'g99')
      if (!receipt?.xml) throw new Error(`receipt ${id} is not signed`)
      return { ...receipt, xml: receipt.xml }
    },
    { timeout: 10_000 },
  )
}

async function proven(id: string): Promise<Receipt | undefined> {
  const { xml } = await signed(id)
  const { verdict, detail, receipt } = verifyReceipt(xml, { hubCertificates: [certificate] })
  expect({ verdict, detail }).toEqual({ verdict: 'VALID' })
  return receipt
}

async function sha256Of(documentId: string): Promise<string | undefined> {
  const { rows } = await database.query<{ sha256: string }>(
    "select encode(sha256, 'hex') as sha256 from document where id = $1",
    [documentId],
  )
  return rows[0]?.sha256
}

it('attests acceptance: bytes, receivers as resolved, verdict, environment', async () => {
  await start()
  const documentId = await acceptDocument(database, {
    documentId: '000.00.00.G99/1',
    receivers: ['H99.32.05', { written: 'X1', fault: 'M.MessageHeader.To.OrganId' }],
  })

  expect(await proven(receiptId('acceptance', documentId))).toMatchObject({
    kind: 'acceptance',
    environment: 'test',
    hub: 'Trục thử nghiệm',
    document: { id: documentId, documentId: '000.00.00.G99/1', sender: 'G99', sha256: await sha256Of(documentId) },
    receivers: [
      { code: 'H99.32.05', writtenCode: 'H99.32.05' },
      { writtenCode: 'X1', fault: 'M.MessageHeader.To.OrganId' },
    ],
    seal: { verdict: 'INVALID', state: 'absent' },
  })
})

it('attests a refusal with every reason', async () => {
  await start()
  const { refusalId, sha256 } = await refuse(database)

  expect(await proven(receiptId('refusal', refusalId))).toMatchObject({
    kind: 'refusal',
    document: { sha256 },
    refusal: { id: refusalId, problem: 'ENVELOPE_REFUSED', reasons: [{ code: 'N.MessageHeader.Code' }] },
  })
})

it('attests delivery', async () => {
  await start()
  const deliveryId = await acknowledge(database)

  expect(await proven(receiptId('delivery', deliveryId))).toMatchObject({
    kind: 'delivery',
    receiver: { deliveryId, code: 'H99.32.05' },
  })
})

it('attests that a delivery was given up, in the words of the receiver as far as XML carries them', async () => {
  await start()
  const deliveryId = await failForGood(database, 'ổ đĩa đầy <&> \u0001')

  expect(await proven(receiptId('non-delivery', deliveryId))).toMatchObject({
    kind: 'non-delivery',
    receiver: { deliveryId, reason: 'ổ đĩa đầy <&> \u{fffd}' },
  })
})

it('attests that a document was withdrawn before anybody fetched it, and by which packet', async () => {
  await start()
  const documentId = '000.00.00.G99/withdrawn'
  const id = await acceptDocument(database, { documentId })
  const effects = [{ sender: 'G99', target: documentId, action: 'take-back' as const, receiver: 'H99.32.05' }]
  const packet = await acceptDocument(database, { kind: 'status', documentId, receivers: ['H99.32.05'], effects })
  const [delivery] = await deliveriesOfDocument(database, id)

  expect(await proven(receiptId('non-delivery', delivery?.id ?? ''))).toMatchObject({
    kind: 'non-delivery',
    document: { id },
    receiver: { deliveryId: delivery?.id, reason: expect.stringContaining(packet) },
  })
})

it('attests that a deadline passed, and what was true then', async () => {
  await start()
  const subject = await missDeadline(database)

  expect(await proven(receiptId('missed-deadline', subject))).toMatchObject({
    kind: 'missed-deadline',
    receiver: {
      code: 'H99.32.05',
      missed: {
        owed: 'acknowledge',
        dueAt: '2030-01-15T10:00:00.000Z',
        judgedAt: '2030-01-15T10:00:02.000Z',
        transport: 'fetched',
        business: '13',
        unconfirmedYears: [2030],
      },
    },
  })
})

it('attests that a receiver could not get anything', async () => {
  await start()
  const { subject, documentId } = await undeliverable(database, 'X1', 'M.MessageHeader.To.NotConnected')

  const receipt = await proven(receiptId('non-delivery', subject))

  expect(receipt).toMatchObject({ kind: 'non-delivery', document: { id: documentId } })
  expect(receipt).toMatchObject({ receiver: { writtenCode: 'X1', reason: 'M.MessageHeader.To.NotConnected' } })
})

itWithPrograms('xmlsec1', 'xmllint')('signs what xmlsec1 verifies and the schema allows', async () => {
  await start()
  const ids = [
    receiptId('acceptance', await acceptDocument(database)),
    receiptId('refusal', (await refuse(database)).refusalId),
    receiptId('delivery', await acknowledge(database)),
    receiptId('non-delivery', await failForGood(database, 'no disk')),
    receiptId('missed-deadline', await missDeadline(database)),
  ]

  for (const id of ids) {
    const file = join(folder, `${id}.xml`)
    await writeFile(file, (await signed(id)).xml)
    await run('xmlsec1', ['--verify', '--pubkey-cert-pem', config.hubCertFile ?? '', file])
    await run('xmllint', ['--noout', '--schema', schema, file])
  }
})

it('puts receipts into the feed of the sender, and chains what was audited', async () => {
  await start()
  const ids: string[] = []
  for (let index = 0; index < 5; index += 1) ids.push(receiptId('acceptance', await acceptDocument(database)))

  await vi.waitFor(
    async () => {
      const { items } = await listReceipts(database, { systemId: 'g99', limit: 10 })
      expect(items.map(item => item.id).sort()).toEqual([...ids].sort())
      expect(await verifyAuditChain(database)).toMatchObject({ ok: true, head: { seq: 10n } })
    },
    { timeout: 10_000 },
  )
})

it('signs once when the event comes again: the bytes stay', async () => {
  await start()
  const id = receiptId('acceptance', await acceptDocument(database))
  const { xml } = await signed(id)

  await database.query(
    `insert into outbox_batch (size, events)
     select 1, jsonb_build_array(jsonb_build_object('topic', topic, 'key', key, 'hash', partition, 'event', event))
       from outbox where topic = 'docaxis.document.accepted'`,
  )
  const later = receiptId('acceptance', await acceptDocument(database))
  await signed(later)

  expect((await signed(id)).xml.equals(xml)).toBe(true)
  const { rows } = await database.query("select from outbox_log where event ->> 'id' = $1", [`${id}:issued`])
  expect(rows).toHaveLength(1)
})

it('signs receipts whose event was lost', async () => {
  const id = receiptId('acceptance', await acceptDocument(database))
  await database.query('truncate outbox')

  await start(impatient)

  expect(await proven(id)).toMatchObject({ kind: 'acceptance' })
})

it('signs the others when one cannot be signed, and tells which', async () => {
  const bad = receiptId('acceptance', await acceptDocument(database))
  const good = receiptId('acceptance', await acceptDocument(database))
  await database.query('truncate outbox')
  await database.query(
    "update document set document_id = E'\\u0001' where id = (select document_id from receipt where id = $1)",
    [bad],
  )

  await start(impatient)

  await signed(good)
  expect(await findReceipt(database, bad, 'g99')).toMatchObject({ issuedAt: null })
  expect(deps.lines).toContainEqual(expect.objectContaining({ receiptId: bad, msg: 'receipt cannot be signed' }))
})

it('owes nothing for a status message', async () => {
  await start()
  const statusId = await acceptDocument(database, { kind: 'status' })
  await signed(receiptId('acceptance', await acceptDocument(database)))

  expect(await findReceipt(database, receiptId('acceptance', statusId), 'g99')).toBeUndefined()
})

it('sends audit entries to the log host in the order of the chain, each with its number', async () => {
  const sent: SyslogEntry[] = []
  const syslog = { send: (entry: SyslogEntry) => sent.push(entry), dropped: 0, close: async () => undefined }
  await start(patient, { syslog })

  const documentId = await acceptDocument(database)

  await vi.waitFor(() => expect(sent.length).toBe(2), { timeout: 10_000 })
  expect(sent).toMatchObject([
    { action: 'document.accept', outcome: 'success', details: { seq: '1', object: documentId } },
    { action: 'receipt.issue', details: { seq: '2' } },
  ])
})

it('tells one outcome per receipt by ids, and no content', async () => {
  await start()
  const documentId = await acceptDocument(database)
  await signed(receiptId('acceptance', documentId))

  expect(deps.lines.filter(line => line.msg === 'receipt signed')).toMatchObject([{ documentId, kind: 'acceptance' }])
  expect(JSON.stringify(deps.lines)).not.toContain('thử nghiệm')
})
