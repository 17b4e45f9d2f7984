import { createHash } from 'node:crypto'
import { createService as createDelivery } from '@docaxis/delivery'
import { createService as createRouter } from '@docaxis/router'
import { readConfig, type Service } from '@docaxis/service'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway
let services: Service[]

beforeAll(async () => {
  hub = await testGateway()
  const config = readConfig({ DOCAXIS_ENVIRONMENT: 'test' })
  services = [createRouter(config, hub.deps), createDelivery(config, hub.deps)]
  for (const service of services) await service.start()
  await hub.deps.bus.start()
})

afterAll(async () => {
  for (const service of services ?? []) await service.stop()
  await hub?.close()
})

it('carries a document from a ministry to a commune and a status back, byte for byte', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99.05'], documentId: 'G99,2030,carry' })
  const { id } = (await hub.post(xml, 'g99')).json()
  const item = await waiting('h99.05', id)

  const fetched = await hub.get(`/api/v1/deliveries/${item.deliveryId}/envelope`, 'h99.05')
  const acknowledged = await hub.postJson(`/api/v1/deliveries/${item.deliveryId}/ack`, { result: 'stored' }, 'h99.05')
  const reported = await hub.postJson(`/api/v1/deliveries/${item.deliveryId}/status`, { code: '03' }, 'h99.05')

  expect(fetched.rawPayload).toEqual(xml)
  expect(fetched.headers['content-digest']).toBe(`sha-256=:${createHash('sha256').update(xml).digest('base64')}:`)
  expect(acknowledged.json()).toEqual({ id: item.deliveryId, transport: 'acknowledged' })
  expect(reported.statusCode).toBe(202)
  const status = await waiting('g99', reported.json().id)
  expect(status).toMatchObject({ kind: 'status', sender: 'H99.05', documentId: 'G99,2030,carry' })
  const view = (await hub.get(`/api/v1/documents/${id}`, 'g99')).json()
  expect(view.deliveries).toMatchObject([
    { transport: 'acknowledged', business: '03', history: [{ code: '03', reporter: 'H99.05', via: 'json' }] },
  ])
})

it('answers a repeated status with the first answer, by key and without', async () => {
  const delivery = await delivered('H99.06')
  const path = `/api/v1/deliveries/${delivery}/status`
  const body = { code: '02', reason: 'Gửi nhầm cơ quan' }

  const first = await hub.postJson(path, body, 'h99.06', { 'idempotency-key': 'k-1' })
  const byKey = await hub.postJson(path, body, 'h99.06', { 'idempotency-key': 'k-1' })
  const asLast = await hub.postJson(path, body, 'h99.06')
  const otherUnderKey = await hub.postJson(path, { code: '03' }, 'h99.06', { 'idempotency-key': 'k-1' })

  expect(first.statusCode).toBe(202)
  expect([byKey.statusCode, asLast.statusCode]).toEqual([200, 200])
  expect([byKey.json().id, asLast.json().id]).toEqual([first.json().id, first.json().id])
  expect(otherUnderKey.json().code).toBe('IDEMPOTENCY_CONFLICT')
})

it('writes one status for twenty equal reports at once', async () => {
  const delivery = await delivered('H99.06')

  const answers = await Promise.all(
    Array.from({ length: 20 }, () => hub.postJson(`/api/v1/deliveries/${delivery}/status`, { code: '01' }, 'h99.06')),
  )

  expect(new Set(answers.map(answer => answer.json().id)).size).toBe(1)
})

it('takes a reason for a refusal, and no status 13 from a receiver', async () => {
  const delivery = await delivered('H99.06')

  const without = await hub.postJson(`/api/v1/deliveries/${delivery}/status`, { code: '02' }, 'h99.06')
  const takeBack = await hub.postJson(`/api/v1/deliveries/${delivery}/status`, { code: '13' }, 'h99.06')

  expect([without.statusCode, takeBack.statusCode]).toEqual([400, 400])
})

it('sends ranges, answers HEAD without marking, and refuses a range behind the end', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99.05'] })
  const { id } = (await hub.post(xml, 'g99')).json()
  const { deliveryId } = await waiting('h99.05', id)
  const url = `/api/v1/deliveries/${deliveryId}/envelope`
  const headers = hub.as('h99.05')

  const head = await hub.app.inject({ method: 'HEAD', url, headers })
  const behind = await hub.app.inject({ method: 'GET', url, headers: { ...headers, range: `bytes=${xml.length}-` } })
  const untouched = await transport(id)
  const range = await hub.app.inject({ method: 'GET', url, headers: { ...headers, range: 'bytes=10-19' } })

  expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, String(xml.length), ''])
  expect([behind.statusCode, behind.headers['content-range']]).toEqual([416, `bytes */${xml.length}`])
  expect(untouched).toBe('available')
  expect(range.statusCode).toBe(206)
  expect(range.rawPayload).toEqual(xml.subarray(10, 20))
  expect(range.headers['content-range']).toBe(`bytes 10-19/${xml.length}`)
  expect(range.headers['content-digest']).toBe(
    `sha-256=:${createHash('sha256').update(xml.subarray(10, 20)).digest('base64')}:`,
  )
  expect(await transport(id)).toBe('fetched')
})

it('acknowledges many at once and answers each on its own', async () => {
  const own = await delivered('H99.05')
  const foreign = await delivered('H99.06')
  const items = [
    { id: own, result: 'stored' },
    { id: foreign, result: 'stored' },
    { id: 'f'.repeat(24), result: 'failed', reason: 'disk' },
  ]

  const answer = await hub.postJson('/api/v1/deliveries/ack', { items }, 'h99.05')

  expect(answer.json().items).toEqual([
    { id: own, ok: true, transport: 'acknowledged' },
    { id: foreign, ok: false, code: 'NOT_FOUND' },
    { id: 'f'.repeat(24), ok: false, code: 'NOT_FOUND' },
  ])
})

it('takes a status message posted as edXML and records it on the delivery', async () => {
  await hub.addSystem({ id: 'e-office', profile: 'legacy', statusPolicy: 'record' }, ['H99.06'])
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99.06'], documentId: 'G99,2030,edxml-status' })
  const { id } = (await hub.post(xml, 'g99')).json()
  await waiting('e-office', id)

  const { writeStatus } = await import('@docaxis/edxml')
  const status = writeStatus({
    sender: { agencyCode: 'H99.06', name: 'Cơ quan H99.06' },
    receiverCode: 'G99',
    documentId: 'G99,2030,edxml-status',
    code: '12/CV-VP',
    statusCode: '01',
    reportedAt: hub.deps.now(),
  })
  const answer = await hub.post(status, 'e-office')

  expect(answer.statusCode).toBe(202)
  const view = (await hub.get(`/api/v1/documents/${id}`, 'g99')).json()
  expect(view.deliveries[0]).toMatchObject({ business: '01', history: [{ via: 'edxml' }] })
})

it('shows the history of a document in order', async () => {
  const { id } = (await hub.post(hub.sealed({ sender: 'G99', receivers: ['H99'] }), 'g99')).json()
  await waiting('h99', id)

  const { items } = (await hub.get(`/api/v1/documents/${id}/timeline`, 'g99')).json()

  expect(items.map((item: { what: string }) => item.what).slice(0, 2)).toEqual(['accepted', 'routed'])
})

interface InboxItem {
  deliveryId: string
  id: string
}

/** Polls the mailbox until the packet is there. */
async function waiting(system: string, id: string): Promise<InboxItem> {
  return expect
    .poll(async () => items(await hub.get('/api/v1/inbox?limit=500', system)).find(item => item.id === id), {
      timeout: 15_000,
      interval: 50,
    })
    .toBeDefined()
    .then(async () => {
      const found = items(await hub.get('/api/v1/inbox?limit=500', system)).find(item => item.id === id)
      if (!found) throw new Error(`packet ${id} left the mailbox again`)
      return found
    })
}

function items(answer: Answer): InboxItem[] {
  return answer.json().items
}

/** A fresh document from the ministry, waiting at its only receiver; returns the delivery's id. */
async function delivered(receiver: string): Promise<string> {
  const { id } = (await hub.post(hub.sealed({ sender: 'G99', receivers: [receiver] }), 'g99')).json()
  return (await waiting(receiver.toLowerCase(), id)).deliveryId
}

async function transport(id: string): Promise<string> {
  return (await hub.get(`/api/v1/documents/${id}`, 'g99')).json().deliveries[0].transport
}
