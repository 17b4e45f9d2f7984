import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uploadsAtOnce } from '../src/routes/upload-limit.ts'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway
let port: number

beforeAll(async () => {
  hub = await testGateway()
  port = Number(new URL(await hub.app.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterAll(() => hub?.close())

it('refuses one upload too many of a system, and no one of another, until one has ended', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99'] })
  const held = Array.from({ length: uploadsAtOnce }, () => begin('g99', xml.length))
  await expect.poll(() => connections(), { timeout: 15_000 }).toBe(uploadsAtOnce)

  const tooMany = await until429(xml)
  const other = await hub.post(hub.sealed({ sender: 'G98', receivers: ['H99'] }), 'g98')
  const ended = held[0]
  ended?.write(xml)
  const answered = await text(ended as Socket)
  const next = await hub.post(xml, 'g99')
  for (const socket of held) socket.destroy()

  expect([tooMany.statusCode, tooMany.json().code]).toEqual([429, 'RATE_LIMITED'])
  expect(tooMany.headers['retry-after']).toBe('2')
  expect(other.statusCode).toBe(202)
  expect(answered).toMatch(/^HTTP\/1.1 202 /)
  expect(next.statusCode).toBe(200)
})

/** The head of an upload whose body does not come yet. */
function begin(system: string, length: number): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(
    `POST /api/v1/documents HTTP/1.1\r\nHost: x\r\nAuthorization: ${hub.as(system).authorization}\r\n` +
      `Content-Type: application/xml\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`,
  )
  return socket
}

function connections(): Promise<number> {
  return new Promise((resolve, reject) => {
    hub.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}

/** The heads have arrived; that each has also been read is seen only by the refusal. */
async function until429(xml: Buffer) {
  let answer = await hub.post(xml.subarray(0, 10), 'g99')
  await expect
    .poll(
      async () => {
        answer = await hub.post(xml.subarray(0, 10), 'g99')
        return answer.statusCode
      },
      { timeout: 15_000 },
    )
    .toBe(429)
  return answer
}
