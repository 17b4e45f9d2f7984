import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { HubError } from '@docaxis/errors'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { buildServer, createLogger, createMetrics, type HubServer, renderMetrics } from '../../src/index.ts'

let server: HubServer
let app: FastifyInstance
let lines: Record<string, unknown>[]
let metrics: ReturnType<typeof createMetrics>

beforeEach(() => {
  lines = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  metrics = createMetrics('http')
  server = buildServer({ config: { trustedProxies: [] }, logger: createLogger({ logLevel: 'debug' }, stream), metrics })
  app = server.app
})
afterEach(() => app.close())

const stateConflict = new HubError('STATE_CONFLICT', 'delivery d-1 is failed, not fetched', {
  details: { state: 'failed' },
  findings: [
    {
      code: 'N.X',
      path: 'A/B',
      severity: 'error',
      vi: 'thiếu',
      en: 'missing',
      hint: { vi: 'thêm', en: 'add it' },
      details: { rule: 'V21', detail: 'what is there, what should be' },
    },
  ],
})

it('answers a known failure as a problem in both languages, with every fault and the values that disagree', async () => {
  app.get('/x', () => Promise.reject(stateConflict))

  const answer = await app.inject('/x')

  expect(answer.statusCode).toBe(409)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(answer.json()).toMatchObject({
    type: 'urn:docaxis:problem:STATE_CONFLICT',
    title: 'The current state does not allow this',
    titleVi: 'Trạng thái hiện tại không cho phép việc này',
    status: 409,
    detail: 'delivery d-1 is failed, not fetched',
    code: 'STATE_CONFLICT',
    help: '/help/STATE_CONFLICT',
    details: { state: 'failed' },
    errors: [
      {
        code: 'N.X',
        path: 'A/B',
        vi: 'thiếu',
        en: 'missing',
        hint: { vi: 'thêm', en: 'add it' },
        details: { rule: 'V21', detail: 'what is there, what should be' },
      },
    ],
  })
})

it('answers a bug with 500 and without detail, and logs it whole', async () => {
  app.get('/x', () => Promise.reject(new TypeError('marker is not a function')))

  const answer = await app.inject('/x')

  expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL', errors: [] })
  expect(answer.body).not.toContain('marker')
  expect(lines).toMatchObject([{ level: 'error', status: 500, code: 'INTERNAL', err: { type: 'TypeError' } }])
})

it('answers 503 with Retry-After when the connection to PostgreSQL breaks', async () => {
  app.get('/x', () => Promise.reject(new Error('Connection terminated unexpectedly')))

  const answer = await app.inject('/x')

  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('5')
  expect(answer.json()).toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
  expect(answer.json()).not.toHaveProperty('details')
})

it.each([
  { fault: 'JSON cut short', status: 400, code: 'REQUEST_INVALID', type: 'application/json', body: '{"a":' },
  { fault: 'an unknown media type', status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', type: 'text/csv', body: 'a' },
  {
    fault: 'a field of the wrong type',
    status: 400,
    code: 'REQUEST_INVALID',
    type: 'application/json',
    body: '{"n":[]}',
  },
])('keeps status $status of the framework for $fault', async ({ status, code, type, body }) => {
  app.post('/x', { schema: { body: { type: 'object', properties: { n: { type: 'integer' } } } } }, async () => 'done')

  const answer = await app.inject({ method: 'POST', url: '/x', headers: { 'content-type': type }, body })

  expect(answer.statusCode).toBe(status)
  expect(answer.headers['content-type']).toContain('problem+json')
  expect(answer.json()).toMatchObject({ status, code })
})

it('names the place of a field that the schema refuses', async () => {
  app.get('/x', { schema: { querystring: { type: 'object', required: ['agency'] } } }, async () => 'done')

  const answer = await app.inject('/x')

  expect(answer.json().errors).toMatchObject([{ code: 'REQUEST_INVALID', path: 'querystring/agency' }])
})

it('answers 404 for a path that does not exist', async () => {
  expect((await app.inject('/nothing?token=x')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
})

it.each(['GET', 'PUT'] as const)(
  'answers 404 to %s of a file that is not there, where files are served',
  async method => {
    app.get('/*', (_request, reply) => reply.callNotFound())

    expect((await app.inject({ method, url: '/api/nothing' })).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  },
)

it('answers 405 with Allow for another method on a path that exists', async () => {
  app.get('/documents/:id/envelope', async () => 'bytes')

  const answer = await app.inject({ method: 'PUT', url: '/documents/d-1/envelope' })

  expect(answer.statusCode).toBe(405)
  expect(answer.headers.allow).toBe('GET, HEAD')
})

it('answers a malformed address as a problem', async () => {
  const answer = await app.inject('/%c0')

  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID' })
})

it('continues the trace of the caller, and begins one where there is none', async () => {
  app.get('/x', async request => request.trace)
  const traceId = '0af7651916cd43dd8448eb211c80319c'

  const continued = await app.inject({ url: '/x', headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } })
  const begun = await app.inject({ url: '/x', headers: { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` } })

  expect(continued.json().traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
  expect(begun.json().traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(begun.json().traceId).not.toMatch(/^0+$/)
})

it('takes a request id from the caller only when it is harmless', async () => {
  app.get('/x', async () => 'done')

  const good = await app.inject({ url: '/x', headers: { 'x-request-id': 'r-1' } })
  const bad = await app.inject({ url: '/x', headers: { 'x-request-id': 'r 1"}' } })

  expect(good.headers['x-request-id']).toBe('r-1')
  expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f]{24}$/)
})

it('logs one line per request, with the pattern of the route and never its query', async () => {
  app.get('/documents/:id', async request => {
    request.logged.documentId = 'd-1'
    return 'done'
  })

  await app.inject('/documents/secret-id?token=marker')

  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({ method: 'GET', route: '/documents/:id', status: 200, documentId: 'd-1' })
  expect(JSON.stringify(lines)).not.toContain('marker')
})

it('measures requests by route', async () => {
  app.get('/documents/:id', async () => 'done')

  await app.inject('/documents/d-1')

  expect(await renderMetrics([metrics])).toContain(
    'docaxis_http_request_seconds_count{method="GET",route="/documents/:id",status="200",service="http"} 1',
  )
})

it('answers 503 while stopping, after the request in hand is finished', async () => {
  let finish: (answer: string) => void = () => undefined
  const entered = new Promise<void>(resolve => {
    app.get('/slow', () => {
      resolve()
      return new Promise(done => {
        finish = done
      })
    })
  })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const inHand = fetch(`${base}/slow`)
  await entered

  const drained = server.requests.drain()
  const refused = await fetch(`${base}/slow`)
  finish('done')

  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(await refused.json()).toMatchObject({ code: 'SHUTTING_DOWN' })
  expect(await (await inHand).text()).toBe('done')
  await drained
})

it('does not wait for ever for a client that went away', async () => {
  const entered = new Promise<void>(resolve => {
    app.get('/slow', () => {
      resolve()
      return new Promise(() => undefined)
    })
  })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const client = new AbortController()
  const request = fetch(`${base}/slow`, { signal: client.signal })
  await entered

  client.abort()
  await expect(request).rejects.toThrow()

  await server.requests.drain()
})

it('answers bytes that are no request with 400 as a problem, and closes', async () => {
  const base = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(base.port), base.hostname)

  socket.end('NOT HTTP\r\n\r\n')
  const answer = await text(socket)

  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('application/problem+json')
})

it('refuses a request with two lengths', async () => {
  app.post('/x', async () => 'done')
  const base = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(base.port), base.hostname)

  socket.end('POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')

  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /)
})

it('gives a client ten seconds for its headers, ten minutes for its request, two minutes of silence', async () => {
  await app.listen({ host: '127.0.0.1', port: 0 })

  expect(app.server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 600_000, timeout: 120_000 })
})
