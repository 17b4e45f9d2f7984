import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningHub, runningHub } from './running-hub.ts'

// H99.06 was merged into H99.05: what it had stored stays its own, and H99.05 is told of changes to it and answers them.

let hub: RunningHub
/** Stored by H99.06 before the merger, with its delivery there. */
const stored: { readonly id: string; readonly documentId: string; readonly deliveryId: string }[] = []
/** One document: the first packet was under way to H99.06, the second brought it to H99.05. */
let extended: { readonly id: string; readonly documentId: string }
/** Taken back from H99.06 before it had it. */
let takenBack: { readonly id: string; readonly documentId: string }

/** Stored by H99.06 alone, and revoked from both before the merger. */
let revoked: { readonly id: string; readonly deliveryId: string }

beforeAll(async () => {
  hub = await runningHub()
  for (let count = 0; count < 2; count += 1) stored.push(await storedBy06())
  takenBack = await send(['H99.06'])
  await hub.waiting('h99.06', takenBack.id)
  await hub.postJson(`/api/v1/documents/${takenBack.id}/take-back`, { reason: 'Sai số' }, 'g99')
  extended = await extendedTo05()
  revoked = await revokedFromBoth()
  const merge = { do: 'merge', codes: ['H99.06'], into: 'H99.05' }
  const file = { format: 'docaxis-reform-1', name: 'm', title: 'Sáp nhập', effectiveOn: '2025-07-01', changes: [merge] }
  expect((await hub.postJson('/api/v1/admin/reforms', file, 'operator')).statusCode).toBe(201)
}, 300_000)
afterAll(() => hub?.close())

async function send(receivers: readonly string[], wish: object = {}) {
  const sent = await hub.post(hub.sealed({ sender: 'G99', receivers: [...receivers], ...wish }), 'g99')
  expect(sent.statusCode).toBe(202)
  return sent.json()
}

const about = (
  action: 'update' | 'revoke',
  { documentId }: { readonly documentId: string },
  receivers: readonly string[] = ['H99.06'],
) => send(receivers, { action, target: documentId, reason: 'Có sai sót' })

async function storedBy06(receivers: readonly string[] = ['H99.06']) {
  const sent = await send(receivers)
  const { deliveryId } = await hub.waiting('h99.06', sent.id)
  await hub.postJson(`/api/v1/deliveries/${deliveryId}/ack`, { result: 'stored' }, 'h99.06')
  return { ...sent, deliveryId }
}

async function extendedTo05() {
  const first = await send(['H99.06'])
  await fetched('h99.06', first.id)
  const further = await send(['H99.05'], { documentId: first.documentId })
  await fetched('h99.05', further.id)
  return first
}

async function revokedFromBoth() {
  const both = ['H99.05', 'H99.06']
  const document = await storedBy06(both)
  const packet = await about('revoke', document, both)
  expect(packet.effects).toMatchObject([{ outcome: 'withdrawn' }, { outcome: 'asked' }])
  await hub.waiting('h99.06', packet.id)
  return document
}

async function fetched(system: string, id: string): Promise<void> {
  const { deliveryId } = await hub.waiting(system, id)
  expect((await hub.get(`/api/v1/deliveries/${deliveryId}/envelope`, system)).statusCode).toBe(200)
}

const change = async (id: string) => (await hub.get(`/api/v1/documents/${id}`, 'g99')).json().deliveries[0].change

const openChanges = async (agency: string, system: string) =>
  (await hub.get(`/api/v1/changes?agency=${agency}&limit=500`, system)).json().items

it.each(['update', 'revoke'] as const)('is asked by %s, and answers for the closed agency', async action => {
  const document = stored.pop() ?? expect.unreachable()

  const packet = await about(action, document)

  expect(packet.effects).toMatchObject([{ receiver: 'H99.06', outcome: 'asked', flagged: false }])
  const { deliveryId } = await hub.waiting('h99.05', packet.id)
  const open = { deliveryId: document.deliveryId, kind: action, receiver: 'H99.06' }
  expect(await openChanges('H99.05', 'h99.05')).toContainEqual(expect.objectContaining(open))
  expect(await openChanges('H99.06', 'h99.06')).not.toContainEqual(expect.objectContaining(open))
  const answer = await hub.postJson(`/api/v1/deliveries/${deliveryId}/status`, { code: '15' }, 'h99.05')
  expect(answer.statusCode).toBe(202)
  expect(await change(document.id)).toMatchObject({ kind: action, state: 'agreed' })
})

it('gets no revocation of what the closed agency never had', async () => {
  const packet = await about('revoke', takenBack)

  expect(packet.effects).toMatchObject([{ receiver: 'H99.06', outcome: 'not-held' }])
  const { rows } = await hub.database.query('select receiver, state from delivery where document_id = $1', [packet.id])
  expect(rows).toEqual([{ receiver: 'H99.05', state: 'withdrawn' }])
})

it('is asked to revoke what the closed agency had stored, though its own copy was withdrawn', async () => {
  const open = { deliveryId: revoked.deliveryId, kind: 'revoke', receiver: 'H99.06' }
  expect(await openChanges('H99.05', 'h99.05')).toContainEqual(expect.objectContaining(open))

  const answer = await hub.postJson(`/api/v1/deliveries/${revoked.deliveryId}/status`, { code: '15' }, 'h99.05')

  expect(answer.statusCode).toBe(202)
  expect(await openChanges('H99.05', 'h99.05')).not.toContainEqual(expect.objectContaining(open))
})

it('is asked for a document in each packet that brought it, and answers once', async () => {
  const taken = await hub.postJson(`/api/v1/documents/${extended.id}/take-back`, { reason: 'Sai số' }, 'g99')
  expect(taken.json()).toMatchObject({ items: [{ receiver: 'H99.06', outcome: 'asked' }] })
  const asked = (await openChanges('H99.05', 'h99.05')).filter(
    ({ documentId }: { readonly documentId: string }) => documentId === extended.documentId,
  )
  expect(asked).toHaveLength(2)

  await hub.postJson(`/api/v1/deliveries/${asked[0].deliveryId}/status`, { code: '15' }, 'h99.05')

  for (const { id } of asked) expect(await change(id)).toMatchObject({ kind: 'take-back', state: 'agreed' })
})
