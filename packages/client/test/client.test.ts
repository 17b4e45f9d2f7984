import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { createClient, HubUnreachable } from '../src/index.ts'
import { cutOff, json, scriptedServer } from './scripted-server.ts'

const acceptance = { id: 'a'.repeat(24), documentId: 'D-1', sha256: 'f'.repeat(64), warnings: [] }
const busy = json(503, { code: 'STORAGE_UNAVAILABLE', title: 'later' }, { 'retry-after': '0' })
const envelope = Buffer.from('<edXML/>')

it('sends the same bytes again after a cut connection and after 503, and returns the answer', async () => {
  await using server = await scriptedServer([cutOff, busy, json(202, acceptance)])

  const sent = await createClient({ url: server.url, token: 't' }).send(envelope)

  expect(sent).toMatchObject({ id: acceptance.id, repeated: false })
  expect(server.seen.map(request => request.body)).toEqual([envelope, envelope, envelope])
})

it('tells why and how long it waits', async () => {
  await using server = await scriptedServer([busy, json(202, acceptance)])
  const waits: unknown[] = []

  const onWait = (reason: Error, waitMs: number) => waits.push([reason, waitMs])
  await createClient({ url: server.url, token: 't', onWait }).send(envelope)

  expect(waits).toEqual([[expect.objectContaining({ code: 'STORAGE_UNAVAILABLE' }), 0]])
})

it('names its token and the type of the body', async () => {
  await using server = await scriptedServer([json(202, acceptance)])

  await createClient({ url: server.url, token: 'secret' }).send(envelope)

  expect(server.seen[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'content-type': 'application/xml' })
})

it('says that a send was a repeat when the hub answers 200', async () => {
  await using server = await scriptedServer([json(200, acceptance)])

  const sent = await createClient({ url: server.url, token: 't' }).send(envelope)

  expect(sent.repeated).toBe(true)
})

it('does not repeat a refusal, and carries every finding of it', async () => {
  const errors = [{ code: 'N.MessageHeader.To', path: 'MessageHeader', vi: 'thiếu', en: 'missing' }]
  await using server = await scriptedServer([json(422, { code: 'ENVELOPE_REFUSED', errors })])

  const refused = createClient({ url: server.url, token: 't' }).send(envelope)

  await expect(refused).rejects.toMatchObject({ code: 'ENVELOPE_REFUSED', status: 422, retryable: false, errors })
  expect(server.seen).toHaveLength(1)
})

it('gives up after the tries it was allowed, with the last answer', async () => {
  await using server = await scriptedServer([busy])

  const refused = createClient({ url: server.url, token: 't', maxAttempts: 3 }).send(envelope)

  await expect(refused).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retryable: true })
  expect(server.seen).toHaveLength(3)
})

it('says that the hub is not reachable when nothing listens', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  await new Promise(resolve => closed.close(resolve))

  const send = createClient({ url: `http://127.0.0.1:${port}`, token: 't', maxAttempts: 2 }).send(envelope)

  await expect(send).rejects.toBeInstanceOf(HubUnreachable)
})

it('walks the mailbox page by page to its end', async () => {
  await using server = await scriptedServer([
    json(200, { items: [{ deliveryId: '1' }, { deliveryId: '2' }], next: 'c1' }),
    json(200, { items: [{ deliveryId: '3' }], next: null }),
  ])

  const items = await Array.fromAsync(createClient({ url: server.url, token: 't' }).inbox({ agency: 'H99' }))

  expect(items.map(item => item.deliveryId)).toEqual(['1', '2', '3'])
  expect(server.seen.map(request => request.path)).toEqual([
    '/api/v1/inbox?agency=H99',
    '/api/v1/inbox?agency=H99&after=c1',
  ])
})

it('lists what is owed to its agencies', async () => {
  await using server = await scriptedServer([
    json(200, { items: [{ deliveryId: '1' }], next: '1.finish' }),
    json(200, { items: [{ deliveryId: '2' }], next: null }),
  ])

  const { deadlines } = createClient({ url: server.url, token: 't' })
  const items = await Array.fromAsync(deadlines({ role: 'sender', kind: 'finish' }))

  expect(items.map(item => item.deliveryId)).toEqual(['1', '2'])
  expect(server.seen.map(request => request.path)).toEqual([
    '/api/v1/deadlines?role=sender&kind=finish',
    '/api/v1/deadlines?role=sender&kind=finish&after=1.finish',
  ])
})

it('reads the receipts feed to now, and says from where to read on after each receipt', async () => {
  await using server = await scriptedServer([
    json(200, { items: [{ id: 'r1' }, { id: 'r2' }], next: '7', position: '7' }),
    json(200, { items: [{ id: 'r3' }], next: null, position: '8' }),
  ])

  const receipts = await Array.fromAsync(createClient({ url: server.url, token: 't' }).receipts('5'))

  expect(receipts).toEqual([
    { id: 'r1', cursor: '5' },
    { id: 'r2', cursor: '7' },
    { id: 'r3', cursor: '8' },
  ])
})

it('waits for a receipt that is still being signed', async () => {
  await using server = await scriptedServer([
    json(202, {}, { 'retry-after': '0' }),
    response => response.writeHead(200, { 'content-type': 'application/xml' }).end('<receipt/>'),
  ])

  const receipt = await createClient({ url: server.url, token: 't' }).receipt('r1')

  expect(Buffer.from(receipt.xml).toString()).toBe('<receipt/>')
})

it('reports a state under one idempotency key, however often it has to be sent', async () => {
  await using server = await scriptedServer([cutOff, json(200, { id: 's1', code: '03' })])

  await createClient({ url: server.url, token: 't' }).status('d1', { code: '03' })

  const [first, second] = server.seen
  expect(first?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
  expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
  expect(JSON.parse(String(second?.body))).toEqual({ code: '03' })
})
