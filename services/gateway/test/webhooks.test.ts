import { insertWebhookMessages } from '@docaxis/store'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway
const url = 'https://office.example/hook'

beforeAll(async () => {
  hub = await testGateway({ env: { DOCAXIS_PUSH_PLAIN_HOSTS: 'office.lan' } })
})
afterAll(() => hub.close())
beforeEach(() => hub.database.query('truncate webhook cascade'))

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object, system = 'g99') =>
  hub.app.inject({ method, url: `/api/v1${path}`, headers: hub.as(system), ...(payload && { payload }) })

async function add(wish: object = { url }, system = 'g99') {
  const answer = await call('POST', '/webhooks', wish, system)
  expect(answer.statusCode).toBe(201)
  return answer.json() as { readonly id: string; readonly secret: string }
}

/** @returns id of a message that was told to it */
async function tell(webhookId: string, eventId = 'x:issued'): Promise<string> {
  const body = JSON.stringify({ type: 'receipt.issued', timestamp: '2030-01-15T05:00:00.000Z', data: { eventId } })
  const [id = ''] = await insertWebhookMessages(hub.database, [
    { webhookId, eventId, type: 'receipt.issued', priority: 0, body },
  ])
  return id
}

describe('a system', () => {
  it('registers where it wants to be told; the secret is shown once and in no answer after', async () => {
    const created = await call('POST', '/webhooks', { url, types: ['delivery.available'], description: 'Văn thư' })

    expect(created.json()).toMatchObject({ url, types: ['delivery.available'], state: 'active', breaker: 'closed' })
    expect(created.headers['cache-control']).toBe('no-store')
    expect(created.json().secret).toMatch(/^whsec_[\w+/]{43}=$/)
    const list = await call('GET', '/webhooks')
    expect(list.json().items).toMatchObject([{ id: created.json().id, description: 'Văn thư' }])
    expect(list.body).not.toContain(created.json().secret)
  })

  it.each([
    { of: 'plain http', wish: { url: 'http://office.example/hook' }, code: 'REQUEST_INVALID' },
    { of: 'the inside', wish: { url: 'https://169.254.169.254/latest' }, code: 'REQUEST_INVALID' },
    { of: 'no kind', wish: { url: 'nothing at all' }, code: 'REQUEST_INVALID' },
    { of: 'a type that nobody tells', wish: { url, types: ['everything'] }, code: 'REQUEST_INVALID' },
  ])('registers no webhook with an address of $of', async ({ wish, code }) => {
    const answer = await call('POST', '/webhooks', wish)

    expect([answer.statusCode, answer.json().code]).toEqual([400, code])
    expect((await call('GET', '/webhooks')).json().items).toEqual([])
  })

  it('registers one by plain http where an operator allowed its host by name', async () => {
    await add({ url: 'http://office.lan/hook' })
  })

  it('changes it, stops it, and removes it', async () => {
    const { id } = await add()

    const changed = await call('PUT', `/webhooks/${id}`, { types: ['receipt.issued'], state: 'disabled' })
    expect(changed.json()).toMatchObject({ url, types: ['receipt.issued'], state: 'disabled' })
    expect((await call('DELETE', `/webhooks/${id}`)).statusCode).toBe(204)

    expect((await call('GET', `/webhooks/${id}`)).statusCode).toBe(404)
  })

  it('has a test message sent to it, before everything else', async () => {
    const { id } = await add()
    await tell(id)

    const answer = await call('POST', `/webhooks/${id}/test`)

    expect(answer.statusCode).toBe(202)
    const message = (await call('GET', `/webhooks/${id}/messages/${answer.json().messageId}`)).json()
    expect(message).toMatchObject({ type: 'webhook.test', state: 'waiting', attempts: 0, lastAttempts: [] })
    expect(JSON.parse(message.body)).toMatchObject({ type: 'webhook.test', data: { webhookId: id } })
  })

  it('has at most twenty', async () => {
    for (let n = 0; n < 20; n += 1) await add()

    expect((await call('POST', '/webhooks', { url })).json().code).toBe('STATE_CONFLICT')
  })
})

describe('an operator', () => {
  it('does the same for a system, and it is written down who did', async () => {
    const created = await call('POST', '/admin/systems/g99/webhooks', { url }, 'operator')
    const { id } = created.json()

    expect(created.statusCode).toBe(201)
    expect((await call('GET', '/webhooks')).json().items).toMatchObject([{ id }])
    expect((await call('POST', `/admin/systems/g99/webhooks/${id}/test`, undefined, 'operator')).statusCode).toBe(202)
    expect((await call('GET', `/admin/systems/g98/webhooks/${id}`, undefined, 'operator')).statusCode).toBe(404)
    const { rows } = await hub.database.query(
      "select actor from audit_log where action = 'webhook.add' and object = 'g99' order by at desc limit 1",
    )
    expect(rows).toEqual([{ actor: 'system:operator' }])
  })

  it('is told that there is no such system', async () => {
    expect((await call('POST', '/admin/systems/nobody/webhooks', { url }, 'operator')).statusCode).toBe(404)
  })
})

describe('a relay', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2030-01-15T05:00:00Z'), toFake: ['Date'] })
    return () => vi.useRealTimers()
  })

  it('gets messages that the reference verifier takes, once, until it says what became of them', async () => {
    const { id, secret } = await add({ url: null })
    const messageId = await tell(id)

    const { items } = (await call('POST', `/webhooks/${id}/pull`, {})).json()

    expect(items).toMatchObject([{ messageId, type: 'receipt.issued' }])
    expect(new Verifier(secret).verify(items[0].body, items[0].headers)).toMatchObject({ type: 'receipt.issued' })
    expect((await call('POST', `/webhooks/${id}/pull`, {})).json().items).toEqual([])

    const outcome = `/webhooks/${id}/messages/${messageId}/outcome`
    expect((await call('POST', outcome, { durationMs: 3, status: 200 })).json()).toEqual({ state: 'delivered' })
    expect((await call('POST', outcome, { durationMs: 3, status: 200 })).json()).toEqual({ state: 'not-waiting' })
  })

  it('gets them signed with both secrets during a rotation', async () => {
    const { id, secret } = await add({ url: null })
    const next = (await call('POST', `/webhooks/${id}/secrets`, { overlapHours: 1 })).json().secret
    await tell(id)

    const [item] = (await call('POST', `/webhooks/${id}/pull`, {})).json().items

    for (const each of [secret, next]) expect(() => new Verifier(each).verify(item.body, item.headers)).not.toThrow()
  })

  it.each([
    { outcome: { durationMs: 3, status: 500 }, failure: 'answers status 500' },
    { outcome: { durationMs: 3, failure: 'connection refused' }, failure: 'connection refused' },
    { outcome: { durationMs: 3, status: 200, failure: 'cut short' }, failure: 'cut short' },
  ])('that was not answered 2xx gets it again ($failure)', async ({ outcome, failure }) => {
    const { id } = await add({ url: null })
    const messageId = await tell(id)
    await call('POST', `/webhooks/${id}/pull`, {})

    const answer = await call('POST', `/webhooks/${id}/messages/${messageId}/outcome`, outcome)

    expect(answer.json()).toEqual({ state: 'waiting' })
    const { items } = (await call('GET', `/webhooks/${id}/messages`)).json()
    expect(items).toMatchObject([{ attempts: 1, lastAttempts: [{ failure }] }])
  })

  it('gets nothing of a webhook that the hub calls itself, or that is stopped', async () => {
    const called = await add()
    const stopped = await add({ url: null })
    await call('PUT', `/webhooks/${stopped.id}`, { state: 'disabled' })

    for (const { id } of [called, stopped]) {
      expect((await call('POST', `/webhooks/${id}/pull`, {})).json().code).toBe('STATE_CONFLICT')
    }
  })
})

describe('a replay', () => {
  async function taken(eventId: string) {
    const { id } = await add({ url: null })
    const messageId = await tell(id, eventId)
    await call('POST', `/webhooks/${id}/pull`, {})
    await call('POST', `/webhooks/${id}/messages/${messageId}/outcome`, { durationMs: 1, status: 204 })
    return { id, messageId }
  }

  it('sends one message again, under its id', async () => {
    const { id, messageId } = await taken('a:issued')

    expect((await call('POST', `/webhooks/${id}/messages/${messageId}/replay`)).json()).toEqual({ replayed: 1 })

    expect((await call('POST', `/webhooks/${id}/pull`, {})).json().items).toMatchObject([{ messageId }])
    expect((await call('POST', `/webhooks/${id}/messages/${'0'.repeat(24)}/replay`)).statusCode).toBe(404)
  })

  it('sends a span of time again, or of it what failed', async () => {
    const { id } = await taken('b:issued')
    const from = new Date(Date.now() - 3_600_000).toISOString()

    const failed = await call('POST', `/webhooks/${id}/replay`, { from, failedOnly: true })
    const all = await call('POST', `/webhooks/${id}/replay`, { from })

    expect([failed.json(), all.json()]).toEqual([{ replayed: 0 }, { replayed: 1 }])
  })
})
