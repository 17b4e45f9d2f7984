import { acceptDocument, emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  createReceipt,
  findReceipt,
  listReceipts,
  overdueReceipts,
  receiptId,
  receiptsOfDocument,
  storeSignedReceipts,
  unsignedReceipts,
} from '../../src/index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => emptyTables(database, 'document'))

/** Accepts a document and stores some bytes as its signed receipt; returns the receipt's id. */
async function signOne(systemId = 'g99'): Promise<string> {
  const id = receiptId('acceptance', await acceptDocument(database, { systemId }))
  await database.transaction(async tx => {
    const unsigned = await unsignedReceipts(tx, [id])
    await storeSignedReceipts(tx, unsigned.map(signed))
  })
  return id
}

const signed = (receipt: Awaited<ReturnType<typeof unsignedReceipts>>[number]) => ({
  receipt,
  xml: Buffer.from('<r/>'),
  xmlSha256: 'ab'.repeat(32),
  issuedAt: receipt.readAt,
  certificateSha256: 'cd'.repeat(32),
})

async function readAll(systemId: string, after = '0'): Promise<string[]> {
  const page = await listReceipts(database, { systemId, after, limit: 3 })
  const ids = page.items.map(item => item.id)
  return page.items.length === 0 ? ids : [...ids, ...(await readAll(systemId, page.next))]
}

it('is owed from acceptance on and in the feed once it is signed', async () => {
  const documentId = await acceptDocument(database)
  const id = receiptId('acceptance', documentId)

  expect(await findReceipt(database, id, 'g99')).toMatchObject({ kind: 'acceptance', issuedAt: null, xml: null })
  expect(await receiptsOfDocument(database, documentId, 'g99')).toMatchObject([{ id, issuedAt: null }])
  expect(await readAll('g99')).toEqual([])

  const signedId = await signOne()

  expect(await readAll('g99')).toEqual([signedId])
  expect(await findReceipt(database, signedId, 'g99')).toMatchObject({ xml: Buffer.from('<r/>') })
})

it('shows a system its own receipts only', async () => {
  const mine = await signOne('g99')
  const other = await signOne('h99')

  expect(await readAll('g99')).toEqual([mine])
  expect(await findReceipt(database, other, 'g99')).toBeUndefined()
})

it('signs once: a receipt that is signed is owed no more', async () => {
  const id = await signOne()

  const again = await database.transaction(tx => unsignedReceipts(tx, [id]))

  expect(again).toEqual([])
})

it('creates a receipt once however often its fact is told', async () => {
  const documentId = await acceptDocument(database)
  const wish = { kind: 'acceptance', subjectId: documentId, systemId: 'g99', agencyCode: 'G99', documentId } as const

  await database.transaction(tx => createReceipt(tx, wish))

  expect(await receiptsOfDocument(database, documentId, 'g99')).toHaveLength(1)
})

it('finds receipts whose event was lost, and leaves those that another transaction holds', async () => {
  const id = receiptId('acceptance', await acceptDocument(database))
  const overdue = { overdueMs: 0, limit: 10 }

  await database.transaction(async holding => {
    expect((await overdueReceipts(holding, overdue)).map(receipt => receipt.id)).toEqual([id])
    expect(await database.transaction(tx => overdueReceipts(tx, overdue))).toEqual([])
  })
})

it('skips nothing for a reader by number while many sign at once', async () => {
  const seen: string[] = []
  let after = '0'
  const read = async () => {
    const page = await listReceipts(database, { systemId: 'g99', after, limit: 100 })
    seen.push(...page.items.map(item => item.id))
    after = page.next
  }
  const signers = Array.from({ length: 30 }, () => signOne())
  let done = false
  const reading = (async () => {
    while (!done) await read()
  })()

  const ids = await Promise.all(signers)
  done = true
  await reading
  await read()

  expect(seen).toHaveLength(30)
  expect(new Set(seen)).toEqual(new Set(ids))
})

it.each(['-1', '1.5', 'abc', '9'.repeat(20)])('refuses %j as a position', async after => {
  const listing = listReceipts(database, { systemId: 'g99', after, limit: 10 })

  await expect(listing).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
})
