import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { checksOfDocument } from '@docaxis/store'
import {
  acceptDocument,
  daysFromNoon,
  envelopeXml,
  type TestBlobs,
  type TestDatabase,
  testAuthority,
  testBlobs,
  testDatabase,
  testPdf,
} from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'

// The trust service as a process of its own, over the real database, killed while it checks large PDFs.

const main = resolve(import.meta.dirname, '../../src/main.ts')
const pdfBytes = 40_000_000
const pdfs = 3
/** The process judges by the clock of the machine. Nobody trusts the authority, which is an answer as well. */
const lasting = { notBefore: daysFromNoon(-1826), notAfter: daysFromNoon(1826) }

let database: TestDatabase
let blobs: TestBlobs
let documentId: string
let running: ChildProcess | undefined

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
  const signer = await (await testAuthority()).seal('G99', lasting)
  const contents = Array.from({ length: pdfs }, () => testPdf({ signer, ballast: pdfBytes }))
  const attachments = contents.map((content, index) => ({ name: `${index}.pdf`, type: 'application/pdf', content }))
  const packet = envelopeXml({ sender: 'G99', receivers: ['H99'], attachments })
  const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  await blobs.put(packet, sha256Of(packet))
  const checks = contents.map((content, position) => ({
    position,
    kind: 'signatures' as const,
    sha256: sha256Of(content),
    sizeBytes: content.length,
    holds: true,
  }))
  documentId = await acceptDocument(database, { receivers: ['H99'], packet, checks })
}, 120_000)
afterAll(async () => {
  running?.kill('SIGKILL')
  await blobs?.close()
  await database?.close()
})

function startTrust(): ChildProcess {
  const env = {
    PATH: process.env.PATH,
    DOCAXIS_DATABASE_URL: database.connectionString,
    DOCAXIS_BLOB_URL: `file:${blobs.folder}`,
    DOCAXIS_DATA_DIR: blobs.folder,
    DOCAXIS_ENVIRONMENT: 'test',
    DOCAXIS_HTTP_PORT: '0',
    DOCAXIS_LOG_LEVEL: 'warn',
  }
  running = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  return running
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const patience = { timeout: 90_000, interval: 5 }
const checks = () => checksOfDocument(database, documentId)
const underWay = async () => (await checks()).filter(({ state, attempts }) => state === 'waiting' && attempts > 0)

it('loses no check when it is killed in the midst of large PDFs, and every verdict comes after a restart', async () => {
  const first = startTrust()
  await expect.poll(async () => (await underWay()).length, patience).toBeGreaterThan(0)
  await killed(first)

  const afterKill = await checks()
  const inTheMidst = await underWay()
  // The lease of who died has run out.
  await database.query('update attachment_check set due_at = clock_timestamp() where state = $1', ['waiting'])
  startTrust()

  await expect.poll(async () => (await checks()).map(({ state }) => state), patience).toEqual(['done', 'done', 'done'])
  const settled = await checks()
  expect(afterKill).toHaveLength(pdfs)
  expect(inTheMidst.map(({ verdict }) => verdict)).toEqual(inTheMidst.map(() => null))
  expect(settled.map(({ verdict }) => (verdict as { code: string }).code)).toEqual(Array(pdfs).fill('PATH_NOT_FOUND'))
  expect(settled.some(({ attempts }) => attempts > 1)).toBe(true)
}, 240_000)
