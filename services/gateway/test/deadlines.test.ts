import { createService as createDelivery } from '@docaxis/delivery'
import { createService as createRouter } from '@docaxis/router'
import { readConfig, type Service } from '@docaxis/service'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway
let services: Service[]

const settings = { reckonEveryMs: 20, watchEveryMs: 20, watchLagMs: 0 }

beforeAll(async () => {
  hub = await testGateway()
  const config = readConfig({ DOCAXIS_ENVIRONMENT: 'test' })
  services = [createRouter(config, hub.deps), createDelivery(config, hub.deps, settings)]
  for (const service of services) await service.start()
  await hub.deps.bus.start()
})
afterAll(async () => {
  await hub?.deps.bus.stop()
  for (const service of services ?? []) await service.stop()
  await hub?.close()
})

/** A document to H99.05 that came into its mailbox on the evening of 28 April 2025. Returns the hub's id. */
async function overdue(dueOn?: string): Promise<string> {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99.05'], ...(dueOn && { dueOn }) })
  const { id } = (await hub.post(xml, 'g99')).json()
  await expect.poll(() => track(id).then(({ deadlines }) => deadlines.length), { timeout: 15_000 }).toBeGreaterThan(0)
  await hub.database.query(
    `update deadline set arrived_at = '2025-04-28T18:00:00+07:00', calendar_revision = 0 where document_id = $1`,
    [id],
  )
  await expect.poll(() => track(id).then(({ deadlines }) => deadlines[0].late), { timeout: 15_000 }).toBe(true)
  return id
}

async function track(id: string, system = 'g99') {
  return (await hub.get(`/api/v1/documents/${id}`, system)).json().deliveries[0]
}

const list = async (query: string, system: string) => (await hub.get(`/api/v1/deadlines?${query}`, system)).json()

it('shows both clocks, that it is late, and why, to sender and receiver', async () => {
  const id = await overdue()

  const { late, deadlines } = await track(id)

  expect(late).toBe(true)
  expect(deadlines).toMatchObject([
    {
      kind: 'acknowledge',
      state: 'late',
      arrivedAt: '2025-04-28T11:00:00.000Z',
      countedFrom: '2025-04-29T00:30:00.000Z',
      dueAt: '2025-04-29T10:00:00.000Z',
      metAt: null,
      unconfirmedYears: [],
    },
  ])
  expect(deadlines[0].lateMinutes).toBeGreaterThan(deadlines[0].lateWorkingMinutes)
  expect(deadlines[0].why.en).toContain('after hours')
  expect((await track(id, 'h99.05')).deadlines).toMatchObject([{ kind: 'acknowledge', state: 'late' }])
})

it('gives the sender evidence of the miss, and the timeline its line', async () => {
  const id = await overdue()
  const missed = async () => (await hub.get(`/api/v1/documents/${id}`, 'g99')).json().receipts

  await expect.poll(missed, { timeout: 15_000 }).toContainEqual(expect.objectContaining({ kind: 'missed-deadline' }))
  const timeline = (await hub.get(`/api/v1/documents/${id}/timeline`, 'g99')).json().items

  // It was found long after: of the steps that passed meanwhile only the last is told.
  expect(timeline).toContainEqual(
    expect.objectContaining({
      what: 'deadline-reached',
      details: expect.objectContaining({ kind: 'acknowledge', step: 'escalation-2' }),
    }),
  )
})

it('lists what is owed to both sides, by pages, and nothing to others', async () => {
  const ids = [await overdue(), await overdue()]
  const seen = (page: { items: { id: string }[] }) => page.items.map(item => item.id)

  const owed = await list('role=receiver', 'h99.05')
  const first = await list('role=sender&limit=1', 'g99')
  const second = await list(`role=sender&limit=500&after=${first.next}`, 'g99')

  for (const id of ids) expect(seen(owed)).toContain(id)
  expect(seen(first)).toHaveLength(1)
  expect([...seen(first), ...seen(second)].toSorted()).toEqual(seen(await list('role=sender', 'g99')).toSorted())
  expect(await list('role=sender', 'g98')).toMatchObject({ items: [], next: null })
  expect(await list('role=receiver', 'h99.06')).toMatchObject({ items: [] })
  expect(await list(`role=sender&after=${first.next}`, 'g98')).toMatchObject({ items: [] })
})

it('is over once the receiver tells receipt, and stays known as late', async () => {
  const id = await overdue()
  const { id: deliveryId } = await track(id)

  await hub.postJson(`/api/v1/deliveries/${deliveryId}/status`, { code: '03' }, 'h99.05')

  expect((await track(id)).deadlines).toMatchObject([{ state: 'met-late', late: true }])
  expect((await list('role=sender', 'g99')).items.map((item: { id: string }) => item.id)).not.toContain(id)
})

it('tracks a directive: who has not finished, and how late', async () => {
  const id = await overdue('2025-05-01')

  const { items } = await list('role=sender&kind=finish', 'g99')

  expect(items).toContainEqual(
    expect.objectContaining({ id, receiver: 'H99.05', dueOn: '2025-05-01', dueAt: '2025-05-05T10:00:00.000Z' }),
  )
})

it('shows an operator everybody’s deadlines without their subjects', async () => {
  const id = await overdue()

  const { items } = (await hub.get('/api/v1/admin/deadlines?receiver=H99.05', 'operator')).json()

  expect(items).toContainEqual(expect.objectContaining({ id, sender: 'G99', subject: null }))
})

it('takes holidays and working hours from an operator, and reckons again by them', async () => {
  const xml = hub.sealed({ sender: 'G99', receivers: ['H99.06'] })
  const { id } = (await hub.post(xml, 'g99')).json()
  const dueAt = async () => (await track(id)).deadlines[0]?.workingHours
  await expect.poll(dueAt, { timeout: 15_000 }).toBe('07:30-11:30,13:30-17:00')

  const set = await put('/api/v1/admin/calendar/hours/H99', { hours: 'Mo-Su 00:00-24:00' })

  expect(set.statusCode).toBe(204)
  await expect.poll(dueAt, { timeout: 15_000 }).toBe('Mo-Su 00:00-24:00')
  const year = { confirmed: true, holidays: [{ from: '2031-01-01', to: '2031-01-01', name: 'Tết' }], swaps: [] }
  expect((await put('/api/v1/admin/calendar/years/2031', year)).statusCode).toBe(204)
  expect((await hub.get('/api/v1/admin/calendar', 'operator')).json()).toMatchObject({
    hours: [{ agency: 'H99', hours: 'Mo-Su 00:00-24:00' }],
    years: expect.arrayContaining([{ year: 2031, source: 'operator', ...year }]),
  })
})

it.each([
  { fault: 'hours that nobody can read', path: 'hours/H99', body: { hours: 'from dawn' } },
  { fault: 'a holiday of another year', path: 'years/2031', body: holiday('2030-01-01') },
  { fault: 'a day that does not exist', path: 'years/2031', body: holiday('2031-02-30') },
])('refuses $fault', async ({ path, body }) => {
  const answer = await put(`/api/v1/admin/calendar/${path}`, body)

  expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
})

function holiday(day: string) {
  return { confirmed: true, holidays: [{ from: day, to: day, name: 'x' }], swaps: [] }
}

function put(url: string, payload: object) {
  return hub.app.inject({ method: 'PUT', url, headers: hub.as('operator'), payload })
}
