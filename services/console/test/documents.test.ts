import { insertDeadLetter, insertDeliveries, newHubId, recordBusinessReport, releaseDeliveries } from '@docaxis/store'
import { takeSearchTurn } from '@docaxis/store/console'
import { acceptDocument } from '@docaxis/testkit'
import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inertText } from '../src/export/inert-text.ts'
import { signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole
const reason = 'asked by telephone'

beforeAll(async () => {
  hub = await testConsole()
})
afterAll(() => hub?.close())

interface Sent {
  readonly id: string
  readonly delivery: string
}

async function send(subject: string, { internal = false } = {}): Promise<Sent> {
  const { database } = hub
  const id = await acceptDocument(database, { sender: 'H99', receivers: ['H99.05'] })
  await database.query(
    "update document set subject = $2, envelope = jsonb_build_object('scope', $3::text) where id = $1",
    [id, subject, internal ? 'Lưu hành nội bộ' : null],
  )
  const delivery = newHubId()
  const row = { id: delivery, documentId: id, kind: 'document', receiver: 'H99.05', receiverWritten: 'H99.05' } as const
  await database.transaction(async tx => {
    await insertDeliveries(tx, [{ ...row, level: 'commune', priority: 0 }])
    await releaseDeliveries(tx, [delivery])
  })
  await takeSearchTurn(database)
  return { id, delivery }
}

describe('the list', () => {
  it('shows how far documents have come, and finds them by words without accents', async () => {
    const { id } = await send('Phòng chống lụt bão')
    const clerk = await signedIn(hub, { scope: { subtrees: ['H99'] } })

    const { items, next } = (await clerk.get('/documents?q=lut%20bao')).json()

    expect(items).toMatchObject([{ id, sender: 'H99', receiver: 'H99.05', receivers: 1, waiting: 1, refused: 0 }])
    expect(next).toBeNull()
  })

  it.each([
    { wrong: 'issuedFrom=2026-02-31', right: 'issuedFrom=2026-02-28' },
    { wrong: 'from=2026-13-01', right: 'from=2026-12-01' },
    { wrong: 'step=fetched&since=2026-13-01T00:00Z', right: 'step=fetched&since=2026-12-01T00:00Z' },
    { wrong: 'step=accepted&since=2026-01-01T24:60Z', right: 'step=accepted&since=2026-01-01T23:59Z' },
  ])('refuses a moment that there is not: $wrong', async ({ wrong, right }) => {
    const clerk = await signedIn(hub)

    expect((await clerk.get(`/documents?${wrong}`)).statusCode).toBe(400)
    expect((await clerk.get(`/documents?${right}`)).statusCode).toBe(200)
  })

  it('keeps filters for the person who saved them, and for nobody else', async () => {
    const clerk = await signedIn(hub)
    const other = await signedIn(hub)

    await clerk.post('/document-filters', { name: 'Late', query: '?late=yes' })
    const { id } = (await clerk.post('/document-filters', { name: 'Late', query: '?late=yes&q=x' })).json()

    expect((await clerk.get('/document-filters')).json().items).toEqual([{ id, name: 'Late', query: '?late=yes&q=x' }])
    expect((await other.get('/document-filters')).json().items).toEqual([])
    expect((await other.call('DELETE', `/document-filters/${id}`)).statusCode).toBe(404)
    expect((await clerk.call('DELETE', `/document-filters/${id}`)).statusCode).toBe(204)
  })
})

describe('as a file', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\u200b=1', ' =1', '＝1'])('disarms %j', text => {
    expect(inertText(text)).toBe(`'${text}`)
  })

  it('gives the list as CSV and as a workbook, both without a formula', async () => {
    await send('=HYPERLINK("http://evil.example","x")')
    const clerk = await signedIn(hub, { scope: { subtrees: ['H99'] } })

    const csv = await clerk.get('/document-export?format=csv&q=hyperlink')
    const xlsx = await clerk.get('/document-export?format=xlsx&q=hyperlink&language=en')

    expect(csv.rawPayload.subarray(0, 3).toString('hex')).toBe('efbbbf')
    expect(csv.body).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`)
    expect(csv.body.trim().split('\r\n')).toHaveLength(2)
    const book = await new exceljs.Workbook().xlsx.load(xlsx.rawPayload as unknown as ArrayBuffer)
    const cell = book.worksheets[0]?.getCell('C2')
    expect(cell?.type).toBe(exceljs.ValueType.String)
    expect(cell?.value).toBe(`'=HYPERLINK("http://evil.example","x")`)
  })

  it('holds every row of a list that is longer than what is read at once', async () => {
    await hub.database.query(`
      with made as (
        insert into document (id, kind, system_id, sender, sender_written, document_id, action, sha256, size_bytes,
                              header_digest, attachments_digest, subject, envelope, verdict, profile, signature_policy)
        select lpad(to_hex(i), 24, '0'), 'document', 'g99', 'H99', 'H99', 'many-' || i, 'new', sha256(i::text::bytea), 1,
               '', '', 'Nhiều dòng', '{}', '{}', 'strict', 'record'
          from generate_series(1, 1203) as i
        returning id
      )
      insert into document_event (document_id, what) select id, 'accepted' from made`)
    await takeSearchTurn(hub.database)
    const clerk = await signedIn(hub, { scope: { subtrees: ['H99'] } })

    const csv = await clerk.get('/document-export?format=csv&subject=nhieu%20dong')

    expect(csv.body.trim().split('\r\n')).toHaveLength(1204)
    expect(new Set(csv.body.match(/many-\d+/g)).size).toBe(1203)
  })
})

describe('one document', () => {
  it('shows where it stands, who reported it, and why it was refused', async () => {
    const { id, delivery } = await send('Đề nghị cấp đất')
    const report = { deliveryId: delivery, statusId: null, reporter: 'H99.05', systemId: 'h', via: 'json' } as const
    const staff = { name: 'Lò Thị Mây', department: 'Văn phòng' }
    await hub.database.transaction(tx => recordBusinessReport(tx, { ...report, code: '02', reason: 'Gửi nhầm', staff }))
    const clerk = await signedIn(hub, { scope: { subtrees: ['H99'] } })

    const { tracks, subject } = (await clerk.get(`/documents/${id}`)).json()

    expect(subject).toBe('Đề nghị cấp đất')
    expect(tracks).toMatchObject([
      { receiver: 'H99.05', reached: 2, troubles: [{ kind: 'refused', reason: 'Gửi nhầm' }] },
    ])
  })

  it('says neither subject nor names of files of an internal document to the staff of the hub', async () => {
    const { id } = await send('Kỷ luật cán bộ', { internal: true })
    const staff = await signedIn(hub, { role: 'operator', scope: { everything: true } })
    const clerk = await signedIn(hub, { scope: { subtrees: ['H99'] } })

    expect((await staff.get(`/documents/${id}`)).json()).toMatchObject({ subject: null, subjectHidden: true })
    expect((await staff.get('/documents?sender=H99')).body).not.toContain('Kỷ luật')
    expect((await clerk.get(`/documents/${id}`)).json().subject).toBe('Kỷ luật cán bộ')
  })
})

describe('what people in charge do', () => {
  it('ends a delivery with a reason that the sender and the audit log get', async () => {
    const { id, delivery } = await send('Nhầm nơi nhận')
    const staff = await signedIn(hub, { role: 'operator', scope: { everything: true } })

    const answer = await staff.post(`/documents/${id}/deliveries/${delivery}/cancel`, { reason })

    expect(answer.statusCode).toBe(204)
    const { tracks, receipts } = (await staff.get(`/documents/${id}`)).json()
    expect(tracks[0]).toMatchObject({ transport: 'failed', troubles: [{ kind: 'failed', reason }] })
    expect(receipts).toContainEqual(expect.objectContaining({ kind: 'non-delivery', deliveryId: delivery }))
    expect(await auditOf(delivery, 'delivery.cancel')).toEqual([{ actor: `user:${staff.login}`, reason }])
    expect((await staff.post(`/documents/${id}/deliveries/${delivery}/resend`, { reason })).statusCode).toBe(409)
  })

  it('offers a delivery again that a system fetched and never acknowledged', async () => {
    const { id, delivery } = await send('Chưa xác nhận')
    await hub.database.query(
      "update delivery set state = 'fetched', due_at = now() + interval '1 hour' where id = $1",
      [delivery],
    )
    const staff = await signedIn(hub, { role: 'operator', scope: { everything: true } })

    const answer = await staff.post(`/documents/${id}/deliveries/${delivery}/resend`, { reason })

    expect(answer.statusCode).toBe(204)
    const { rows } = await hub.database.query('select state, due_at <= now() as due from delivery where id = $1', [
      delivery,
    ])
    expect(rows).toEqual([{ state: 'available', due: true }])
    expect(await auditOf(delivery, 'delivery.offer-again')).toHaveLength(1)
  })

  it('puts an event that was given up on its topic again, once', async () => {
    const { id } = await send('Sự kiện hỏng')
    const { rows: events } = await hub.database.query('select topic, key, event from outbox_log where key = $1', [id])
    const given = { group: 'router', code: 'UNEXPECTED', reason: 'boom', attempts: 3 }
    await hub.database.transaction(tx => insertDeadLetter(tx, { ...given, ...events[0] }))
    const staff = await signedIn(hub, { role: 'operator', scope: { everything: true } })
    const [letter] = (await staff.get(`/documents/${id}`)).json().letters

    const answers = [
      await staff.post(`/documents/${id}/letters/${letter.id}/replay`, { reason }),
      await staff.post(`/documents/${id}/letters/${letter.id}/replay`, { reason }),
    ]

    expect(answers.map(answer => answer.statusCode)).toEqual([204, 404])
  })

  it('shows what services gave up of the whole hub, with the document it is about, and runs it again once', async () => {
    const { id, delivery } = await send('Bỏ dở')
    const given = {
      group: 'push',
      topic: 'docaxis.delivery.available',
      code: 'UNEXPECTED',
      reason: 'boom',
      attempts: 3,
    }
    const letters = [`${delivery}:available`, 'directory'].map(event => ({
      ...given,
      key: 'H99.05',
      event: { id: event, subject: event.split(':')[0] },
    }))
    await hub.database.query('truncate dead_letter')
    for (const letter of letters) await hub.database.transaction(tx => insertDeadLetter(tx, letter as never))
    const staff = await signedIn(hub, { role: 'operator', scope: { everything: true } })
    const { items } = (await staff.get('/dead-letters')).json()

    const [other, own] = items
    const answers = [
      await staff.post(`/dead-letters/${own.id}/replay`, { reason }),
      await staff.post(`/dead-letters/${own.id}/replay`, { reason }),
      await staff.post(`/dead-letters/${other.id}/replay`, { reason: '' }),
    ]

    expect([other.document, own.document]).toEqual([null, id])
    expect(answers.map(answer => answer.statusCode)).toEqual([204, 404, 400])
    expect(await auditOf(own.id, 'dead-letter.replay')).toEqual([{ actor: `user:${staff.login}`, reason }])
    expect((await staff.get('/dead-letters')).json().items).toMatchObject([{ id: other.id }])
  })

  it('does nothing without a reason, and nothing for the delivery of another document', async () => {
    const first = await send('Một')
    const second = await send('Hai')
    const staff = await signedIn(hub, { role: 'operator', scope: { everything: true } })

    const foreign = await staff.post(`/documents/${first.id}/deliveries/${second.delivery}/cancel`, { reason })
    const silent = await staff.post(`/documents/${first.id}/deliveries/${first.delivery}/cancel`, { reason: '' })

    expect([foreign.statusCode, silent.statusCode]).toEqual([404, 400])
  })
})

async function auditOf(object: string, action: string): Promise<unknown[]> {
  const { rows } = await hub.database.query(
    "select actor, details ->> 'reason' as reason from audit_log where object = $1 and action = $2",
    [object, action],
  )
  return rows
}
