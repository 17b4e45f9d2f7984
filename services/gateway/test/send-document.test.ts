import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

it('accepts a sealed document for three levels and says what it took', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99', 'H99.05', 'H99.06'], documentId: 'G99,2030,1' })

  const answer = await hub.post(xml, 'g99')

  expect(answer.statusCode).toBe(202)
  expect(answer.json()).toMatchObject({
    documentId: 'G99,2030,1',
    sha256: sha256(xml),
    sizeBytes: xml.length,
    verdict: { verdict: 'VALID', code: 'OK', binding: { holderCode: 'G99' } },
    warnings: [],
  })
  expect(answer.headers.location).toBe(`/api/v1/documents/${answer.json().id}`)
})

it('keeps the bytes, the owed receipt, the history, the audit row and the event of an acceptance', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99'] })

  const { id, receiptUrl } = (await hub.post(xml, 'g99')).json()

  expect(await hub.blobs.read(sha256(xml))).toEqual(xml)
  expect((await hub.get(receiptUrl, 'g99')).statusCode).toBe(202)
  expect(await count("audit_log where action = 'document.accept' and object = $1", id)).toBe(1)
  expect(await count("document_event where what = 'accepted' and document_id = $1", id)).toBe(1)
  expect(await count("outbox_log where topic = 'docaxis.document.accepted' and key = $1", id)).toBe(1)
})

it('answers the same bytes with the first acceptance', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99'] })
  const first = await hub.post(xml, 'g99')

  const again = await hub.post(xml, 'g99')

  expect(again.statusCode).toBe(200)
  expect(again.json()).toEqual(first.json())
})

it('answers fifty equal requests at once alike, and writes one document', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99', 'H99.05'], documentId: 'G99,2030,race' })

  const answers = await Promise.all(Array.from({ length: 50 }, () => hub.post(xml, 'g99')))

  const bodies = new Set(answers.map(answer => answer.body))
  expect(answers.filter(answer => answer.statusCode === 202)).toHaveLength(1)
  expect(answers.filter(answer => answer.statusCode === 200)).toHaveLength(49)
  expect(bodies.size).toBe(1)
  expect(await count('document where document_id = $1', 'G99,2030,race')).toBe(1)
  expect(await count('outbox_log where key = (select id from document where document_id = $1)', 'G99,2030,race')).toBe(
    1,
  )
})

it('delivers to the successor of a closed code and says so', async () => {
  const { id } = (await hub.post(hub.sealed({ sender: 'G99', receivers: ['H99.32'] }), 'g99')).json()

  const view = (await hub.get(`/api/v1/documents/${id}`, 'g99')).json()

  expect(view.deliveries).toMatchObject([{ receiver: 'H99.05', receiverWritten: 'H99.32', level: 'commune' }])
})

it('takes a seal by mandate and names the mandate', async () => {
  await hub.postJson(
    '/api/v1/admin/mandates',
    { principal: 'H99.06', holder: 'H99', kind: 'seal', validFrom: '2029-01-01T00:00:00Z' },
    hub.operator,
  )
  const xml = hub.sealed({ sender: 'H99.06', receivers: ['G99'] }, 'H99')

  const answer = await hub.post(xml, 'h99.06')

  expect(answer.json()).toMatchObject({
    verdict: { code: 'OK', binding: { holderCode: 'H99', mandate: { kind: 'seal' } } },
  })
})

it('delivers to the good receivers where the system asked for it, and keeps the bad one with its fault', async () => {
  const tolerant = await hub.addSystem({ id: 'tolerant', badReceiver: 'deliver-others' }, ['G99'])
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99', 'X77'] })

  const answer = await hub.post(xml, tolerant)

  expect(answer.statusCode).toBe(202)
  expect(answer.json().warnings).toMatchObject([{ code: 'R.MessageHeader.To.OrganId' }])
  const view = (await hub.get(`/api/v1/documents/${answer.json().id}`, tolerant)).json()
  expect(view.deliveries).toMatchObject([
    { receiver: 'H99', transport: 'accepted', fault: null },
    { receiver: 'X77', transport: 'failed', fault: 'R.MessageHeader.To.OrganId' },
  ])
})

it('validates without storing anything', async () => {
  const before = await count('document')

  const answer = await hub.app.inject({
    method: 'POST',
    url: '/api/v1/documents/validate',
    headers: { ...hub.as('g99'), 'content-type': 'application/xml' },
    payload: hub.sealed({ sender: 'G99', receivers: ['X77'] }),
  })

  expect(answer.json()).toMatchObject({
    ok: false,
    errors: [{ code: 'R.MessageHeader.To.OrganId', hint: { vi: expect.any(String) } }],
    verdict: { code: 'OK' },
  })
  expect(await count('document')).toBe(before)
})

it('validates that a DocumentId is used for other content', async () => {
  const wish = { sender: 'G99', receivers: ['H99'], documentId: 'G99,2030,used' }
  await hub.post(hub.sealed(wish), 'g99')
  const other = [{ name: 'khac.txt', content: Buffer.from('Nội dung khác'), type: 'text/plain' }]

  const answer = await hub.app.inject({
    method: 'POST',
    url: '/api/v1/documents/validate',
    headers: { ...hub.as('g99'), 'content-type': 'application/xml' },
    payload: hub.sealed({ ...wish, attachments: other }),
  })

  expect(answer.json()).toMatchObject({ ok: false, errors: [{ code: 'M.Exist' }] })
})

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function count(from: string, ...values: unknown[]): Promise<number> {
  const { rows } = await hub.database.query(`select count(*)::integer as n from ${from}`, values)
  return rows[0].n
}
