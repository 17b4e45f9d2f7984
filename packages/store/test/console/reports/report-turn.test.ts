import { emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  emptyScope,
  type ReportQuestion,
  refusalReasons,
  reportRows,
  reportTotal,
  type Scope,
  takeReportTurn,
} from '../../../src/console/index.ts'
import { type BusinessCode, importDirectory, newHubId, recordBusinessReport, storeRefusal } from '../../../src/index.ts'
import { deliver } from '../../delivering.ts'

let database: TestDatabase

const everything: Scope = { ...emptyScope, everything: true }
const only = (...subtrees: string[]): Scope => ({ ...emptyScope, subtrees })
const autumn: ReportQuestion = { from: '2026-09', to: '2026-11' }

const agencies = [
  { code: 'G99', level: 'central' },
  { code: 'H99', level: 'province' },
  { code: 'H99.05', level: 'commune', parent: 'H99' },
  { code: 'H98.01', level: 'commune' },
].map(agency => ({ kind: 'agency', name: `Agency ${agency.code}`, ...agency }))

const signed = { verdict: 'VALID', checks: [] }

beforeAll(async () => {
  database = await testDatabase()
  const file = Buffer.from(JSON.stringify(agencies))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'replace' }))
})
afterAll(() => database?.close())
beforeEach(async () => {
  await emptyTables(
    database,
    'document',
    'document_event',
    'refusal',
    'report_month',
    'report_refusal',
    'report_counted',
    'report_progress',
    'register_total',
  )
})

describe('of documents that were sent', () => {
  it('counts those with a good seal and those that a paper copy follows', async () => {
    await send('2026-10-05T03:00:00Z', { verdict: signed }, { paperFollows: false })
    await send('2026-10-06T03:00:00Z', { verdict: signed }, { paperFollows: true })
    await send('2026-10-07T03:00:00Z', {}, {})
    await turn()

    const total = await reportTotal(database, everything, autumn)

    expect(total).toMatchObject({ sent: 3, signed: 2, paper: 1, paperUnsaid: 1, received: 3 })
  })

  it('counts a document without a seal once a PDF in it proves to be signed well', async () => {
    const id = await send('2026-10-05T03:00:00Z')
    await turn()
    await database.query(
      `insert into attachment_check (document_id, position, kind, sha256, size_bytes, state, verdict, done_at)
       values ($1, 0, 'signatures', decode(repeat('00', 32), 'hex'), 1, 'done', '{"verdict": "VALID"}', now())`,
      [id],
    )
    await happened(id, 'attachment-checked')
    await turn()

    expect(await reportTotal(database, everything, autumn)).toMatchObject({ sent: 1, signed: 1 })
  })

  it('counts no revocation, no update and no status, for neither side', async () => {
    await send('2026-10-05T03:00:00Z', { action: 'revoke' })
    await send('2026-10-05T03:00:00Z', { action: 'update' })
    await send('2026-10-05T03:00:00Z', { kind: 'status' })
    await send('2026-10-05T03:00:00Z', { action: 'replace' })
    await turn()

    expect(await reportTotal(database, everything, autumn)).toMatchObject({ sent: 1, received: 1 })
  })
})

describe('of what receivers owe', () => {
  it('counts what was told in time, told late and not told at all, and nothing before its time', async () => {
    const inTime = await owed('acknowledge', '1 hour')
    const late = await owed('acknowledge', '-3 hours')
    await owed('acknowledge', '-1 hour')
    await owed('acknowledge', '1 hour')
    await report(inTime, '01')
    await report(late, '03')
    await turn()

    expect(await reportTotal(database, everything, lately)).toMatchObject({ received: 4, ackDue: 3, ackInTime: 1 })
  })

  it('judges by due dates and by the urgency that wants fetching, each apart', async () => {
    const finished = await owed('finish', '1 hour')
    await owed('fetch', '-1 minute')
    await report(finished, '06')
    await turn()

    expect(await reportTotal(database, everything, lately)).toMatchObject({
      ackDue: 0,
      finishDue: 1,
      finishInTime: 1,
      fetchDue: 1,
      fetchInTime: 0,
    })
  })

  it('counts what passes later although nothing happens then', async () => {
    const id = await owed('acknowledge', '1 hour')
    await turn()
    expect(await reportTotal(database, everything, lately)).toMatchObject({ ackDue: 0 })

    await database.query("update deadline set due_at = now() - interval '1 second' where delivery_id = $1", [id])
    await database.query("update report_counted set look_at = now() - interval '1 second' where id = $1", [id])
    await turn()

    expect(await reportTotal(database, everything, lately)).toMatchObject({ ackDue: 1, ackInTime: 0 })
  })

  it('counts a report that came before its deadline was reckoned once it is', async () => {
    const [id = ''] = await deliver(database, { receivers: ['H99.05'] })
    await database.query("update deadline set due_at = null, calendar_revision = 0, kind = 'acknowledge'")
    await report(id, '01')
    await turn()
    expect(await reportTotal(database, everything, lately)).toMatchObject({ ackDue: 0 })

    await reckon(id, 'acknowledge', '1 hour')
    await database.query("update report_counted set look_at = now() - interval '1 second' where look_at is not null")
    await turn()

    expect(await reportTotal(database, everything, lately)).toMatchObject({ ackDue: 1, ackInTime: 1 })
  })

  it('counts nothing that was withdrawn before anybody fetched it', async () => {
    const [id = ''] = await deliver(database, { receivers: ['H99.05'] })
    await turn()
    await database.query("update delivery set state = 'withdrawn', closed_at = now() where id = $1", [id])
    await happened(await documentOf(id), 'withdrawn', id)
    await turn()

    expect(await reportTotal(database, everything, lately)).toMatchObject({ sent: 1, received: 0 })
  })
})

describe('of refusals', () => {
  it('counts those of receivers by their words, however these are spaced, and takes back what was taken in after all', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => deliver(database, { receivers: ['H99.05'] })))
    const [first = '', second = '', third = ''] = ids.flat()
    await report(first, '02', 'Thiếu  phụ lục')
    await report(second, '02', ' Thiếu phụ\nlục '.normalize('NFD'))
    await report(third, '02', 'Sai nơi nhận')
    await turn()
    await database.query("update delivery set business = '03' where id = $1", [third])
    await happened(await documentOf(third), 'status-reported', third)
    await turn()

    expect(await reportTotal(database, everything, lately)).toMatchObject({ received: 3, refused: 2 })
    expect(await refusalReasons(database, everything, lately, { limit: 10 })).toEqual([
      { origin: 'receiver', reason: 'Thiếu phụ lục', refused: 2 },
    ])
  })

  it('counts those of the hub once, and for an agency only where the system acts for it', async () => {
    await database.query("insert into system (id, name) values ('g99', 'g99') on conflict do nothing")
    await database.query("insert into system_agency values ('g99', 'G99') on conflict do nothing")
    for (const [index, sender] of ['G99', 'G99', 'H99'].entries()) {
      const sha256 = String(index).repeat(64)
      const refusal = { id: newHubId(), systemId: 'g99', sha256, sizeBytes: 1, sender, findings: [] }
      await storeRefusal(database, { ...refusal, problem: 'ENVELOPE_REFUSED' })
    }
    await turn()
    await turn()

    expect(await reportTotal(database, everything, lately)).toMatchObject({ hubRefused: 3 })
    expect(await reportTotal(database, only('H99'), lately)).toMatchObject({ hubRefused: 0 })
    expect(await refusalReasons(database, only('G99'), lately, { limit: 10 })).toEqual([
      { origin: 'hub', reason: 'ENVELOPE_REFUSED', refused: 2 },
    ])
  })
})

describe.each(['UTC', 'Asia/Ho_Chi_Minh', 'America/New_York'])(
  'where the database and the process live in %s',
  zone => {
    it('ends a month at midnight in Viet Nam', async () => {
      const before = process.env.TZ
      process.env.TZ = zone
      try {
        await send('2026-10-31T16:59:59.999Z')
        await send('2026-10-31T17:00:00Z')
        await send('2026-11-30T16:59:59.999Z')
        await turn(zone)

        const rows = await reportRows(database, everything, autumn, 'month', { limit: 12 })

        expect(rows.map(({ key, sent }) => [key, sent])).toEqual([
          ['2026-10', 1],
          ['2026-11', 2],
        ])
      } finally {
        process.env.TZ = before
      }
    })
  },
)

it('counts the same however often the history is read, and what a fresh count would', async () => {
  const ids = await Promise.all(['H99.05', 'H98.01'].map(receiver => deliver(database, { receivers: [receiver] })))
  const [first = '', second = ''] = ids.flat()
  await turn()
  await report(first, '01')
  await report(second, '02', 'Sai nơi nhận')
  await turn()
  await report(first, '03')
  await turn()
  await database.query('delete from report_progress')
  await turn()
  const kept = await everyCell()

  await database.query('truncate report_month, report_refusal, report_counted, report_progress')
  await turn()

  expect(kept).toEqual(await everyCell())
  expect(kept.length).toBeGreaterThan(0)
})

it('shows each agency what is its own: what it sent, what it received, and nothing of others', async () => {
  await send('2026-10-05T03:00:00Z', { sender: 'G99', receivers: ['H99.05', 'H98.01'] })
  await turn()

  const rows = await Promise.all(
    [only('G99'), only('H99'), only('H98'), emptyScope].map(scope => reportTotal(database, scope, autumn)),
  )

  expect(rows.map(({ sent, received }) => [sent, received])).toEqual([
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 0],
  ])
})

it('groups by level from the top and by agency from the busiest, within what is asked about', async () => {
  await send('2026-10-05T03:00:00Z', { sender: 'G99', receivers: ['H99.05'] })
  await send('2026-10-05T03:00:00Z', { sender: 'H99', receivers: ['H99.05'] })
  await turn()

  const levels = await reportRows(database, everything, autumn, 'level', { limit: 9 })
  const below = await reportRows(database, everything, { ...autumn, agency: 'H99' }, 'agency', { limit: 9 })
  const communes = await reportRows(database, everything, { ...autumn, level: 'commune' }, 'agency', { limit: 9 })

  expect(levels.map(({ key }) => key)).toEqual(['central', 'province', 'commune'])
  expect(below.map(({ key, name }) => [key, name])).toEqual([
    ['H99.05', 'Agency H99.05'],
    ['H99', 'Agency H99'],
  ])
  expect(communes.map(({ key, received }) => [key, received])).toEqual([['H99.05', 2]])
})

it('reads no document and no delivery to show a report', async () => {
  const asked: string[] = []
  const spy = Object.assign(Object.create(database), {
    query(text: string, values: unknown[]) {
      asked.push(text)
      return database.query(text, values)
    },
  }) as typeof database
  await reportTotal(spy, everything, autumn)
  await reportRows(spy, only('H99'), autumn, 'agency', { limit: 9 })
  await refusalReasons(spy, everything, autumn, { limit: 9 })

  expect(asked).toHaveLength(3)
  expect(asked.join()).not.toMatch(/\b(from|join) (document|delivery|deadline|refusal|report_counted|document_event)\b/)
})

/** The months around now: deadlines are judged by the clock. */
const lately: ReportQuestion = { from: '2000-01', to: '2199-12' }

/** Brings the counters up to date, by a session in a zone of its own. */
function turn(zone = 'UTC') {
  return takeReportTurn({
    transaction: work =>
      database.transaction(async tx => {
        await tx.query(`set local time zone '${zone}'`)
        return work(tx)
      }),
  })
}

/** A document of that moment in its receivers' mailboxes. */
async function send(
  acceptedAt: string,
  wish: Parameters<typeof deliver>[1] = {},
  envelope: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const [delivery = ''] = await deliver(database, { receivers: ['H99.05'], ...wish })
  const id = await documentOf(delivery)
  await database.query('update document set accepted_at = $2, envelope = $3 where id = $1', [id, acceptedAt, envelope])
  return id
}

async function documentOf(deliveryId: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>('select document_id as id from delivery where id = $1', [
    deliveryId,
  ])
  return rows[0]?.id ?? ''
}

/** A delivery that owes one thing, due so long from now. */
async function owed(kind: string, dueIn: string): Promise<string> {
  const [id = ''] = await deliver(database, { receivers: ['H99.05'] })
  await reckon(id, kind, dueIn)
  return id
}

async function reckon(id: string, kind: string, dueIn: string): Promise<void> {
  await database.query('delete from deadline where delivery_id = $1', [id])
  await database.query(
    `insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at, calendar_revision, hours, clock,
                           counted_from, due_at)
     select id, $2, document_id, 'G99', receiver, now(), 1, '07:30-17:00', 'working', now(), now() + $3::interval
       from delivery where id = $1`,
    [id, kind, dueIn],
  )
}

function report(deliveryId: string, code: BusinessCode, reason?: string): Promise<unknown> {
  const wish = { deliveryId, statusId: null, code, reporter: 'H99.05', systemId: 'g99', via: 'json' } as const
  return database.transaction(tx => recordBusinessReport(tx, { ...wish, ...(reason !== undefined && { reason }) }))
}

function happened(documentId: string, what: string, deliveryId: string | null = null): Promise<unknown> {
  return database.query('insert into document_event (document_id, delivery_id, what) values ($1, $2, $3)', [
    documentId,
    deliveryId,
    what,
  ])
}

async function everyCell(): Promise<unknown[]> {
  const { rows } = await database.query('select * from report_month order by agency, month')
  const refusals = await database.query('select * from report_refusal where refused <> 0 order by agency, reason')
  return [...rows, ...refusals.rows]
}
