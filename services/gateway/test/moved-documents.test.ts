import { listVxpSent } from '@docaxis/store'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type RunningHub, runningHub } from './running-hub.ts'

// Documents under way when their receiver is merged: H99.06 into H99.05 (see the harness's directory).

let hub: RunningHub
let id: string
let deliveryId: string

beforeAll(async () => {
  hub = await runningHub()
  const sent = await hub.post(hub.sealed(letter), 'g99')
  id = sent.json().id
  await vi.waitFor(async () => {
    const item = (await hub.mail('h99.06')).find(waiting => waiting.id === id)
    deliveryId = item?.deliveryId ?? expect.unreachable('not in the mailbox yet')
  }, 15_000)
  const merged = await hub.postJson('/api/v1/admin/reforms', merge, 'operator')
  expect(merged.statusCode).toBe(201)
})
afterAll(() => hub?.close())

const letter = { sender: 'G99', receivers: ['H99.06'], documentId: 'moved' }

const merge = {
  format: 'docaxis-reform-1',
  name: 'merge-06',
  title: 'Thử nghiệm',
  effectiveOn: '2025-07-01',
  changes: [{ do: 'merge', codes: ['H99.06'], into: 'H99.05' }],
}

const viewOf = async (system: string) => (await hub.get(`/api/v1/documents/${id}`, system)).json()

it('shows the sender the delivery where it is now, under the code it wrote', async () => {
  const { deliveries } = await viewOf('g99')

  expect(deliveries).toMatchObject([
    { id: deliveryId, receiver: 'H99.05', receiverWritten: 'H99.06', transport: 'available' },
  ])
})

it('shows it to a sender that speaks VXP as well', async () => {
  const sent = await listVxpSent(hub.database, { agencies: ['G99'], kind: 'document', documentId: id, limit: 10 })

  expect(sent).toMatchObject([{ receiver: 'H99.06', deliveryId, state: 'available' }])
})

it('shows the successor its delivery', async () => {
  expect((await viewOf('h99.05')).deliveries).toMatchObject([{ id: deliveryId, receiver: 'H99.05' }])
})

it('delivers to further receivers only, whatever has become of those written before', async () => {
  const more = await hub.post(hub.sealed({ ...letter, receivers: ['H99.06', 'H99'] }), 'g99')

  expect(more.statusCode).toBe(202)
  const { deliveries, ...view } = (await hub.get(`/api/v1/documents/${more.json().id}`, 'g99')).json()
  expect(view.extends).toBe(id)
  expect(deliveries).toMatchObject([{ receiver: 'H99' }])
})

it('knows that the successor has it already', async () => {
  const again = await hub.post(hub.sealed({ ...letter, receivers: ['H99.05'] }), 'g99')

  expect(again.json()).toMatchObject({ code: 'DOCUMENT_EXISTS' })
})

it('takes it back from the successor, once however often it is asked', async () => {
  const takeBack = () => hub.postJson(`/api/v1/documents/${id}/take-back`, { reason: 'Sai số' }, 'g99')

  const first = await takeBack()
  const again = await takeBack()

  expect(first.json()).toMatchObject({ items: [{ outcome: 'withdrawn' }] })
  expect(again.json()).toEqual(first.json())
  expect(await hub.mail('h99.05')).toEqual([])
})
