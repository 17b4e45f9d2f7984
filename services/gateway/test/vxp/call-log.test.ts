import { createSystem, listVxpCalls } from '@docaxis/store'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCallLog } from '../../src/vxp/call-log.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await createSystem(database, { id: 'kit', name: 'kit' })
})
afterAll(() => database.close())

const logger = pino({ enabled: false })

const call = { systemId: 'kit', at: new Date('2030-01-15T05:00:00Z'), operation: 'sendEdoc', address: '::1', code: '0' }

it('has written a call when it was asked to, though another had begun to write it', async () => {
  const log = createCallLog({ database, logger })
  let isOver = false
  await database.transaction(async tx => {
    await tx.query('lock table vxp_call in exclusive mode')
    log.note({ ...call, details: {} })
    void log.flush()
    void log.flush().then(() => {
      isOver = true
    })
    await expect.poll(waitingForLocks, { timeout: 10_000 }).toBe(1)
    expect(isOver).toBe(false)
  })

  await log.flush()

  expect(await listVxpCalls(database, 'kit')).toMatchObject([{ operation: 'sendEdoc' }])
})

async function waitingForLocks(): Promise<number> {
  const text =
    'select count(*)::integer as count from pg_locks join pg_database on pg_database.oid = pg_locks.database where not granted and datname = current_database()'
  const { rows } = await database.query<{ count: number }>(text)
  return rows[0]?.count ?? 0
}
