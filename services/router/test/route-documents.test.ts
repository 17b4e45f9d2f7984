import {
  claimChecks,
  deliveriesOfDocument,
  listDocumentEvents,
  receiptId,
  receiptsOfDocument,
  settleCheck,
} from '@docaxis/store'
import { acceptDocument, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { routeDocuments } from '../src/route-documents.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const route = (ids: string[]) => database.transaction(tx => routeDocuments(tx, ids))

async function eventsOf(documentId: string) {
  const { rows } = await database.query<{ topic: string; key: string; data: Record<string, unknown> }>(
    `select topic, key, event -> 'data' as data
       from outbox_log
      where event -> 'data' ->> 'document' = $1 and topic <> 'docaxis.document.accepted'
      order by position, batch, place`,
    [documentId],
  )
  return rows
}

const levels = [
  { written: 'G98', resolved: 'G98', level: 'central' },
  { written: 'H99', resolved: 'H99', level: 'province' },
  { written: 'H99.32', resolved: 'H99.32', level: 'district' },
  { written: 'H99.32.05', resolved: 'H99.32.05', level: 'commune' },
]

it('makes one delivery per receiver, on the topic of its level', async () => {
  const id = await acceptDocument(database, { receivers: levels })

  await route([id])

  expect(
    (await deliveriesOfDocument(database, id)).map(({ receiver, level, state }) => [receiver, level, state]),
  ).toEqual(levels.map(({ resolved, level }) => [resolved, level, 'routed']))
  expect((await eventsOf(id)).map(({ topic, key }) => [topic, key])).toEqual(
    levels.map(({ resolved, level }) => [`docaxis.delivery.${level}`, resolved]),
  )
})

it.each([1, 2, 3, 4] as const)('sends priority %i down the urgent lane', async priority => {
  const id = await acceptDocument(database, { priority })

  await route([id])

  expect(await eventsOf(id)).toMatchObject([{ topic: 'docaxis.delivery.commune.urgent', data: { urgent: true } }])
})

it('changes nothing the second time', async () => {
  const id = await acceptDocument(database, { receivers: levels })

  await route([id])
  const again = await route([id])

  expect(again).toEqual([])
  expect(await deliveriesOfDocument(database, id)).toHaveLength(4)
  expect(await eventsOf(id)).toHaveLength(4)
})

it('routes once when two routers get the same event', async () => {
  const id = await acceptDocument(database)

  const answers = await Promise.all([route([id]), route([id]), route([id])])

  expect(answers.flat()).toHaveLength(1)
  expect(await deliveriesOfDocument(database, id)).toHaveLength(1)
})

it('delivers once to an agency that is written under two codes', async () => {
  const id = await acceptDocument(database, {
    receivers: [
      { written: '000.05.32.H99', resolved: 'H99.32.05', level: 'commune' },
      { written: 'H99.32.05', resolved: 'H99.32.05', level: 'commune' },
    ],
  })

  await route([id])

  expect(await deliveriesOfDocument(database, id)).toMatchObject([{ receiverWritten: '000.05.32.H99' }])
})

it('gives the sender evidence for a receiver that cannot get it, and delivers to the others', async () => {
  const fault = 'M.MessageHeader.To.NotConnected'
  const id = await acceptDocument(database, { receivers: ['H99.32.05', { written: 'X1', fault }] })

  await route([id])

  expect(await deliveriesOfDocument(database, id)).toMatchObject([{ receiver: 'H99.32.05' }])
  expect(await receiptsOfDocument(database, id, 'g99')).toMatchObject([
    { kind: 'acceptance' },
    { kind: 'non-delivery', id: receiptId('non-delivery', `${id}:X1`), deliveryId: null },
  ])
  expect(await eventsOf(id)).toContainEqual(
    expect.objectContaining({
      topic: 'docaxis.delivery.failed',
      data: expect.objectContaining({ deliveryId: null, receiver: 'X1', reason: fault }),
    }),
  )
})

it('owes no receipt for a status message', async () => {
  const id = await acceptDocument(database, { kind: 'status', receivers: [{ written: 'X1', fault: 'M.X' }] })

  await route([id])

  expect(await receiptsOfDocument(database, id, 'g99')).toEqual([])
})

it('shows in the history which later packets act on what it routed', async () => {
  const documentId = '000.00.00.G99/target'
  const id = await acceptDocument(database, { documentId })
  const update = await acceptDocument(database, {
    documentId,
    action: 'update',
    effects: [{ sender: 'G99', target: documentId, action: 'update' }],
  })

  await route([id])

  const history = await listDocumentEvents(database, id)
  expect(history.find(event => event.what === 'routed')?.details).toMatchObject({
    actedOnBy: [{ packetId: update, action: 'update' }],
  })
})

it('makes no delivery of what was taken back before it was routed', async () => {
  const documentId = '000.00.00.G99/taken-back'
  const id = await acceptDocument(database, { documentId, receivers: ['H99.32.05', 'H99.32.06'] })
  const effects = [{ sender: 'G99', target: documentId, action: 'take-back' as const, receiver: 'H99.32.05' }]
  await acceptDocument(database, { kind: 'status', documentId, receivers: ['H99.32.05'], effects })

  const routed = await database.transaction(tx => routeDocuments(tx, [id]))

  expect(routed.map(one => one.deliveries.map(({ receiver }) => receiver))).toEqual([['H99.32.06']])
  expect(await deliveriesOfDocument(database, id)).toMatchObject([
    { receiver: 'H99.32.05', state: 'withdrawn' },
    { receiver: 'H99.32.06', state: 'routed' },
  ])
})

it.each([
  { found: 'not known yet', answer: undefined, state: 'held' },
  { found: 'good', answer: {}, state: 'routed' },
  { found: 'bad', answer: { refusal: 'PDF_CMS (AttachmentEncoded/Attachment[1])' }, state: 'failed' },
])('makes deliveries $state when what is inside the attachments is $found', async ({ answer, state }) => {
  const awaited = { position: 0, kind: 'signatures', sha256: 'ab'.repeat(32), sizeBytes: 9, holds: true } as const
  const id = await acceptDocument(database, { checks: [awaited] })
  if (answer) await settle(answer)

  const [routed] = await route([id])

  const [delivery] = await deliveriesOfDocument(database, id)
  expect(delivery?.state).toBe(state)
  // The event is the same for all three: the delivery service shows nothing that is not `routed`.
  expect((await eventsOf(id)).map(({ topic }) => topic)).toContain('docaxis.delivery.commune')
  expect(routed?.deliveries).toHaveLength(1)
})

async function settle(answer: { readonly refusal?: string }): Promise<void> {
  await database.transaction(async tx => {
    const due = await claimChecks(tx, { limit: 10, leaseMs: 60_000, kinds: ['signatures'] })
    for (const check of due)
      await settleCheck(tx, check, { verdict: {}, word: '-', code: '-', evidence: [], ...answer })
  })
}

it('passes over an id that is not there', async () => {
  expect(await route(['0'.repeat(24)])).toEqual([])
})
