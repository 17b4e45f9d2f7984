import { envelopeXml } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeOf, edoc, type VxpHub, vxpHub } from './vxp-hub.ts'

// One row for a packet and a connected system, however many agencies stand behind it.

let hub: VxpHub
const communes = Array.from({ length: 150 }, (_none, index) => `H98.${String(index + 1).padStart(3, '0')}`)

beforeAll(async () => {
  hub = await vxpHub()
  await hub.addAgencies(
    [{ code: 'H98', level: 'province' }, ...communes.map(code => ({ code, parent: 'H98' }))].map(named),
  )
  await hub.addVxpSystem('sender', ['G98', 'H99'])
  await hub.addVxpSystem('many', ['H98', ...communes])
  await hub.addVxpSystem('single', ['H99.06'])
})
afterAll(() => hub?.close())

it('shows a packet to 150 agencies as one row, and acknowledges 150 deliveries with one done', async () => {
  // Neither the first by code nor the first by chance: the first in the order of the packet.
  const receivers = [...communes].reverse()
  const xml = envelopeXml({ sender: 'G98', receivers, documentId: 'G98,2030,many' })
  const { DocId } = await hub.kit('sender').sendEdoc(edoc('G98'), xml)
  const kit = hub.kit('many')
  const [row] = await hub.received(kit, 1)
  expect(row).toMatchObject({ from: 'G98', to: 'H98.150', status: 'inbox' })
  expect((await kit.call('countReceiveEdoc')).count).toBe(1)

  const { file } = await kit.getEdoc(row?.docId ?? '')
  const done = await kit.updateStatus(row?.docId ?? '', 'done')
  const again = await kit.updateStatus(row?.docId ?? '', 'done')

  expect(file).toEqual(xml)
  expect([codeOf(done), codeOf(again)]).toEqual(['OK 0', 'OK 0'])
  const { rows } = await hub.database.query(
    `select state, count(*)::integer as count, sum(fetches)::integer as fetches
       from delivery where document_id = $1 group by state`,
    [DocId],
  )
  expect(rows).toEqual([{ state: 'acknowledged', count: 150, fetches: 150 }])
  expect((await hub.kit('many').getReceivedEdocList({ messagetype: 'edoc' })).data).toEqual([])
  const history = await hub.kit('many').getReceivedEdocList({ messagetype: 'edoc', status: 'done' })
  expect(history.data).toMatchObject([{ docId: row?.docId, to: 'H98.150', status: 'done' }])
})

it('keeps a packet back while it is under way to other agencies of the same system', async () => {
  const xml = envelopeXml({ sender: 'G98', receivers: ['H98', 'H98.001'] })
  const { DocId } = await hub.kit('sender').sendEdoc(edoc('G98'), xml)
  const kit = hub.kit('many')
  const [row] = await hub.received(kit, 1)
  await hub.database.query(
    "update delivery set state = 'routed', due_at = null where document_id = $1 and receiver = 'H98'",
    [DocId],
  )

  const half = await kit.getReceivedEdocList({ messagetype: 'edoc' })
  await hub.database.query(
    "update delivery set state = 'available', due_at = now() where document_id = $1 and receiver = 'H98'",
    [DocId],
  )
  const whole = await kit.getReceivedEdocList({ messagetype: 'edoc' })

  expect([half.data, whole.data?.length, whole.data?.[0]?.docId]).toEqual([[], 1, row?.docId])
  await kit.updateStatus(row?.docId ?? '', 'done')
})

it('shows each agency its own row where the system asks for that', async () => {
  await setVxp('many', { rows: 'per-agency' })
  const xml = envelopeXml({ sender: 'G98', receivers: ['H98.002', 'H98.003'] })
  await hub.kit('sender').sendEdoc(edoc('G98'), xml)
  const kit = hub.kit('many')
  const rows = await hub.received(kit, 2)

  await kit.updateStatus(rows[0]?.docId ?? '', 'done')
  const left = await hub.received(kit, 1)
  await kit.updateStatus(rows[1]?.docId ?? '', 'done')

  expect(rows.map(({ to }) => to).sort()).toEqual(['H98.002', 'H98.003'])
  expect(left[0]?.docId).toBe(rows[1]?.docId)
  await setVxp('many', { rows: 'per-system' })
})

it('lists the urgent first, then the oldest, in pages, and by inclusive days of Vietnam', async () => {
  for (const [documentId, priority] of [
    ['a', 0],
    ['b', 0],
    ['c', 2],
  ] as const) {
    const xml = envelopeXml({ sender: 'G98', receivers: ['H99.06'], documentId: `G98,2030,${documentId}`, priority })
    await hub.kit('sender').sendEdoc(edoc('G98'), xml)
  }
  const kit = hub.kit('single')
  const rows = await hub.received(kit, 3)
  await hub.database.query("update delivery set accepted_at = '2030-01-31T23:30:00+07:00' where id = $1", [
    rows[1]?.docId,
  ])

  const [urgent] = rows
  const urgentRow = await hub.database.query('select priority from delivery where id = $1', [urgent?.docId])
  const second = await list({ pageSize: '1', pageIndex: '2' })
  const day = await list({ fromDate: '2030/01/31', toDate: '2030/01/31' })
  const before = await list({ fromDate: '2030/01/01', toDate: '2030/01/30' })
  const wrong = await hub.kit('single').getReceivedEdocList({ messagetype: 'edoc', fromDate: '31/02/2030' })

  expect(urgentRow.rows).toEqual([{ priority: 2 }])
  expect(second.map(({ docId }) => docId)).toEqual([rows[2]?.docId])
  expect(day).toMatchObject([{ docId: rows[1]?.docId, created_time: '2030-01-31 23:30:00' }])
  expect(before).toEqual([])
  expect(codeOf(wrong)).toBe('FAIL 22')
})

it('takes no parameter that an earlier call left behind for a wish', async () => {
  const kit = hub.kit('single')
  const [first] = await hub.received(kit, 3)
  await kit.sendEdoc({ ...edoc('H99.06'), to: '["G98"]' }, envelopeXml({ sender: 'H99.06', receivers: ['G98'] }))
  await kit.getEdoc(first?.docId ?? '')
  await kit.updateStatus(first?.docId ?? '', 'done')

  // This client object sends status=done, docId, docid and a `to` that is none of its own from now on.
  const waiting = await kit.getReceivedEdocList({ servicetype: 'eDoc', messagetype: 'edoc' })
  const sent = await kit.call('getSentEdocList')

  expect(waiting.data).toHaveLength(2)
  expect(sent.data).toMatchObject([{ toCode: 'G98', fromCode: 'H99.06' }])
})

it('updates the document in docid where getEdoc left another in docId', async () => {
  const kit = hub.kit('single', { version: '2.0.0' })
  const rows = await hub.received(kit, 2)
  for (const { docId } of rows) await kit.getEdoc(docId)

  await kit.updateStatus(rows[0]?.docId ?? '', 'done')

  expect((await hub.received(hub.kit('single'), 1))[0]?.docId).toBe(rows[1]?.docId)
})

it('offers again what failed, counts what is tried in the pause for nothing, and takes a done after all', async () => {
  const [row] = await hub.received(hub.kit('single'), 1)
  const kit = hub.kit('single')
  const docId = row?.docId ?? ''

  for (let tried = 0; tried < 12; tried += 1) {
    expect((await kit.getEdoc(docId)).file).toBeDefined()
    expect(codeOf(await kit.updateStatus(docId, 'fail'))).toBe('OK 0')
  }

  const { rows } = await hub.database.query('select state, attempts from delivery where id = $1', [docId])
  expect(rows).toEqual([{ state: 'available', attempts: 1 }])
  expect(await hub.received(hub.kit('single'), 1)).toMatchObject([{ docId, status: 'fail' }])
  expect(codeOf(await kit.updateStatus(docId, 'done'))).toBe('OK 0')
  const tooLate = await kit.updateStatus(docId, 'fail')
  expect([codeOf(tooLate), tooLate.ErrorDesc.includes('done')]).toEqual(['FAIL 22', true])
})

it('reads a business code in updateStatus as done, and tells the sender once', async () => {
  const xml = envelopeXml({ sender: 'G98', receivers: ['H99.06'] })
  const { DocId } = await hub.kit('sender').sendEdoc(edoc('G98'), xml)
  const kit = hub.kit('single')
  const [row] = await hub.received(kit, 1)

  const first = await kit.updateStatus(row?.docId ?? '', '03')
  await kit.updateStatus(row?.docId ?? '', '03')

  expect(codeOf(first)).toBe('OK 0')
  const view = (await hub.get(`/api/v1/documents/${DocId}`, 'sender')).json()
  expect(view.deliveries).toMatchObject([
    { transport: 'acknowledged', business: '03', history: [{ code: '03', via: 'update-status', reporter: 'H99.06' }] },
  ])
  expect(codeOf(await kit.updateStatus(row?.docId ?? '', '13'))).toBe('FAIL 22')
})

it('writes nothing for an empty poll', async () => {
  const kit = hub.kit('many')
  await kit.getReceivedEdocList({ messagetype: 'status' })
  const written = () =>
    hub.database.query(`
      select (select count(*) from vxp_call) as calls, (select count(*) from vxp_signature) as signatures,
             (select count(*) from audit_log) as audit, (select count(*) from document_event) as events`)
  await hub.get('/api/v1/admin/systems/many/vxp-calls', 'operator')
  const before = (await written()).rows

  await kit.getReceivedEdocList({ messagetype: 'status' })
  await kit.call('countReceiveStatus')
  await hub.get('/api/v1/admin/systems/many/vxp-calls', 'operator')

  expect((await written()).rows).toEqual(before)
})

it('names all receivers that do not exist, and the sender of a document that exists', async () => {
  const kit = hub.kit('sender')
  const receivers = ['H99.06', ...Array.from({ length: 23 }, (_none, index) => `X77.${index}`)]
  const unknown = await kit.sendEdoc(edoc('G98'), envelopeXml({ sender: 'G98', receivers }))
  const closed = await kit.sendEdoc(edoc('G98'), envelopeXml({ sender: 'G98', receivers: ['H99.33'] }))
  const documentId = 'G98,2030,exists'
  const first = await kit.sendEdoc(edoc('G98'), envelopeXml({ sender: 'G98', receivers: ['H99.06'], documentId }))
  const attachments = [{ name: 'khac.txt', content: Buffer.from('khác'), type: 'text/plain' }]
  const other = await kit.sendEdoc(
    edoc('G98'),
    envelopeXml({ sender: 'G98', receivers: ['H99.06'], documentId, attachments }),
  )
  const broken = await kit.sendEdoc(edoc('G98'), Buffer.from('<edXML'))
  const asStatus = await kit.sendEdoc(edoc('G98', 'status'), envelopeXml({ sender: 'G98', receivers: ['H99.06'] }))

  expect([unknown, closed, other, broken].map(codeOf)).toEqual(['FAIL 18', 'FAIL 23', 'FAIL 22', 'FAIL 10'])
  expect(unknown.ErrorDesc).toMatch(/^Đơn vị nhận: X77\.0, .*X77\.19 và 3 mã khác\./)
  expect(other.ErrorDesc).toMatch(
    new RegExp(`^Đã gửi lúc \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d, DocId ${first.DocId}\\.`),
  )
  // A legacy system that names the wrong kind is warned.
  expect(codeOf(asStatus)).toBe('OK 0')
})

it('answers 503 while a strict system cannot be proved, so that its kit tries again', async () => {
  const unproven = await vxpHub({ crl: false })
  await unproven.addVxpSystem('kit', ['G98'], { profile: 'strict' })

  const result = await unproven.kit('kit').sendEdoc(edoc('G98'), unproven.sealed({ sender: 'G98', receivers: ['H99'] }))
  const unsigned = await unproven.kit('kit').sendEdoc(edoc('G98'), envelopeXml({ sender: 'G98', receivers: ['H99'] }))

  expect([codeOf(result), codeOf(unsigned)]).toEqual(['503', 'FAIL 22'])
  expect((await unproven.database.query('select from document')).rowCount).toBe(0)
  await unproven.close()
})

function named(agency: { readonly code: string }) {
  return { ...agency, name: `Cơ quan ${agency.code}` }
}

async function list(parameters: Record<string, string>) {
  return (await hub.kit('single').getReceivedEdocList({ messagetype: 'edoc', ...parameters })).data ?? []
}

async function setVxp(system: string, settings: object): Promise<void> {
  const url = `/api/v1/admin/systems/${system}/vxp`
  const answer = await hub.app.inject({ method: 'PUT', url, headers: hub.as('operator'), payload: settings })
  expect(answer.statusCode).toBe(200)
}
