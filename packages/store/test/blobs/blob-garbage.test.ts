import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestBlobs, type TestDatabase, testBlobs, testDatabase } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type BlobFault, collectGarbage, lockBlob, scrub } from '../../src/index.ts'

const bytes = Buffer.from('<edXML/>')
const sha256 = createHash('sha256').update(bytes).digest('hex')
const hourMs = 60 * 60 * 1000

let database: TestDatabase
let blobs: TestBlobs
beforeEach(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
  await blobs.put(bytes, sha256)
})
afterEach(async () => {
  await database.close()
  await blobs.close()
})

/** The collector's clock, so many hours after the blob was kept. */
function inHours(hours: number): () => Date {
  return () => new Date(Date.now() + hours * hourMs)
}

async function acceptDocument(): Promise<void> {
  await database.query("insert into system (id, name) values ('s', 's')")
  await database.query(
    `insert into document (id, kind, system_id, sender, sender_written, document_id, action, sha256, size_bytes,
                           header_digest, attachments_digest, envelope, verdict, profile, signature_policy)
     values (repeat('a', 24), 'document', 's', 'G99', 'G99', 'd-1', 'new', decode($1, 'hex'), 8, '', '', '{}', '{}',
             'strict', 'record')`,
    [sha256],
  )
}

function pathOfBlob(): string {
  return join(blobs.folder, sha256.slice(0, 2), sha256)
}

it('removes a blob that no document names after a day', async () => {
  const report = await collectGarbage(database, blobs, { now: inHours(25) })

  expect(report).toEqual({ seen: 1, removed: 1 })
  expect(await blobs.keptAt(sha256)).toBeUndefined()
})

it('keeps a blob that a document names', async () => {
  await acceptDocument()

  expect(await collectGarbage(database, blobs, { now: inHours(25) })).toEqual({ seen: 1, removed: 0 })
})

it('keeps a blob younger than a day, whatever it is told', async () => {
  expect(await collectGarbage(database, blobs, { now: inHours(23), olderThanMs: 0 })).toEqual({ seen: 1, removed: 0 })
})

it('keeps a blob whose acceptance is under way', async () => {
  await database.transaction(async tx => {
    await lockBlob(tx, sha256)

    expect(await collectGarbage(database, blobs, { now: inHours(25) })).toEqual({ seen: 1, removed: 0 })
  })
})

async function faults(): Promise<readonly BlobFault[]> {
  const found: BlobFault[] = []
  for await (const fault of scrub(database, blobs)) found.push(fault)
  return found
}

it('finds nothing wrong with blobs that are right', async () => {
  await acceptDocument()

  expect(await faults()).toEqual([])
})

it('names a blob with one bit changed', async () => {
  await writeFile(pathOfBlob(), '<edXMl/>')

  expect(await faults()).toEqual([{ sha256, fault: 'changed' }])
})

it('names a document whose blob is missing', async () => {
  await acceptDocument()
  await rm(pathOfBlob())

  expect(await faults()).toEqual([{ sha256, fault: 'missing' }])
})
