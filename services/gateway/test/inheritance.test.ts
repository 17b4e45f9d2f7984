import { importDirectory } from '@docaxis/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindSeal } from './harness.ts'
import { type RunningHub, runningHub } from './running-hub.ts'

// What a closed agency had sent and received is its successor's to read, from the day of the reform on, and nobody else's.
// The calls are made from the route table: a new one for reading a document, a delivery or a receipt is asked as well.

let hub: RunningHub
let routes: readonly string[]
/** Answers of each reader before the reform, by route and object. */
let before: Answers
/** H99.61 sent one document to G99, and took one of G99's. */
const sent = { document: '', delivery: '', receipt: '', sha256: '' }
const taken = { document: '', delivery: '', receipt: '', sha256: '' }
let sentBytes: Buffer
let takenBytes: Buffer

type Known = typeof sent
type Answers = Readonly<Record<string, number>>

const commune = (code: string) => ({ code, kind: 'agency', level: 'commune', parent: 'H99', name: `Cơ quan ${code}` })
const reform = (name: string, changes: readonly unknown[]) => ({
  format: 'docaxis-reform-1',
  name,
  title: 'Thử nghiệm',
  effectiveOn: '2025-07-01',
  changes,
})

/** H99.61 goes into H99.62; H99.63 is split between H99.62 and H99.64; H99.64 will follow H99.62 on a day far ahead. */
const readers = ['h99.62', 'h99.64', 'h99.06', 'g98', 'operator'] as const

beforeAll(async () => {
  hub = await runningHub()
  const rows = ['H99.61', 'H99.62', 'H99.63', 'H99.64'].map(commune)
  await load(rows)
  for (const { code } of rows) await hub.addSystem({ id: code.toLowerCase(), profile: 'strict' }, [code])
  const seal = await hub.authority.seal('H99.61', { keyType: 'ec' })
  await bindSeal(hub.database, 'H99.61', seal)
  Object.assign(hub.seals, { 'H99.61': seal })

  sentBytes = hub.sealed({ sender: 'H99.61', receivers: ['G99'], documentId: 'sent' })
  takenBytes = hub.sealed({ sender: 'G99', receivers: ['H99.61', 'H99'], documentId: 'taken' })
  await exchange(sentBytes, 'h99.61', 'g99', sent)
  await exchange(takenBytes, 'g99', 'h99.61', taken)
  routes = hub.routes
    .flatMap(({ method, url }) => (method === 'GET' ? [url] : []))
    .filter(url => /^\/api\/v1\/(documents|deliveries|receipts)\/:id/.test(url))

  before = await answersOf('h99.62')
  await hub.postJson(
    '/api/v1/admin/reforms',
    reform('one', [{ do: 'merge', codes: ['H99.61'], into: 'H99.62' }]),
    'operator',
  )
})
afterAll(() => hub?.close())

async function load(rows: readonly object[]): Promise<void> {
  const file = Buffer.from(JSON.stringify(rows))
  await hub.database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))
}

async function exchange(xml: Buffer, from: string, to: string, known: Known): Promise<void> {
  const accepted = (await hub.post(xml, from)).json()
  const { deliveryId } = await hub.waiting(to, accepted.id)
  await hub.get(`/api/v1/deliveries/${deliveryId}/envelope`, to)
  await hub.postJson(`/api/v1/deliveries/${deliveryId}/ack`, { result: 'stored' }, to)
  const { items } = (await hub.get(`/api/v1/documents/${accepted.id}/evidence`, from)).json()
  const receipt = accepted.receiptUrl.split('/').at(-1)
  Object.assign(known, { document: accepted.id, delivery: deliveryId, receipt, sha256: items[0].sha256 })
}

function pathOf(route: string, known: Known): string {
  const [, kind] = /^\/api\/v1\/(document|deliver|receipt)/.exec(route) ?? []
  const id = { document: known.document, deliver: known.delivery, receipt: known.receipt }[kind ?? ''] ?? ''
  return route.replace(':id', id).replace(':sha256', known.sha256)
}

async function answersOf(reader: string): Promise<Answers> {
  const asked = routes.flatMap(route => [
    { what: `${route} sent`, path: pathOf(route, sent) },
    { what: `${route} taken`, path: pathOf(route, taken) },
  ])
  const answers: Record<string, number> = {}
  for (const { what, path } of asked) answers[what] = (await hub.get(path, reader)).statusCode
  return answers
}

const isRefused = (status: number) => status === 404

it('asks every route that reads one document, delivery or receipt', () => {
  expect(routes.length).toBeGreaterThanOrEqual(9)
})

it('refuses the successor everything before its day', () => {
  expect(Object.values(before).every(isRefused)).toBe(true)
})

it('lets the successor read what its predecessor had sent, its receipts and all, and what it had received', async () => {
  const refused = Object.entries(await answersOf('h99.62')).filter(([, status]) => isRefused(status))

  // As anywhere: of what was received no receipt is the receiver's, its bytes come by the delivery, no stamp was asked
  // for, and a delivery that the closed agency sent is its receiver's.
  expect(refused.map(([what]) => what).sort()).toEqual([
    '/api/v1/deliveries/:id/envelope sent',
    '/api/v1/documents/:id/envelope taken',
    '/api/v1/receipts/:id taken',
    '/api/v1/receipts/:id/stamp sent',
    '/api/v1/receipts/:id/stamp taken',
  ])
})

it('gives the successor the bytes, and marks nothing', async () => {
  const ofSender = await hub.get(`/api/v1/documents/${sent.document}/envelope`, 'h99.62')
  const ofReceiver = await hub.get(`/api/v1/deliveries/${taken.delivery}/envelope`, 'h99.62')

  expect(ofSender.rawPayload).toEqual(sentBytes)
  expect(ofReceiver.rawPayload).toEqual(takenBytes)
  const { rows } = await hub.database.query('select fetches, state from delivery where id = $1', [taken.delivery])
  expect(rows).toEqual([{ fetches: 1, state: 'acknowledged' }])
})

it('shows it of a document with several receivers the delivery that it inherited', async () => {
  const view = (await hub.get(`/api/v1/documents/${taken.document}`, 'h99.62')).json()

  expect(view.role).toBe('receiver')
  expect(view.deliveries).toMatchObject([{ id: taken.delivery, receiver: 'H99.61' }])
})

describe('lists by the code of the closed agency', () => {
  const listed = async (query: string, reader: string) =>
    (await hub.get(`/api/v1/documents?${query}`, reader)).json().items.map(({ id }: { id: string }) => id)

  it('are the successor’s', async () => {
    expect(await listed('sender=H99.61', 'h99.62')).toEqual([sent.document])
    expect(await listed('receiver=H99.61', 'h99.62')).toEqual([taken.document])
    expect(await listed('receiver=H99.61&sender=G99&documentId=taken&kind=document', 'h99.62')).toEqual([
      taken.document,
    ])
    expect(await listed('receiver=H99.61&kind=status', 'h99.62')).toEqual([])
    expect(await listed(`receiver=H99.61&after=${taken.document}`, 'h99.62')).toEqual([])
  })

  it('leave the list of its own as it is', async () => {
    expect(await listed('', 'h99.62')).toEqual([])
  })

  it('go on for the closed agency itself', async () => {
    expect(await listed('', 'h99.61')).toEqual([sent.document])
    expect(await listed('receiver=H99.61', 'h99.61')).toEqual([taken.document])
  })

  it.each(readers.filter(reader => reader !== 'h99.62'))('are empty for %s', async reader => {
    expect(await listed('sender=H99.61', reader)).toEqual([])
    expect(await listed('receiver=H99.61', reader)).toEqual([])
  })
})

it.each(readers.filter(reader => reader !== 'h99.62'))('shows %s nothing of it', async reader => {
  expect(Object.entries(await answersOf(reader)).filter(([, status]) => !isRefused(status))).toEqual([])
})

it('lets the successor change nothing', async () => {
  const { headers, ...calls } = {
    headers: hub.as('h99.62'),
    takeBack: { url: `/api/v1/documents/${sent.document}/take-back`, payload: { reason: 'x' } },
    acknowledge: { url: `/api/v1/deliveries/${taken.delivery}/ack`, payload: { result: 'stored' } },
    report: { url: `/api/v1/deliveries/${taken.delivery}/status`, payload: { code: '01' } },
  }

  for (const call of Object.values(calls)) {
    expect((await hub.app.inject({ method: 'POST', headers, ...call })).statusCode).toBe(404)
  }
})

describe('further reforms', () => {
  it('leave what comes from a split without one successor to nobody', async () => {
    const xml = hub.sealed({ sender: 'G99', receivers: ['H99.63'], documentId: 'split' })
    const split = { document: '', delivery: '', receipt: '', sha256: '' }
    await exchange(xml, 'g99', 'h99.63', split)
    const change = { do: 'split', code: 'H99.63', into: ['H99.62', 'H99.64'] }
    await hub.postJson('/api/v1/admin/reforms', reform('two', [change]), 'operator')

    const statuses = ['h99.62', 'h99.64', 'h99.63'].map(async reader => {
      return (await hub.get(`/api/v1/documents/${split.document}`, reader)).statusCode
    })

    expect(await Promise.all(statuses)).toEqual([404, 404, 200])
  })

  it('give nothing ahead of the day on which an agency closes', async () => {
    await load([{ ...commune('H99.62'), validTo: '2999-01-01', successor: 'H99.64' }])

    expect(Object.values(await answersOf('h99.64')).every(isRefused)).toBe(true)
    expect((await hub.get(`/api/v1/documents/${sent.document}`, 'h99.62')).statusCode).toBe(200)
  })

  it('hand all of it on, and leave nothing with who has closed in between', async () => {
    await load([{ ...commune('H99.62'), validTo: '2026-01-01', successor: 'H99.64' }])

    expect((await hub.get(`/api/v1/documents/${sent.document}`, 'h99.64')).statusCode).toBe(200)
    expect((await hub.get(`/api/v1/documents/${sent.document}`, 'h99.62')).statusCode).toBe(404)
  })
})
