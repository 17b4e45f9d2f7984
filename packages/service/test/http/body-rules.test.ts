import { connect, type Socket } from 'node:net'
import { type Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildServer, createLogger, createMetrics, renderMetrics } from '../../src/index.ts'

const quiet = createLogger({ logLevel: 'fatal' }, new Writable({ write: (_chunk, _encoding, done) => done() }))
/** Windows short enough to wait for; what must keep pace sends all at once. */
const bodyPace = { windowMs: 40, leastBytes: 1_000, lingerMs: 80 }

let app: FastifyInstance
let metrics: ReturnType<typeof createMetrics>

beforeEach(() => {
  metrics = createMetrics('http')
  app = buildServer({ config: { trustedProxies: [] }, logger: quiet, metrics, bodyPace }).app
  app.addContentTypeParser('application/xml', async (_request: unknown, payload: Readable) => payload)
  app.post('/read', async ({ body }) => ({ length: (await text(body as Readable)).length }))
  app.post('/ignore', async () => 'answered early')
  app.post('/give-up', async ({ body }) => {
    for await (const _chunk of (body as Readable).iterator({ destroyOnReturn: false })) break
    return 'given up'
  })
  app.post('/json', async ({ body }) => body)
  app.get('/item/:id', async ({ params }) => params)
})
afterEach(() => app.close())

describe('a body that holds a connection', () => {
  it('is answered 408 and cut off when it hardly arrives', async () => {
    const socket = await open('/read', 'Content-Length: 100000')

    const answer = await text(socket)

    expect(answer).toMatch(/^HTTP\/1.1 408 /)
    expect(answer).toContain('did not arrive in time')
    expect(await renderMetrics([metrics])).toMatch(/docaxis_http_cut_bodies_total\{reason="slow"[^}]*\} 1/)
  })

  it('is cut off when it goes on long after the answer', async () => {
    const socket = await open('/ignore', 'Content-Length: 100000')

    const answer = await text(socket)

    expect(answer).toContain('answered early')
    expect(await renderMetrics([metrics])).toMatch(/docaxis_http_cut_bodies_total\{reason="unread"[^}]*\} 1/)
  })

  it('leaves the connection usable when its reader gave it up half-way', async () => {
    const socket = await open('/give-up', 'Content-Length: 500000')
    socket.write('x'.repeat(499_999))
    socket.write('GET /item/next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')

    const answers = await text(socket)

    expect(answers).toContain('given up')
    expect(answers).toContain('{"id":"next"}')
  })

  it('is let through when it keeps pace, window after window', async () => {
    const socket = await open('/read', 'Content-Length: 20000\r\nConnection: close')
    for (let sent = 0; sent < 20_000; sent += 2_000) {
      socket.write('x'.repeat(2_000))
      await new Promise(resolve => setTimeout(resolve, 15))
    }

    expect(await text(socket)).toContain('{"length":20000}')
  })
})

it.each([
  { what: 'a compressed body', header: { 'content-encoding': 'gzip' }, status: 415 },
  { what: 'a body said to be compressed', header: { 'content-encoding': 'br' }, status: 415 },
])('refuses $what', async ({ header, status }) => {
  const headers = { 'content-type': 'application/xml', ...header }
  const answer = await app.inject({ method: 'POST', url: '/read', headers, payload: '<x/>' })

  expect([answer.statusCode, answer.json().code]).toEqual([status, 'UNSUPPORTED_MEDIA_TYPE'])
  expect(answer.headers['accept-encoding']).toBe('identity')
})

it('refuses transfer codings other than chunked', async () => {
  const socket = await open('/read', 'Transfer-Encoding: gzip, chunked')
  socket.write('0\r\n\r\n')

  expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /)
})

describe('U+0000', () => {
  it.each([
    { where: 'a path', url: '/item/a%00b' },
    { where: 'a query', url: '/item/a?q=%00' },
    { where: 'a query given twice', url: '/item/a?q=1&q=%00' },
  ])('is refused in $where', async ({ url }) => {
    const answer = await app.inject(url)

    expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
  })

  it.each([
    { where: 'a JSON body', payload: '{"reason":"a\\u0000b"}' },
    { where: 'a list deep in a JSON body', payload: `${'['.repeat(20_000)}"\\u0000"${']'.repeat(20_000)}` },
  ])('is refused in $where', async ({ payload }) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: '/json', headers, payload })

    expect(answer.statusCode).toBe(400)
  })

  it('is no reason to refuse the escape of a backslash', async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: '/json', headers, payload: '{"reason":"a\\\\u0000b"}' })

    expect(answer.json()).toEqual({ reason: 'a\\u0000b' })
  })
})

/** Sends the head of a POST and one byte of its body. */
async function open(path: string, headers: string): Promise<Socket> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml\r\n${headers}\r\n\r\n`)
  if (!headers.includes('Transfer-Encoding') && path !== '/read') socket.write('<')
  return socket
}
