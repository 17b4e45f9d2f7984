import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itWithPrograms } from '@docaxis/testkit'
import exceljs from 'exceljs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { monthOf, monthsBetween, monthsFrom } from '../src/reports/months.ts'
import { type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole
let folder: string
let staff: SignedIn

const formula = '=HYPERLINK("http://evil.example";"x")'
const autumn = 'from=2026-09&to=2026-11'

beforeAll(async () => {
  hub = await testConsole()
  folder = mkdtempSync(join(tmpdir(), 'docaxis-reports-'))
  await hub.database.query("update agency set name = $1 where code = 'H98'", [formula])
  await hub.database.query("update agency set name = 'Ủy ban nhân dân xã Đồi Gió' where code = 'H99.05'")
  staff = await signedIn(hub, { role: 'operator', scope: { everything: true } })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await hub?.close()
})
beforeEach(() => hub.database.query('truncate report_month, report_refusal, register_total'))

describe('the page', () => {
  it('shows each figure as so many of how many, and says how it is counted', async () => {
    await counted('G99', '2026-10', { sent: 8, signed: 6, paper: 2, received: 0 })
    await counted('H99.05', '2026-10', { received: 8, ack_due: 5, ack_in_time: 4, refused: 1 })

    const report = (await staff.get(`/reports?${autumn}`)).json()

    expect(report.total.shares).toMatchObject({
      signed: { part: 6, of: 8 },
      paperless: { part: 6, of: 8 },
      acknowledged: { part: 4, of: 5 },
      finished: { part: 0, of: 0 },
    })
    expect(report.definitions.map((one: { id: string }) => one.id)).toEqual(Object.keys(report.total.shares))
  })

  it('names agencies and what the codes of the hub mean', async () => {
    await counted('H99.05', '2026-10', { received: 1 })
    await refused('G99', '2026-10', 'hub', 'ENVELOPE_REFUSED')

    const report = (await staff.get(`/reports?${autumn}&by=agency`)).json()

    expect(report.lines).toMatchObject([
      { key: 'G99', hubRefused: 1 },
      { key: 'H99.05', name: 'Ủy ban nhân dân xã Đồi Gió' },
    ])
    expect(report.refusals[0].meaning.vi).not.toBe('')
  })

  it('goes through agencies page by page', async () => {
    await hub.database.query(
      "insert into report_month (agency, month, sent) select 'X' || n, '2026-10-01', n from generate_series(1, 150) as n",
    )

    const [first, second] = await Promise.all(
      [1, 2].map(async page => (await staff.get(`/reports?${autumn}&by=agency&page=${page}`)).json()),
    )

    expect([first.lines.length, first.more, second.lines.length, second.more]).toEqual([100, true, 50, false])
    expect(first.lines[0].key).toBe('X150')
  })

  it.each(['from=2026-11&to=2026-10', 'from=2010-01&to=2026-10', 'from=2026-13', 'to=99'])(
    'refuses the period %s',
    async period => {
      expect((await staff.get(`/reports?${period}`)).statusCode).toBe(400)
    },
  )
})

describe('the workbook', () => {
  it('holds every table, and no cell that a spreadsheet would take for a formula', async () => {
    await counted('H98', '2026-10', { sent: 4, signed: 1 })
    await refused('H98', '2026-10', 'receiver', '=1+1')

    const answer = await staff.get(`/report-export?${autumn}&format=xlsx`)
    const book = new exceljs.Workbook()
    await book.xlsx.load(answer.rawPayload as unknown as ArrayBuffer)

    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Tổng hợp',
      'Theo tháng',
      'Theo cấp',
      'Theo cơ quan',
      'Từ chối theo lý do',
    ])
    const cells: exceljs.Cell[] = []
    for (const sheet of book.worksheets) sheet.eachRow(row => row.eachCell(cell => void cells.push(cell)))
    expect(cells.filter(cell => cell.type === exceljs.ValueType.Formula)).toEqual([])
    const texts = cells.map(cell => cell.value).filter(value => typeof value === 'string')
    expect(texts).toContain(`'${formula}`)
    expect(texts).toContain("'=1+1")
    expect(book.getWorksheet('Theo cơ quan')?.getRow(2).values).toContain(0.25)
  })
})

describe('the paper', () => {
  const itReads = itWithPrograms('pdftotext')

  itReads('can be read back, every word of it in Vietnamese', async () => {
    await counted('H99.05', '2026-10', { received: 1200, ack_due: 1000, ack_in_time: 987, refused: 3 })
    await refused('H99.05', '2026-10', 'receiver', 'Văn bản thiếu phụ lục\u202E, đề nghị gửi lại')

    const text = await paperOf(`/report-export?${autumn}&by=agency&format=pdf`)

    for (const words of [
      'Báo cáo gửi, nhận văn bản điện tử',
      '09/2026 – 11/2026',
      'Báo nhận trong ngày',
      '98,7%',
      'Ủy ban nhân dân xã Đồi Gió',
      'Văn bản thiếu phụ lục, đề nghị gửi lại',
    ]) {
      expect(text).toContain(words)
    }
  })

  itReads('goes on over pages with the head of its table on each', async () => {
    await hub.database.query(
      "insert into report_month (agency, month, sent) select 'X' || n, '2026-10-01', n from generate_series(1, 150) as n",
    )

    const text = await paperOf(`/report-export?${autumn}&by=agency&format=pdf&language=en`)

    expect(text).toMatch(/Page 2\/\d/)
    expect(text.match(/Agency Sent Received/g)?.length).toBeGreaterThan(2)
  })
})

describe('totals of registers', () => {
  it('are entered by form, corrected, and shown with who did it and what was there before', async () => {
    await staff.call('PUT', '/register-totals/H99/2026-10', { outgoing: 120, incoming: 80 })
    await staff.call('PUT', '/register-totals/H99/2026-10', { outgoing: 100, incoming: null })
    await counted('H99', '2026-10', { sent: 60, received: 40 })

    const list = (await staff.get('/register-totals?month=2026-10')).json()
    const history = (await staff.get('/register-totals/H99')).json()

    expect(list.items).toMatchObject([
      {
        agency: 'H99',
        outgoing: 100,
        incoming: null,
        source: 'form',
        enteredBy: `user:${staff.login}`,
        corrections: 1,
      },
    ])
    expect(history.items.map((entry: { outgoing: number }) => entry.outgoing)).toEqual([100, 120])
    const report = (await staff.get(`/reports?${autumn}`)).json()
    expect(report.total.shares['electronic-out']).toEqual({ part: 60, of: 100 })
    expect(report.total.shares['electronic-in']).toEqual({ part: 0, of: 0 })
  })

  it('leave a row in the audit log', async () => {
    await staff.call('PUT', '/register-totals/H99/2026-10', { outgoing: 1, incoming: 1 })

    const { rows } = await hub.database.query(
      "select actor, object, details from audit_log where action = 'register-total.put' order by seq desc, batch desc, place desc limit 1",
    )

    expect(rows).toEqual([
      { actor: `user:${staff.login}`, object: 'H99', details: { source: 'form', month: '2026-10' } },
    ])
  })

  it.each([
    { what: 'of a month to come', path: '/register-totals/H99/2999-01', body: { outgoing: 1, incoming: 1 } },
    { what: 'of no number', path: '/register-totals/H99/2026-10', body: { outgoing: null, incoming: null } },
    { what: 'below nothing', path: '/register-totals/H99/2026-10', body: { outgoing: -1, incoming: null } },
  ])('are refused when they are $what', async ({ path, body }) => {
    expect((await staff.call('PUT', path, body)).statusCode).toBe(400)
    expect(await kept()).toEqual([])
  })

  it.each([
    { written: 'by programs', file: 'agency,month,outgoing,incoming\nH99,2026-10,120,80\nG99,2026-09,,7\n' },
    {
      written: 'by a spreadsheet of Viet Nam',
      file: '\uFEFFMã cơ quan;Tháng;Văn bản đi;Văn bản đến\r\nH99;10/2026;120;80\r\nG99;9/2026;;7\r\n',
    },
  ])('come from a file as it is written $written', async ({ file }) => {
    const answer = await staff.post('/register-totals', { file })

    expect(answer.json()).toMatchObject({ written: 2, faults: [] })
    expect(await kept()).toEqual([
      { agency: 'G99', month: '2026-09', outgoing: null, incoming: 7, source: 'csv' },
      { agency: 'H99', month: '2026-10', outgoing: 120, incoming: 80, source: 'csv' },
    ])
  })

  it('of a file with faults are not written at all, and every fault is named by its line', async () => {
    const lines = [
      'agency,month,outgoing,incoming',
      'H99,2026-10,120,80',
      'X1,2026-10,1,1',
      'H99,2026-13,1.000,',
      'H99,10/2026,,',
    ]
    const answer = await staff.post('/register-totals', { file: lines.join('\n') })

    const { faults, faultCount } = answer.json()
    expect(faults.map((fault: { line: number }) => fault.line)).toEqual([3, 4, 4, 5, 5])
    expect(faultCount).toBe(5)
    expect(faults[0].vi).toContain('X1')
    expect(await kept()).toEqual([])
  })

  it.each(['', 'agency,month\nH99,2026-10', 'outgoing\n1', 'agency,month,outgoing\n"H99,2026-10,1'])(
    'of a file that is none are refused: %j',
    async file => {
      const answer = await staff.post('/register-totals', { file })

      expect(answer.json().faultCount).toBeGreaterThan(0)
      expect(await kept()).toEqual([])
    },
  )

  it('of agencies outside the scope are entered by nobody, in no way', async () => {
    const person = await signedIn(hub, { role: 'operator', scope: { subtrees: ['H99'] } })

    const form = await person.call('PUT', '/register-totals/H98/2026-10', { outgoing: 1, incoming: 1 })
    const file = await person.post('/register-totals', { file: 'agency,month,outgoing\nH99,2026-10,1\nH98,2026-10,1' })

    expect(form.statusCode).toBe(404)
    expect(file.json().faults.map((fault: { line: number }) => fault.line)).toEqual([3])
    expect(await kept()).toEqual([])
  })
})

describe('months', () => {
  it('are those of Viet Nam', () => {
    expect(monthOf(new Date('2026-10-31T16:59:59Z'))).toBe('2026-10')
    expect(monthOf(new Date('2026-10-31T17:00:00Z'))).toBe('2026-11')
  })

  it('go over the end of a year', () => {
    expect([monthsFrom('2026-11', 2), monthsFrom('2026-01', -1), monthsBetween('2025-12', '2026-01')]).toEqual([
      '2027-01',
      '2025-12',
      2,
    ])
  })
})

async function counted(agency: string, month: string, facts: Readonly<Record<string, number>>): Promise<void> {
  const names = Object.keys(facts)
  await hub.database.query(
    `insert into report_month (agency, month, ${names.join(', ')})
     values ($1, $2, ${names.map((_, index) => `$${index + 3}`).join(', ')})`,
    [agency, `${month}-01`, ...Object.values(facts)],
  )
}

function refused(agency: string, month: string, origin: string, reason: string): Promise<unknown> {
  return hub.database.query('insert into report_refusal values ($1, $2, $3, $4, 1)', [
    agency,
    `${month}-01`,
    origin,
    reason,
  ])
}

async function kept(): Promise<unknown[]> {
  const { rows } = await hub.database.query(
    `select agency_code as agency, to_char(month, 'YYYY-MM') as month, outgoing, incoming, source
       from register_total order by agency_code`,
  )
  return rows
}

/** The words of a printed report, as a reader of the file gets them. */
async function paperOf(path: string): Promise<string> {
  const answer = await staff.get(path)
  const file = join(folder, 'report.pdf')
  writeFileSync(file, answer.rawPayload)
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  return text.replace(/[ \n]+/g, ' ')
}
