import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningHub, runningHub } from './running-hub.ts'

// Documents that their receivers had stored, or never got, when a reform closed these: H99.06 into H99.05, and H99.05 for good.

let hub: RunningHub
/** Went to H99.06 before that was closed. */
let takenBack: string

beforeAll(async () => {
  hub = await runningHub()
  takenBack = await send(['H99.06'])
  await hub.waiting('h99.06', takenBack)
  await takeBack(takenBack, ['H99.06'])
})
afterAll(() => hub?.close())

async function reform(name: string, change: object): Promise<void> {
  const file = { format: 'docaxis-reform-1', name, title: 'Thử nghiệm', effectiveOn: '2025-07-01', changes: [change] }
  expect((await hub.postJson('/api/v1/admin/reforms', file, 'operator')).statusCode).toBe(201)
}

const send = async (receivers: readonly string[]): Promise<string> =>
  (await hub.post(hub.sealed({ sender: 'G99', receivers: [...receivers] }), 'g99')).json().id

const takeBack = (id: string, receivers: readonly string[]) =>
  hub.postJson(`/api/v1/documents/${id}/take-back`, { reason: 'Sai số', receivers }, 'g99')

it('asks the successor for what a closed agency had stored, and the successor answers', async () => {
  const id = await send(['H99.06'])
  const { deliveryId } = await hub.waiting('h99.06', id)
  await hub.postJson(`/api/v1/deliveries/${deliveryId}/ack`, { result: 'stored' }, 'h99.06')
  await reform('merge-06', { do: 'merge', codes: ['H99.06'], into: 'H99.05' })

  const taken = await takeBack(id, ['H99.06'])

  expect(taken.json()).toMatchObject({ items: [{ receiver: 'H99.06', outcome: 'asked', flagged: false }] })
  await hub.waiting('h99.05', taken.json().items[0].id)
  const answer = await hub.postJson(`/api/v1/deliveries/${deliveryId}/status`, { code: '15' }, 'h99.05')
  expect(answer.statusCode).toBe(202)
  const { deliveries } = (await hub.get(`/api/v1/documents/${id}`, 'g99')).json()
  expect(deliveries).toMatchObject([{ receiver: 'H99.06', change: { kind: 'take-back', state: 'agreed' } }])
})

it('writes nothing to the successor where nothing is left to take back', async () => {
  const again = await hub.postJson(`/api/v1/documents/${takenBack}/take-back`, { reason: 'Sai chỗ khác' }, 'g99')

  const [item] = again.json().items
  expect(item).toMatchObject({ outcome: 'not-held' })
  const { rows } = await hub.database.query('select receiver, state from delivery where document_id = $1', [item.id])
  expect(rows).toEqual([{ receiver: 'H99.05', state: 'withdrawn' }])
})

it('is reached by a further packet that names it beside the closed agency, which was a receiver before', async () => {
  const { documentId } = (await hub.get(`/api/v1/documents/${takenBack}`, 'g99')).json()

  const further = hub.sealed({ sender: 'G99', receivers: ['H99.06', 'H99.05'], documentId })
  const { id } = (await hub.post(further, 'g99')).json()

  expect(await hub.waiting('h99.05', id)).toMatchObject({ receiver: 'H99.05' })
})

it('takes nothing back from anybody where one receiver is closed and nobody follows it', async () => {
  const id = await send(['H99', 'H99.05'])
  const { deliveryId } = await hub.waiting('h99.05', id)
  await hub.postJson(`/api/v1/deliveries/${deliveryId}/ack`, { result: 'stored' }, 'h99.05')
  await reform('close-05', { do: 'close', code: 'H99.05' })

  const refused = await takeBack(id, ['H99', 'H99.05'])

  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toMatchObject({ code: 'STATE_CONFLICT', details: { agency: 'H99.05' } })
  expect((await takeBack(id, ['H99'])).json()).toMatchObject({ items: [{ receiver: 'H99', outcome: 'withdrawn' }] })
})
