import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
  await hub.addSystem({ id: 'kit', profile: 'legacy', signaturePolicy: 'record' }, ['G99'])
})
afterAll(() => hub?.close())

it('takes a file that a legacy system rebuilt for a repeat, and keeps both hashes', async () => {
  const wish = { sender: 'G99', receivers: ['H99'], documentId: 'rebuilt' }
  const first = (await hub.post(hub.unsealed(wish), 'kit')).json()

  const again = await hub.post(hub.unsealed({ ...wish, sentAt: later() }), 'kit')

  expect(again.statusCode).toBe(200)
  expect(again.json()).toMatchObject({ id: first.id, sha256: first.sha256 })
  expect(codes(again.json().warnings)).toContain('M.Exist.Rebuilt')
  const { rows } = await hub.database.query(
    "select details from document_event where document_id = $1 and what = 'repeat-answered'",
    [first.id],
  )
  expect(rows).toMatchObject([{ details: { rebuilt: true } }])
})

it('takes no rebuilt file from a strict system', async () => {
  const wish = { sender: 'G99', receivers: ['H99'], documentId: 'rebuilt-strict' }
  await hub.post(hub.sealed(wish), 'g99')

  const again = await hub.post(hub.sealed({ ...wish, sentAt: later() }), 'g99')

  expect(again.statusCode).toBe(409)
})

it('delivers to further receivers only, as a second packet of the first', async () => {
  const wish = { sender: 'G99', receivers: ['H99'], documentId: 'further' }
  const first = (await hub.post(hub.sealed(wish), 'g99')).json()

  const second = await hub.post(hub.sealed({ ...wish, receivers: ['H99', 'H99.05'] }), 'g99')

  expect(second.statusCode).toBe(202)
  const view = (await hub.get(`/api/v1/documents/${second.json().id}`, 'g99')).json()
  expect(view.extends).toBe(first.id)
  expect(view.deliveries.map((delivery: { receiver: string }) => delivery.receiver)).toEqual(['H99.05'])
})

it('lets one of two packets that add the same receiver at once deliver to it', async () => {
  const wish = { sender: 'G99', receivers: ['H99'], documentId: 'further-race' }
  await hub.post(hub.sealed(wish), 'g99')
  const more = { ...wish, receivers: ['H99', 'H99.06'] }

  await Promise.all([
    hub.post(hub.sealed({ ...more, subject: 'Một' }), 'g99'),
    hub.post(hub.sealed({ ...more, subject: 'Hai' }), 'g99'),
  ])

  const { rows } = await hub.database.query(
    `select receiver.resolved from document_receiver as receiver
       join document on document.id = receiver.document_id
      where document.document_id = 'further-race' and receiver.resolved = 'H99.06'`,
  )
  expect(rows).toHaveLength(1)
})

it('refuses other content under a used DocumentId and names the first sending', async () => {
  const wish = { sender: 'G99', receivers: ['H99'], documentId: 'taken' }
  const first = (await hub.post(hub.sealed(wish), 'g99')).json()
  const other = [{ name: 'khac.txt', content: Buffer.from('Nội dung khác'), type: 'text/plain' }]

  const answer = await hub.post(hub.sealed({ ...wish, attachments: other }), 'g99')

  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({
    code: 'DOCUMENT_EXISTS',
    details: { id: first.id, acceptedAt: first.acceptedAt },
    errors: [{ code: 'M.Exist' }],
  })
})

it('lets an update be sent again with other bytes, and answers a repeat with what the first came to', async () => {
  const wish = { sender: 'G99', receivers: ['H99'], documentId: 'to-update' }
  await hub.post(hub.sealed(wish), 'g99')
  const update = { ...wish, action: 'update' as const, reason: 'Sửa lỗi', target: 'to-update' }
  const bytes = hub.sealed(update)

  const first = await hub.post(bytes, 'g99')
  const second = await hub.post(hub.sealed({ ...update, reason: 'Sửa lỗi khác' }), 'g99')
  const repeated = await hub.post(bytes, 'g99')

  expect([first.statusCode, second.statusCode, repeated.statusCode]).toEqual([202, 202, 200])
  expect(first.json().effects).toMatchObject([
    { action: 'update', documentId: 'to-update', receiver: 'H99', outcome: 'asked', flagged: false },
  ])
  expect(repeated.body).toBe(first.body)
})

it('refuses to act on another agency’s document', async () => {
  await hub.post(hub.sealed({ sender: 'G98', receivers: ['H99'], documentId: 'of-g98' }), 'g98')
  const revoke = { action: 'revoke' as const, reason: 'Sai', target: 'of-g98' }

  const answer = await hub.post(hub.sealed({ sender: 'G99', receivers: ['H99'], ...revoke }), 'g99')

  expect(answer.statusCode).toBe(422)
  expect(codes(answer.json().errors)).toEqual(['Permission'])
})

it('refuses a strict system that acts on a document nobody knows, and warns a legacy one', async () => {
  const wish = { sender: 'G99', receivers: ['H99'], action: 'revoke' as const, reason: 'Sai', target: 'never-sent' }

  const strict = await hub.post(hub.sealed(wish), 'g99')
  const legacy = await hub.post(hub.sealed(wish), 'kit')

  expect(codes(strict.json().errors)).toEqual(['M.TraceHeaderList.Bussiness.DocumentId'])
  expect(legacy.statusCode).toBe(202)
  expect(codes(legacy.json().warnings)).toContain('M.TraceHeaderList.Bussiness.DocumentId')
})

function codes(findings: { code: string }[]): string[] {
  return findings.map(finding => finding.code)
}

function later(): Date {
  return new Date(hub.deps.now().getTime() + 60_000)
}
