import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

it.each([
  { what: 'a quote in a filter', path: "/api/v1/documents?documentId=' or 1=1 --" },
  { what: 'a quote in a cursor', path: "/api/v1/documents?after=x'; drop table document; --" },
  { what: 'a pattern in a search', path: '/api/v1/agencies?search=%25_%5C' },
  { what: 'a prototype in a query', path: '/api/v1/documents?__proto__[x]=1&constructor=2' },
])('takes $what for a value', async ({ path }) => {
  const answer = await hub.get(path, 'g99')

  expect(answer.statusCode).toBe(200)
  expect(({} as Record<string, unknown>).x).toBeUndefined()
})

it.each([
  { what: 'an unknown field', body: { result: 'stored', state: 'acknowledged' } },
  { what: 'an object for a word', body: { result: { $ne: 1 } } },
  { what: 'a list for a body', body: [] },
  { what: 'a word that is none', body: { result: 'lost' } },
])('refuses $what', async ({ body }) => {
  const answer = await hub.postJson(`/api/v1/deliveries/${'a'.repeat(24)}/ack`, body, 'g99')

  expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
})

it('refuses a body with __proto__', async () => {
  const answer = await hub.app.inject({
    method: 'POST',
    url: `/api/v1/deliveries/${'a'.repeat(24)}/ack`,
    headers: { ...hub.as('g99'), 'content-type': 'application/json' },
    payload: '{"result":"stored","__proto__":{"admin":true}}',
  })

  expect(answer.statusCode).toBe(400)
})

it.each(['-1', '501', '1e400', 'a'])('refuses limit=%s', async limit => {
  expect((await hub.get(`/api/v1/inbox?limit=${limit}`, 'g99')).statusCode).toBe(400)
})

it.each(['PUT', 'PATCH', 'DELETE'] as const)('answers 405 to %s and ignores X-HTTP-Method-Override', async method => {
  const answer = await hub.app.inject({
    method,
    url: '/api/v1/documents',
    headers: { ...hub.as('g99'), 'x-http-method-override': 'POST' },
  })

  expect([answer.statusCode, answer.json().code]).toEqual([405, 'METHOD_NOT_ALLOWED'])
})

it('takes an envelope as XML only', async () => {
  const answer = await hub.app.inject({
    method: 'POST',
    url: '/api/v1/documents',
    headers: { ...hub.as('g99'), 'content-type': 'application/json' },
    payload: '{}',
  })

  expect([answer.statusCode, answer.json().code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
})

it.each([
  { type: 'application/xml; charset=utf-16', status: 415 },
  { type: 'application/xml; charset="UTF-8"', status: 202 },
])('answers $status to an envelope sent as $type', async ({ type, status }) => {
  const answer = await hub.app.inject({
    method: 'POST',
    url: '/api/v1/documents',
    headers: { ...hub.as('g99'), 'content-type': type },
    payload: hub.sealed({ sender: 'G99', receivers: ['H99'] }),
  })

  expect(answer.statusCode).toBe(status)
})

it.each([
  { what: 'an id', path: '/api/v1/documents/%00' },
  { what: 'a filter', path: '/api/v1/documents?documentId=%00' },
  { what: 'a cursor', path: '/api/v1/agencies?after=%00' },
])('refuses $what with U+0000', async ({ path }) => {
  const answer = await hub.get(path, 'g99')

  expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
})

it('tells browsers of other origins nothing and cannot be framed', async () => {
  const answer = await hub.app.inject({
    method: 'OPTIONS',
    url: '/api/v1/documents',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  })
  const page = await hub.app.inject({ method: 'GET', url: '/api/v1/openapi.json' })

  expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  expect(page.headers['x-frame-options']).toBe('SAMEORIGIN')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
})

it('tells no inside of a failure', async () => {
  const broken = await testGateway()
  await broken.database.query('alter table agency rename to agency_gone')

  const answer = await broken.get('/api/v1/agencies/G99', 'g99')

  expect([500, 503]).toContain(answer.statusCode)
  expect(answer.body).not.toMatch(/agency_gone|select|\.ts|node_modules/)
  await broken.close()
})

it('answers 503 and keeps nothing when the database goes away', async () => {
  const broken = await testGateway()
  const xml = broken.sealed({ sender: 'G99', receivers: ['H99'] })
  await broken.database.query(`
    create function fail() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100'; end $$`)
  await broken.database.query('create trigger fail before insert on outbox_batch execute function fail()')

  const answer = await broken.post(xml, 'g99')

  expect([answer.statusCode, answer.json().code]).toEqual([503, 'STORAGE_UNAVAILABLE'])
  expect(answer.headers['retry-after']).toBeDefined()
  expect((await broken.database.query('select from document')).rowCount).toBe(0)
  await broken.close()
})

it('answers 413 to a body that declares too much, over a real connection', async () => {
  const address = await hub.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    `POST /api/v1/documents HTTP/1.1\r\nHost: x\r\nAuthorization: ${hub.as('g99').authorization}\r\n` +
      'Content-Type: application/xml\r\nContent-Length: 5000000000\r\nConnection: close\r\n\r\n<edXML',
  )

  const answer = await text(socket)

  expect(answer).toMatch(/^HTTP\/1.1 413 /)
  expect(answer).toContain('ENVELOPE_TOO_LARGE')
})
