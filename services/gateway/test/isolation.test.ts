import { createService as createDelivery } from '@docaxis/delivery'
import { createService as createRouter } from '@docaxis/router'
import { readConfig, type Service } from '@docaxis/service'
import { createConformanceRun } from '@docaxis/store'
import { kitHeaders, kitTimestamp, noon } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'
import { type Objects, tus } from './isolation/entry.ts'
import { matrix } from './isolation/matrix.ts'
import { vxpMatrix } from './isolation/vxp-matrix.ts'

// Agency A can read, list, fetch, acknowledge or guess nothing of agency B. The matrix is made from the route table:
// a new route without a row in `isolation/` fails the first test.

let hub: TestGateway
let services: Service[]
let strangerSecret: string
/** Objects of G99 (sender) and H99.05 (receiver); the stranger is G98. */
const foreign: Objects = { document: '', delivery: '', receipt: '', webhook: '', upload: '', conformance: '' }
const unknown: Objects = {
  document: '0'.repeat(24),
  delivery: '1'.repeat(24),
  receipt: '2'.repeat(24),
  webhook: '3'.repeat(24),
  upload: '4'.repeat(24),
  conformance: '5'.repeat(24),
}

const anonymous = [
  { credential: 'none', headers: {} },
  { credential: 'forwarded headers', headers: { 'x-forwarded-user': 'g99', 'x-client-cert': 'x' } },
]

const rows = Object.entries(matrix).map(([route, entry]) => ({ route, ...entry }))

beforeAll(async () => {
  hub = await testGateway()
  strangerSecret = await hub.vxpSecret('g98')
  const config = readConfig({ DOCAXIS_ENVIRONMENT: 'test' })
  services = [createRouter(config, hub.deps), createDelivery(config, hub.deps)]
  for (const service of services) await service.start()
  await hub.deps.bus.start()

  const xml = hub.sealed({ sender: 'G99', receivers: ['H99.05'], subject: 'MARKER-FOREIGN' })
  const accepted = (await hub.post(xml, 'g99')).json()
  await vi.waitFor(async () => expect(await inbox('h99.05')).toHaveLength(1), { timeout: 15_000 })
  foreign.document = accepted.id
  foreign.receipt = accepted.receiptUrl.split('/').at(-1)
  foreign.webhook = (await hub.postJson('/api/v1/webhooks', { url: null }, 'g99')).json().id
  const opening = { ...hub.as('g99'), ...tus, 'upload-length': '10' }
  const upload = await hub.app.inject({ method: 'POST', url: '/api/v1/uploads', headers: opening })
  foreign.upload = String(upload.headers.location).split('/').at(-1) ?? ''
  const run = { systemId: 'g99', agency: 'G99', counterpart: 'G99', startedBy: 'system:g99' }
  foreign.conformance = await hub.database.transaction(tx =>
    createConformanceRun(tx, { ...run, steps: [{ step: 'good', details: {} }] }),
  )
  foreign.delivery = (await inbox('h99.05'))[0]?.deliveryId ?? ''
})

afterAll(async () => {
  for (const service of services ?? []) await service.stop()
  await hub?.close()
})

it('has an entry for every route', () => {
  const routes = hub.routes
    .filter(({ url }) => url.startsWith('/api/') && !url.startsWith('/api/docs'))
    .flatMap(({ method, url }) => [method].flat().map(each => `${each} ${url}`))
    // HEAD is served by GET's own handler; it is asked below.
    .filter(route => !route.startsWith('HEAD'))

  expect([...new Set(routes)].sort()).toEqual(Object.keys(matrix).sort())
})

it('has an entry for every VXP operation, under every base', () => {
  const routes = hub.routes
    .filter(({ url }) => url.startsWith('/XrdAdapter/'))
    .flatMap(({ method, url }) => [method].flat().map(each => `${each} ${url}`))

  const expected = ['/XrdAdapter', '/XrdAdapter/adapter'].flatMap(base =>
    Object.keys(vxpMatrix).map(entry => entry.replace(' ', ` ${base}/`)),
  )
  expect(routes.sort()).toEqual(expected.sort())
})

describe.each(Object.entries(vxpMatrix))('VXP %s', (entry, parameters) => {
  const [method = 'POST', operation = ''] = entry.split(' ')

  it.each([
    { credential: 'none', headers: {} },
    { credential: 'a bearer token', headers: () => hub.as('g99') },
    { credential: 'a secret of its own making', headers: () => signed('g99', 'x'.repeat(32), {}) },
    { credential: 'an unknown system', headers: () => signed('nobody', 'x'.repeat(32), {}) },
  ])('answers 15 to $credential', async ({ headers }) => {
    const answer = await vxp(method, operation, typeof headers === 'function' ? headers() : headers)

    expect([answer.statusCode, answer.json().ErrorCode]).toEqual([200, '15'])
  })

  it('answers a stranger as if the object did not exist, and shows nothing of it', async () => {
    const asked = (ids: Objects) =>
      Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, ids[value as keyof Objects] ?? value]),
      )
    const toForeign = await vxp(method, operation, signed('g98', strangerSecret, asked(foreign)))
    const toUnknown = await vxp(method, operation, signed('g98', strangerSecret, asked(unknown)))

    expect(toForeign.statusCode).toBe(200)
    expect(toForeign.body).toBe(toUnknown.body)
    expect(toForeign.body).not.toContain('MARKER-FOREIGN')
    expect(toForeign.body).not.toContain(foreign.document)
  })
})

describe.each(rows.filter(({ kind }) => kind !== 'public'))('$route', row => {
  it.each([
    ...(row.kind === 'strangers' ? [] : anonymous),
    { credential: 'an empty bearer', headers: { authorization: 'Bearer ' } },
    { credential: 'Bearer null', headers: { authorization: 'Bearer null' } },
    { credential: 'Basic', headers: { authorization: 'Basic ZzE6eA==' } },
    { credential: 'an unknown token', headers: { authorization: `Bearer dax_${'A'.repeat(43)}` } },
  ])('answers 401 to $credential', async ({ headers }) => {
    const answer = await ask(row, foreign, headers)

    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toContain('Bearer')
    expect(answer.json().code).toBe('AUTHENTICATION_REQUIRED')
  })
})

describe.each(rows.filter(({ kind }) => kind === 'object'))('$route', row => {
  it('answers a stranger as if the object did not exist', async () => {
    const toForeign = await ask(row, foreign, hub.as('g98'))
    const toUnknown = await ask(row, unknown, hub.as('g98'))

    expect(toForeign.statusCode).toBe(404)
    expect(withoutTrace(toForeign.json())).toEqual(withoutTrace(toUnknown.json()))
  })

  it('answers HEAD, ranges and an operator no better', async () => {
    if (row.route.startsWith('GET')) {
      const head = await ask({ ...row, route: row.route.replace('GET', 'HEAD') }, foreign, hub.as('g98'))
      const range = await ask(row, foreign, { ...hub.as('g98'), range: 'bytes=0-9' })
      expect([head.statusCode, range.statusCode]).toEqual([404, 404])
    }
    expect((await ask(row, foreign, hub.as('operator'))).statusCode).toBe(404)
  })
})

it('answers a stranger that asks how far an upload is as if there were none', async () => {
  const head = { route: 'HEAD /api/v1/uploads/:id', object: 'upload', headers: tus } as const
  const toForeign = await ask(head, foreign, hub.as('g98'))
  const toUnknown = await ask(head, unknown, hub.as('g98'))

  expect([toForeign.statusCode, toUnknown.statusCode]).toEqual([404, 404])
  expect(toForeign.headers['upload-offset']).toBeUndefined()
  expect((await ask(head, foreign, hub.as('g99'))).statusCode).toBe(200)
})

describe.each(rows.filter(({ kind }) => kind === 'operator'))('$route', row => {
  it('answers 403 to everybody but operators', async () => {
    const answer = await ask(row, foreign, hub.as('g98'))

    expect([answer.statusCode, answer.json().code]).toEqual([403, 'FORBIDDEN'])
  })
})

describe('lists', () => {
  it.each([
    '/api/v1/documents',
    '/api/v1/documents?sender=G99',
    '/api/v1/inbox',
    '/api/v1/inbox/withdrawn',
    '/api/v1/changes',
    '/api/v1/changes?role=sender',
    '/api/v1/receipts',
    '/api/v1/deadlines',
  ])('%s shows a stranger nothing of others', async path => {
    const answer = await hub.get(path, 'g98')

    expect(answer.json().items).toEqual([])
  })

  it('take somebody else’s cursor for the end', async () => {
    expect((await hub.get(`/api/v1/documents?after=${foreign.document}`, 'g98')).json().items).toEqual([])
  })

  it('answer the inbox of another agency as that of an unknown one', async () => {
    const other = await hub.get('/api/v1/inbox?agency=H99.05', 'g98')
    const nobody = await hub.get('/api/v1/inbox?agency=X77', 'g98')

    expect(other.statusCode).toBe(404)
    expect(withoutTrace(other.json())).toEqual(withoutTrace(nobody.json()))
  })
})

it('shows a receiver the header and its own delivery only', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99.05', 'H99.06'] })
  const { id } = (await hub.post(xml, 'g99')).json()
  await expect
    .poll(async () => (await hub.get(`/api/v1/documents/${id}`, 'h99.05')).statusCode, { timeout: 15_000 })
    .toBe(200)

  const view = (await hub.get(`/api/v1/documents/${id}`, 'h99.05')).json()

  expect(view).toMatchObject({ role: 'receiver', receipts: [] })
  expect(view.deliveries.map((delivery: { receiver: string }) => delivery.receiver)).toEqual(['H99.05'])
  expect((await hub.get(`/api/v1/documents/${id}/envelope`, 'h99.05')).statusCode).toBe(404)
})

it('writes down who asked for what is not its own', async () => {
  const { rows } = await hub.database.query(
    "select distinct outcome from audit_log where action = 'access.deny' and actor = 'system:g98' order by 1",
  )

  expect(rows.map(row => row.outcome)).toEqual(['forbidden', 'not-found'])
})

it('keeps the strangers’ attempts without effect', async () => {
  const { deliveries } = (await hub.get(`/api/v1/documents/${foreign.document}`, 'g99')).json()

  expect(deliveries).toMatchObject([{ transport: 'available', business: null, history: [] }])
})

function ask(
  row: Pick<(typeof rows)[number], 'route' | 'object' | 'body' | 'contentType' | 'headers'>,
  ids: Objects,
  headers: object,
) {
  const [method = 'GET', path = ''] = row.route.split(' ')
  const url = path
    .replace(':id', row.object ? ids[row.object] : 'g99')
    .replace(':webhookId', ids.webhook)
    .replace(':messageId', '0'.repeat(24))
    .replace(':code', 'H99.05')
    .replace(':tokenId', '0'.repeat(64))
    .replace(':sha256', '0'.repeat(64))
    .replace(':secretId', '0'.repeat(24))
  const type = row.contentType ?? 'application/json'
  return hub.app.inject({
    method: method as 'GET',
    url,
    // Failures count per address: each route is asked from one of its own.
    remoteAddress: `10.1.1.${1 + rows.findIndex(({ route }) => route === row.route)}`,
    headers: { ...row.headers, ...headers, ...(row.body !== undefined && { 'content-type': type }) },
    ...(row.body !== undefined && { payload: row.body as string }),
  })
}

function vxp(method: string, operation: string, headers: Record<string, string>) {
  return hub.app.inject({ method: method as 'POST', url: `/XrdAdapter/${operation}`, headers })
}

/** Headers of a VXP call at noon. */
function signed(systemid: string, secret: string, parameters: Record<string, string>): Record<string, string> {
  const timestamp = kitTimestamp(noon)
  const all = Object.entries({ systemid, ...parameters, timestamp })
  return Object.fromEntries(kitHeaders({ parameters: all, secret }))
}

function withoutTrace({ traceId: _traceId, instance: _instance, ...problem }: Record<string, unknown>) {
  return problem
}

async function inbox(system: string): Promise<{ deliveryId: string }[]> {
  return (await hub.get('/api/v1/inbox', system)).json().items
}
