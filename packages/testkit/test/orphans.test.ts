import { insertDeliveries, newHubId, releaseDeliveries, storeRefusal, type Tx, useKey } from '@docaxis/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { acceptDocument, emptyTables, namedParents, orphans, type TestDatabase, testDatabase } from '../src/index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await exchange()
})
afterAll(() => database.close())

const nobody = 'f'.repeat(24)
const sha256 = 'ab'.repeat(32)

/** A row in every table that names a parent. */
async function exchange(): Promise<void> {
  const check = { position: 0, kind: 'signatures', sha256, sizeBytes: 1, holds: false } as const
  const documentId = await acceptDocument(database, { checks: [check] })
  const place = { receiver: 'H99.32.05', receiverWritten: 'H99.32.05', level: 'commune' } as const
  const delivery = { id: newHubId(), documentId, kind: 'document', priority: 0, ...place } as const
  await database.transaction(async tx => {
    await insertDeliveries(tx, [delivery])
    await releaseDeliveries(tx, [delivery.id])
  })
  await useKey(database, 'g99', 'key', sha256)
  const refusal = { id: newHubId(), systemId: 'g99', sha256, sizeBytes: 1, findings: [] }
  await storeRefusal(database, { ...refusal, problem: 'ENVELOPE_REFUSED' })
}

/** What is found after a change that is taken back. */
async function orphansAfter(change: (tx: Tx) => Promise<unknown>): Promise<string[]> {
  let found: string[] = []
  const takenBack = new Error('taken back')
  await database
    .transaction(async tx => {
      await change(tx)
      found = await orphans(tx)
      throw takenBack
    })
    .catch(error => {
      if (error !== takenBack) throw error
    })
  return found
}

it('finds nothing where every parent is there', async () => {
  expect(await orphans(database)).toEqual([])
})

it.each(namedParents)('names a row of $table whose $column names no $parent', async ({ table, column }) => {
  const found = await orphansAfter(tx => tx.query(`update ${table} set ${column} = $1`, [nobody]))

  expect(found).toEqual([`${table}.${column}: ${nobody}`])
})

it('names what a parent left behind that was deleted', async () => {
  const { rows } = await database.query<{ id: string }>('select id from delivery')

  const found = await orphansAfter(async tx => {
    await tx.query('delete from delivery')
  })

  expect(found).toEqual([`deadline.delivery_id: ${rows[0]?.id}`])
})

it('lets no test end with a row without its parent', async () => {
  const left = await testDatabase()
  await useKey(left, nobody, 'key', sha256)

  await expect(left.close()).rejects.toThrow(`idempotency.system_id: ${nobody}`)
})

it('empties tables with all that hangs on their rows', async () => {
  const emptied = await testDatabase()
  await acceptDocument(emptied)

  await emptyTables(emptied, 'system')

  const { rows } = await emptied.query('select id from document union all select id from receipt')
  await emptied.close()
  expect(rows).toEqual([])
})
