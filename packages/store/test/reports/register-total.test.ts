import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { emptyScope, registerRows, reportRows, reportTotal } from '../../src/console/index.ts'
import { importDirectory, putRegisterTotals, type RegisterTotal, registerHistory } from '../../src/index.ts'

let database: TestDatabase

const everything = { ...emptyScope, everything: true }
const autumn = { from: '2026-09', to: '2026-11' }
const byForm = { source: 'form', enteredBy: 'user:lan' } as const

beforeAll(async () => {
  database = await testDatabase()
  const agencies = ['G99', 'H99', 'H99.05'].map(code => ({
    code,
    kind: 'agency',
    name: `Agency ${code}`,
    level: 'province',
  }))
  const file = Buffer.from(JSON.stringify(agencies))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'replace' }))
})
afterAll(() => database?.close())
beforeEach(() => database.query('truncate register_total, report_month'))

it('keeps what an agency registered in a month, with its source and who entered it', async () => {
  await put({ agency: 'G99', month: '2026-10', outgoing: 120, incoming: null })

  const [entry] = await registerHistory(database, 'G99', { month: '2026-10', limit: 9 })

  expect(entry).toMatchObject({ month: '2026-10', outgoing: 120, incoming: null, ...byForm, replacedAt: null })
})

it('replaces an entry by a correction and keeps both', async () => {
  await put({ agency: 'G99', month: '2026-10', outgoing: 120, incoming: 80 })
  const changed = await database.transaction(tx =>
    putRegisterTotals(tx, [total(100, 80)], { source: 'api', enteredBy: 'system:g99' }),
  )

  const history = await registerHistory(database, 'G99', { limit: 9 })

  expect(changed).toEqual([total(100, 80)])
  expect(history.map(({ outgoing, source, replacedAt }) => [outgoing, source, replacedAt === null])).toEqual([
    [100, 'api', true],
    [120, 'form', false],
  ])
  expect(await registerRows(database, everything, { month: '2026-10', limit: 9 })).toMatchObject([
    { agency: 'G99', outgoing: 100, corrections: 1 },
  ])
})

it('leaves everything as it is when the same is said again', async () => {
  await put(total(120, 80))
  const again = await put(total(120, 80))

  expect(again).toEqual([])
  expect(await registerHistory(database, 'G99', { limit: 9 })).toHaveLength(1)
})

it.each([
  { what: 'of a month to come', entry: { agency: 'G99', month: '2999-01', outgoing: 1, incoming: 1 } },
  { what: 'without any number', entry: { agency: 'G99', month: '2026-10', outgoing: null, incoming: null } },
])('refuses an entry $what', async ({ entry }) => {
  await expect(put(entry)).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
})

it('keeps one of two that come at once', async () => {
  await Promise.all([put(total(1, 1)), put(total(2, 2)), put(total(3, 3))])

  const history = await registerHistory(database, 'G99', { limit: 9 })

  expect(history.filter(({ replacedAt }) => replacedAt === null)).toHaveLength(1)
})

it('compares what went through the hub with the registers of those agencies and months that have some', async () => {
  await counted('G99', '2026-09', { sent: 50, received: 5 })
  await counted('G99', '2026-10', { sent: 60, received: 6 })
  await counted('H99', '2026-10', { sent: 70, received: 7 })
  await put(total(120, 80), { agency: 'H99.05', month: '2026-10', outgoing: null, incoming: 10 })

  const sums = await reportTotal(database, everything, autumn)

  expect(sums).toMatchObject({ outgoing: 120, outgoingThrough: 60, incoming: 90, incomingThrough: 6, entered: 2 })
  expect(sums).toMatchObject({ sent: 180, received: 18 })
  const months = await reportRows(database, everything, autumn, 'month', { limit: 9 })
  expect(months.map(({ key, outgoing, entered }) => [key, outgoing, entered])).toEqual([
    ['2026-09', 0, 0],
    ['2026-10', 120, 2],
  ])
})

it('shows entries of the scope alone', async () => {
  await put(total(120, 80), { agency: 'H99', month: '2026-10', outgoing: 5, incoming: 5 })

  const rows = await registerRows(database, { ...emptyScope, subtrees: ['H99'] }, { month: '2026-10', limit: 9 })

  expect(rows.map(({ agency }) => agency)).toEqual(['H99'])
})

function total(outgoing: number, incoming: number): RegisterTotal {
  return { agency: 'G99', month: '2026-10', outgoing, incoming }
}

function put(...totals: RegisterTotal[]): Promise<RegisterTotal[]> {
  return database.transaction(tx => putRegisterTotals(tx, totals, byForm))
}

function counted(
  agency: string,
  month: string,
  { sent, received }: { sent: number; received: number },
): Promise<unknown> {
  return database.query('insert into report_month (agency, month, sent, received) values ($1, $2, $3, $4)', [
    agency,
    `${month}-01`,
    sent,
    received,
  ])
}
