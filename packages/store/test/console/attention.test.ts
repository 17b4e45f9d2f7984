import { emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  emptyScope,
  lateByLevel,
  listAttention,
  listedDocuments,
  openLevels,
  type Scope,
  searchDocuments,
  takeSearchTurn,
} from '../../src/console/index.ts'
import { importDirectory, insertDeadLetter } from '../../src/index.ts'
import { deliver, route } from '../delivering.ts'

let database: TestDatabase

const everything: Scope = { ...emptyScope, everything: true }
const only = (...subtrees: string[]): Scope => ({ ...emptyScope, subtrees })

const agencies = [
  { code: 'G99', level: 'central' },
  { code: 'H99', level: 'province' },
  { code: 'H99.05', level: 'commune', parent: 'H99' },
  { code: 'H98.01', level: 'commune' },
  { code: 'H99.32', level: 'district', parent: 'H99', validTo: '2025-07-01' },
].map(agency => ({ kind: 'agency', name: `Agency ${agency.code}`, ...agency }))

beforeAll(async () => {
  database = await testDatabase()
  const file = Buffer.from(JSON.stringify(agencies))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'replace' }))
})
afterAll(() => database?.close())
beforeEach(() => emptyTables(database, 'document', 'dead_letter'))

it('is empty where all is well', async () => {
  await deliver(database, { receivers: ['H99.05'] })
  await route(database, { receivers: ['H99.05'] })

  expect(await listAttention(database, everything)).toEqual([])
})

it('names what came no further for two minutes', async () => {
  await route(database, { receivers: ['H99.05'] })
  await database.query("update delivery set routed_at = routed_at - interval '1 hour'")

  expect(await listAttention(database, everything)).toMatchObject([{ kind: 'stuck', count: 1 }])
})

it('names what is held, and why', async () => {
  const ids = await route(database, { receivers: ['H99.05', 'H98.01'] })
  await database.query("update delivery set state = 'held'")
  await database.query(
    "insert into delivery_hold select unnest($1::text[]), 'certificate-revoked', now() - interval '1 hour'",
    [ids],
  )

  expect(await listAttention(database, everything)).toMatchObject([
    { kind: 'held', count: 2, why: 'certificate-revoked', receivers: 2 },
  ])
})

it('names who has not fetched by the deadline, and who has fetched and is late', async () => {
  await missed('H99.05', 'acknowledge')
  await missed('H99.05', 'acknowledge')
  await missed('H98.01', 'acknowledge')
  const fetched = await missed('H98.01', 'finish')
  await database.query("update delivery set first_fetched_at = now(), state = 'fetched' where id = $1", [fetched])

  const found = await listAttention(database, everything)

  expect(found).toMatchObject([
    { kind: 'not-fetched', count: 3, receivers: 2, worst: { code: 'H99.05', name: 'Agency H99.05', count: 2 } },
    { kind: 'late', count: 1, worst: { code: 'H98.01' } },
  ])
  expect(await lateByLevel(database, everything)).toEqual([{ from: 'central', to: 'commune', late: 4 }])
})

it('counts between two levels what the list of documents shows for them', async () => {
  await database.query('truncate document_search, document_mark, document_search_progress')
  await missed('H99.05', 'fetch')
  await missed('H98.01', 'acknowledge')
  await missed('H99', 'acknowledge')
  await deliver(database, { receivers: ['H99.05'] })
  await database.query("update delivery set level = 'province' where receiver = 'H99'")
  await database.query("insert into document_event (document_id, what) select id, 'deadline-reached' from document")
  await takeSearchTurn(database)

  for (const { from, to, late } of await lateByLevel(database, everything)) {
    const question = { late: true, fromLevel: from, toLevel: to }
    const { ids } = await searchDocuments(database, everything, question, { limit: 50 })
    const rows = await listedDocuments(database, ids, undefined)
    expect(rows.reduce((sum, row) => sum + row.late, 0)).toBe(late)
  }
  expect(await lateByLevel(database, everything)).toHaveLength(2)
})

it('counts a delivery once, whichever of its deadlines are missed', async () => {
  const id = await missed('H99.05', 'fetch')
  await miss(id, 'H99.05', 'acknowledge')

  expect(await listAttention(database, everything)).toMatchObject([{ kind: 'not-fetched', count: 1 }])
})

it('names what receivers refused within a day, and not what was settled since', async () => {
  const [refused = '', settled = ''] = await deliver(database, { receivers: ['H99.05', 'H98.01'] })
  await database.query(
    `insert into business_report (delivery_id, code, reporter, system_id, via)
     select unnest($1::text[]), '02', 'H99.05', 'g99', 'json'`,
    [[refused, settled]],
  )
  await database.query("update delivery set business = case id when $1 then '02' else '03' end", [refused])

  expect(await listAttention(database, everything)).toMatchObject([{ kind: 'refused', count: 1 }])
})

it('names dead letters to the staff of the hub only', async () => {
  await database.transaction(tx =>
    insertDeadLetter(tx, {
      group: 'router',
      topic: 'docaxis.document.accepted',
      key: 'k',
      event: { id: 'e1' } as never,
      code: 'UNEXPECTED',
      reason: 'a bug',
      attempts: 8,
    }),
  )

  expect(await listAttention(database, everything)).toMatchObject([{ kind: 'dead-letter', count: 1 }])
  expect(await listAttention(database, only('G99', 'H99'))).toEqual([])
})

it.each([
  { who: 'the sender', scope: only('G99'), count: 2 },
  { who: 'a receiver', scope: only('H99'), count: 1 },
  { who: 'anybody else', scope: only('X'), count: 0 },
])('counts for $who what concerns them', async ({ scope, count }) => {
  await missed('H99.05', 'acknowledge')
  await missed('H98.01', 'acknowledge')

  const [found] = await listAttention(database, scope)

  expect(found?.count ?? 0).toBe(count)
  expect((await lateByLevel(database, scope)).reduce((sum, { late }) => sum + late, 0)).toBe(count)
})

it('shows the levels that have open agencies: districts went with the reform', async () => {
  expect(await openLevels(database)).toEqual(['central', 'province', 'commune'])
})

async function missed(receiver: string, kind: string): Promise<string> {
  const [id = ''] = await deliver(database, { sender: 'G99', receivers: [receiver] })
  await miss(id, receiver, kind)
  return id
}

async function miss(id: string, receiver: string, kind: string): Promise<void> {
  await database.query(
    `insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at, state, calendar_revision, hours,
                           clock, counted_from, due_at, missed_at, missed_transport)
     select id, $2, document_id, 'G99', $3, now() - interval '2 days', 'missed', 1, '', 'working',
            now() - interval '2 days', now() - interval '1 day', now(), 'available'
       from delivery
      where id = $1
     on conflict (delivery_id, kind) do update
        set state = 'missed', calendar_revision = 1, hours = '', clock = 'working', counted_from = excluded.counted_from,
            due_at = excluded.due_at, missed_at = now(), missed_transport = 'available'`,
    [id, kind, receiver],
  )
}
