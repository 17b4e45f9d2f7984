import { addSystem, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type AuditQuery, type AuditRow, emptyScope, listAudit } from '../../src/console/index.ts'
import { chainAudit, importDirectory, recordAudit } from '../../src/index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => database.query('truncate audit_entry, audit_batch restart identity'))

const chain = () => database.transaction(tx => chainAudit(tx, 1000))
const list = (query: Partial<AuditQuery>) =>
  listAudit(database, { scope: { ...emptyScope, everything: true }, limit: 50, ...query })
const objects = (rows: readonly AuditRow[]) => rows.map(row => row.object)

async function tell(...told: readonly string[]): Promise<void> {
  await recordAudit(
    database,
    told.map(object => ({ actor: 'system:g99', action: 'document.accept', object, outcome: 'accepted' })),
  )
}

async function pages(limit: number, between: () => Promise<unknown> = async () => undefined): Promise<AuditRow[][]> {
  const read: AuditRow[][] = []
  for (let before: string | undefined; ; before = read.at(-1)?.at(-1)?.id) {
    const page = await list({ limit, ...(before !== undefined && { before }) })
    if (page.length === 0) return read
    read.push([...page])
    await between()
  }
}

it('shows the newest first, what waits for the notary before what is chained', async () => {
  await tell('a', 'b')
  await chain()
  await tell('c', 'd')
  await tell('e')

  const rows = await list({})

  expect(objects(rows)).toEqual(['e', 'd', 'c', 'b', 'a'])
  expect(rows.map(row => row.seq)).toEqual([undefined, undefined, undefined, '2', '1'])
})

it('continues below any row, waiting or chained', async () => {
  await tell('a', 'b', 'c')
  await chain()
  await tell('d', 'e')
  await tell('f')

  const read = await pages(1)

  expect(objects(read.flat())).toEqual(['f', 'e', 'd', 'c', 'b', 'a'])
})

it('leaves out nothing when rows are chained between two pages', async () => {
  await tell('a', 'b', 'c', 'd', 'e')

  const read = await pages(2, chain)

  expect(new Set(objects(read.flat()))).toEqual(new Set(['a', 'b', 'c', 'd', 'e']))
})

it('asks the same of rows that wait as of others', async () => {
  await tell('a', 'b')
  await chain()
  await tell('a', 'b')

  expect(objects(await list({ object: 'a' }))).toEqual(['a', 'a'])
  expect(await list({ action: 'delivery.' })).toEqual([])
  expect(await list({ actor: 'system:h99' })).toEqual([])
  expect(await list({ from: new Date(Date.now() + 60_000) })).toEqual([])
  expect(await list({ to: new Date(Date.now() + 60_000) })).toHaveLength(4)
})

it('shows, waiting or chained, only what systems inside a limited scope did', async () => {
  const agencies = ['H98', 'H99'].map(code => ({ code, level: 'province', kind: 'agency', name: code }))
  const file = Buffer.from(JSON.stringify(agencies))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))
  for (const code of ['H98', 'H99']) {
    await addSystem(database, `s-${code}`)
    await database.query('insert into system_agency (system_id, agency_code) values ($1, $2)', [`s-${code}`, code])
  }
  const told = ['system:s-H98', 'system:s-H99', 'service:notary'].map(actor => ({
    actor,
    action: 'a',
    outcome: 'done',
  }))
  const seen = async () => (await list({ scope: { ...emptyScope, subtrees: ['H99'] } })).map(row => row.actor)

  await recordAudit(database, told)
  expect(await seen()).toEqual(['system:s-H99'])
  await chain()
  expect(await seen()).toEqual(['system:s-H99'])
})
