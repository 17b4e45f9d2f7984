import { readFile } from 'node:fs/promises'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type ChainHead, chainAudit, listChained, recordAudit, verifyAuditChain } from '../../src/index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => database.query('truncate audit_entry, audit_batch restart identity'))

const chain = (limit = 1000) => database.transaction(tx => chainAudit(tx, limit))

async function write(count: number): Promise<void> {
  const entries = Array.from({ length: count }, (_, index) => ({
    actor: 'system:g99',
    action: 'document.accept',
    object: `d${index}`,
    outcome: 'accepted',
    details: { sha256: 'ab'.repeat(32), b: index, a: 'Đ' },
  }))
  await recordAudit(database, entries)
}

async function headOf(): Promise<ChainHead> {
  const verdict = await verifyAuditChain(database)
  if (!verdict.ok) throw new Error(`the chain does not hold at ${verdict.seq}`)
  return verdict.head
}

it('numbers rows without a gap and holds, over several rounds', async () => {
  await write(3)
  await write(2)
  expect(await chain(1)).toBe(3)
  expect(await chain()).toBe(2)
  await write(2)
  await chain()

  expect(await headOf()).toMatchObject({ seq: 7n })
  expect((await listChained(database, 5n, 10)).map(entry => entry.object)).toEqual(['d0', 'd1'])
})

it('takes what was told as it was told, a list longer than a batch as well', async () => {
  await write(1201)
  const told = await database.query(
    'select actor, action, object, outcome, details from audit_log order by batch, place',
  )
  expect((await database.query('select from audit_batch')).rowCount).toBe(3)

  await chain()

  const rows = await database.query('select actor, action, object, outcome, details from audit_entry order by id')
  expect(rows.rows).toEqual(told.rows)
  expect(rows.rows.map(row => row.object)).toEqual(Array.from({ length: 1201 }, (_, index) => `d${index}`))
  expect((await database.query('select from audit_batch')).rowCount).toBe(0)
  expect(await headOf()).toMatchObject({ seq: 1201n })
})

it('keeps out rows that nobody chained', async () => {
  const bare = database.query("insert into audit_entry (actor, action, outcome) values ('x', 'y', 'z')")

  await expect(bare).rejects.toThrow(/audit_entry_chained/)
})

it('holds when it is empty', async () => {
  expect(await headOf()).toEqual({ seq: 0n, hash: '00'.repeat(32) })
})

it('holds when writers and chainers run at once', async () => {
  await Promise.all(Array.from({ length: 20 }, async () => Promise.all([write(3), chain(4)])))
  while ((await chain()) > 0);

  expect(await headOf()).toMatchObject({ seq: 60n })
})

it.each([
  { what: 'a changed outcome', sql: "update audit_entry set outcome = 'refused' where seq = 4", seq: 4n },
  { what: 'a changed time', sql: "update audit_entry set at = at + interval '1 us' where seq = 4", seq: 4n },
  { what: 'a changed detail', sql: `update audit_entry set details = '{"b": 1}' where seq = 4`, seq: 4n },
  { what: 'a changed hash', sql: "update audit_entry set hash = '\\x00' where seq = 4", seq: 4n },
  { what: 'a deleted row', sql: 'delete from audit_entry where seq = 4', seq: 4n },
  {
    what: 'swapped rows',
    sql: `update audit_entry set seq = case seq when 4 then -5 else -4 end where seq in (4, 5);
          update audit_entry set seq = -seq where seq < 0`,
    seq: 4n,
  },
  {
    what: 'an inserted row in the place of a deleted one',
    sql: `delete from audit_entry where seq = 4;
          insert into audit_entry (actor, action, outcome, seq, hash)
          select 'x', 'y', 'z', 4, hash from audit_entry where seq = 5`,
    seq: 4n,
  },
])('names the place of $what', async ({ sql, seq }) => {
  await write(8)
  await chain()

  await database.query(sql)

  expect(await verifyAuditChain(database)).toMatchObject({ ok: false, seq })
})

it('finds a row inserted behind the end, and an end that was cut off, by a head kept outside', async () => {
  await write(8)
  await chain()
  const head = await headOf()

  await database.query('delete from audit_entry where seq = 8')

  expect(await verifyAuditChain(database)).toMatchObject({ ok: true })
  expect(await verifyAuditChain(database, head)).toEqual({ ok: false, seq: 8n, fault: 'cut' })

  await write(1)
  await chain()
  expect(await verifyAuditChain(database, head)).toEqual({ ok: false, seq: 8n, fault: 'changed' })
})

it('goes on with the chain of an older release, and with what that left unchained', async () => {
  await write(3)
  await chain()
  await database.query(`
    drop view audit_log, audit_pending;
    drop table audit_batch;
    alter table audit_entry drop constraint audit_entry_chained;
    create index audit_entry_unchained on audit_entry (id) where seq is null;
    insert into audit_entry (at, actor, action, object, outcome, details)
    values ('2026-01-02 03:04:05.678901+00', 'system:g99', 'document.accept', 'old', 'accepted', '{"b": 1}'),
           ('2026-01-02 03:04:05.678902+00', 'service:notary', 'hub-key.renew', null, 'done', '{}')`)

  await database.query(await readFile(new URL('../../migrations/0030_audit_batches.sql', import.meta.url), 'utf8'))
  await write(1)
  await chain()

  expect(await headOf()).toMatchObject({ seq: 6n })
  expect(await listChained(database, 3n, 10)).toMatchObject([
    { seq: 4n, at: '2026-01-02T03:04:05.678901Z', object: 'old', details: '{"b": 1}' },
    { seq: 5n, at: '2026-01-02T03:04:05.678902Z', object: null, action: 'hub-key.renew' },
    { seq: 6n, object: 'd0' },
  ])
})
