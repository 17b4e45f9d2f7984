import { emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type DocumentQuestion,
  emptyScope,
  type Scope,
  searchDocuments,
  takeSearchTurn,
} from '../../../src/console/index.ts'
import { acknowledgeDeliveries, importDirectory, recordBusinessReport } from '../../../src/index.ts'
import { deliver, route } from '../../delivering.ts'

let database: TestDatabase

const everything: Scope = { ...emptyScope, everything: true }
const only = (...subtrees: string[]): Scope => ({ ...emptyScope, subtrees })

const agencies = [
  { code: 'G99', level: 'central' },
  { code: 'H99', level: 'province' },
  { code: 'H99.05', level: 'commune', parent: 'H99' },
  { code: 'H98.01', level: 'commune' },
].map(agency => ({ kind: 'agency', name: `Agency ${agency.code}`, ...agency }))

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
    'document_search',
    'document_mark',
    'document_search_progress',
  )
})

interface Letter {
  readonly sender?: string
  readonly receivers?: readonly string[]
  readonly subject?: string
  readonly number?: string
  readonly notation?: string
  readonly typeName?: string
  readonly priority?: 0 | 1 | 2 | 3 | 4
  readonly issuedOn?: string
  readonly scope?: string
}

/** Accepted, in the mailboxes of its receivers, and known to the search. Returns the hub's id. */
async function letter(wish: Letter = {}): Promise<string> {
  const { sender = 'G99', receivers = ['H99.05'], priority = 0 } = wish
  const [delivery] = await deliver(database, { sender, receivers, priority })
  return describeLetter(delivery, wish)
}

async function describeLetter(delivery: string | undefined, wish: Letter): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `update document
        set subject = coalesce($2, subject), code_number = $3, code_notation = $4, type_name = $5, issued_on = $6,
            envelope = jsonb_build_object('scope', $7::text)
       from delivery
      where delivery.id = $1 and document.id = delivery.document_id
     returning document.id`,
    [
      delivery,
      wish.subject ?? null,
      wish.number ?? null,
      wish.notation ?? null,
      wish.typeName ?? null,
      wish.issuedOn ?? null,
      wish.scope ?? null,
    ],
  )
  await takeSearchTurn(database)
  return rows[0]?.id ?? ''
}

async function find(question: DocumentQuestion, scope: Scope = everything): Promise<readonly string[]> {
  return (await searchDocuments(database, scope, question, { limit: 50 })).ids
}

async function deliveryOf(document: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>('select id from delivery where document_id = $1', [document])
  return rows[0]?.id ?? ''
}

describe('by words', () => {
  it.each([
    ['as written', 'phòng chống bão'],
    ['without accents', 'phong chong bao'],
    ['in capitals', 'PHÒNG CHỐNG BÃO'],
    ['in another order', 'bão phòng'],
    ['by the beginning of a word', 'phòng chố'],
    ['with what is invisible in between', 'phò\u200bng'],
  ])('finds a subject %s', async (_how, text) => {
    const wanted = await letter({ subject: 'Về việc phòng, chống bão số 5' })
    await letter({ subject: 'Tăng lương cơ sở' })

    expect(await find({ text })).toEqual([wanted])
    expect(await find({ subject: text })).toEqual([wanted])
  })

  it('takes đ and d for one letter', async () => {
    const wanted = await letter({ subject: 'Đồi núi Điện Biên' })

    expect(await find({ text: 'dien bien' })).toEqual([wanted])
    expect(await find({ text: 'điện' })).toEqual([wanted])
  })

  it.each(["'", '\\', "a'b", '&|!():*', '<->', "''::tsquery", '%', ':*'])(
    'takes %s for text and nothing else',
    async text => {
      await letter({ subject: 'Tăng lương' })

      await expect(
        find({ text, number: text, subject: text, sender: text, receiver: text, typeName: text }),
      ).resolves.toEqual([])
    },
  )
})

describe('by number and notation', () => {
  it.each(['7816/VPCP-TTĐT', '7816 / vpcp-ttdt', '7816/VPCP', '7816'])('finds %s', async number => {
    const wanted = await letter({ number: '7816', notation: 'VPCP-TTĐT' })
    await letter({ number: '7817', notation: 'VPCP-TTĐT' })

    expect(await find({ number })).toEqual([wanted])
  })

  it('finds it in the box for everything, together with a word of the subject', async () => {
    const wanted = await letter({ number: '7816', notation: 'VPCP-TTĐT', subject: 'Kế hoạch năm' })

    expect(await find({ text: '7816/VPCP-TTĐT kế hoạch' })).toEqual([wanted])
    expect(await find({ text: '7816/VPCP-TTĐT bão' })).toEqual([])
  })
})

it('finds by sender, receiver, type and urgency', async () => {
  const wanted = await letter({ sender: 'H99', receivers: ['H98.01'], typeName: 'Công văn', priority: 3 })
  await letter()

  expect(await find({ sender: 'h99' })).toEqual([wanted])
  expect(await find({ receiver: 'H98.01' })).toEqual([wanted])
  expect(await find({ typeName: 'cong van' })).toEqual([wanted])
  expect(await find({ priority: 3 })).toEqual([wanted])
  expect(await find({ text: 'H98.01' })).toEqual([wanted])
  expect(await find({ sender: 'H99', receiver: 'H99.05' })).toEqual([])
})

it('finds by the days of issue, both included', async () => {
  const wanted = await letter({ issuedOn: '2026-11-21' })
  await letter({ issuedOn: '2026-11-23' })

  expect(await find({ issuedFrom: '2026-11-21', issuedTo: '2026-11-22' })).toEqual([wanted])
  expect(await find({ issuedTo: '2026-11-21' })).toEqual([wanted])
})

it('finds by the state of the bytes and by what officials made of it', async () => {
  const waiting = await letter()
  const taken = await letter()
  const id = await deliveryOf(taken)
  await database.transaction(tx => acknowledgeDeliveries(tx, { agencies: ['H99.05'], systemId: 'h', ids: [id] }))
  const report = { deliveryId: id, statusId: null, code: '02', reporter: 'H99.05', systemId: 'h', via: 'json' } as const
  await database.transaction(tx => recordBusinessReport(tx, report))
  await takeSearchTurn(database)

  expect(await find({ transport: 'available' })).toEqual([waiting])
  expect(await find({ transport: 'acknowledged' })).toEqual([taken])
  expect(await find({ business: '02' })).toEqual([taken])
  expect(await find({ business: '02', transport: 'available' })).toEqual([])
})

it('finds what is late', async () => {
  const late = await letter()
  await letter()
  const id = await deliveryOf(late)
  await database.query(
    `insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at, state, calendar_revision, hours,
                           clock, counted_from, due_at, missed_at, missed_transport)
     values ($1, 'fetch', $2, 'G99', 'H99.05', now(), 'missed', 1, 'h', 'working', now(), now(), now(), 'available')`,
    [id, late],
  )
  await database.query("insert into document_event (document_id, what) values ($1, 'deadline-reached')", [late])
  await takeSearchTurn(database)

  expect(await find({ late: true })).toEqual([late])
  expect(await find({ late: true, receiver: 'H98.01' })).toEqual([])
})

describe('within a scope', () => {
  it('shows what an agency of it sent or received, and nothing else', async () => {
    const sent = await letter({ sender: 'H99.05', receivers: ['G99'] })
    const received = await letter({ sender: 'G99', receivers: ['H99.05'] })
    await letter({ sender: 'G99', receivers: ['H98.01'] })

    expect(await find({}, only('H99'))).toEqual([received, sent])
    expect(await find({ text: 'thử nghiệm' }, only('H99'))).toEqual([received, sent])
    expect(await find({ receiver: 'H98.01' }, only('H99'))).toEqual([])
    expect(await find({}, emptyScope)).toEqual([])
  })

  it('shows a receiver nothing that is not in its mailbox yet', async () => {
    const [delivery] = await route(database, { receivers: ['H99.05'] })
    const id = await describeLetter(delivery, {})

    expect(await find({}, only('H99'))).toEqual([])
    expect(await find({}, only('G99'))).toEqual([id])
  })

  it('judges a state by the receivers that one sees', async () => {
    const id = await letter({ sender: 'G99', receivers: ['H99.05', 'H98.01'] })
    await database.query("update delivery set state = 'fetched' where receiver = 'H98.01'")
    await database.query("insert into document_event (document_id, what) values ($1, 'fetched')", [id])
    await takeSearchTurn(database)

    expect(await find({ transport: 'fetched' }, only('H99.05'))).toEqual([])
    expect(await find({ transport: 'fetched' }, only('H98.01'))).toEqual([id])
    expect(await find({ transport: 'fetched' }, only('G99'))).toEqual([id])
  })

  it('hides the subject of internal documents from the staff of the hub, and finds it for its parties', async () => {
    const id = await letter({ subject: 'Nhân sự chủ chốt', number: '12', notation: 'QĐ', scope: 'Lưu hành nội bộ' })

    expect(await find({ text: 'nhân sự' })).toEqual([])
    expect(await find({ number: '12/QĐ' })).toEqual([id])
    expect(await find({ text: 'nhân sự' }, only('H99'))).toEqual([id])
  })
})

it('goes through all pages, newest first, each document once', async () => {
  const ids: string[] = []
  for (let count = 0; count < 7; count += 1) ids.unshift(await letter())

  const seen: string[] = []
  let more = true
  while (more) {
    const after = seen.at(-1)
    const page = await searchDocuments(database, everything, {}, { limit: 3, ...(after && { after }) })
    seen.push(...page.ids)
    more = page.more
  }

  expect(seen).toEqual(ids)
})

it('counts neither status messages nor the same history twice', async () => {
  await letter()
  await deliver(database, { kind: 'status', receivers: ['H99.05'] })
  await database.query('delete from document_search_progress')
  await takeSearchTurn(database)
  await takeSearchTurn(database)

  expect(await find({})).toHaveLength(1)
  const { rows } = await database.query<{ mark: string }>('select mark from document_mark order by mark')
  expect(rows.map(({ mark }) => mark)).toEqual(['a:G99', 'a:H99.05', 't:available'])
})
