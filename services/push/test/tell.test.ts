import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { noticeOf, noticeTypes, publication } from '@docaxis/events'
import {
  appendOutbox,
  bindSystemAgency,
  importDirectory,
  insertDeliveries,
  listWebhookMessages,
  newHubId,
  releaseDeliveries,
  takeUnrouted,
  type Webhook,
} from '@docaxis/store'
import { acceptDocument, addSystem, testWebhookReceiver, type WebhookReceiver } from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { type PushTest, pushTest } from './harness.ts'

let push: PushTest
let receiver: WebhookReceiver
const code = 'H99.32.05'

beforeAll(async () => {
  push = await pushTest()
  receiver = await testWebhookReceiver()
  const agencies = [{ kind: 'agency', code, level: 'commune', name: 'Xã' }]
  const file = Buffer.from(JSON.stringify(agencies))
  await push.database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))
  await addSystem(push.database, 'commune')
  await bindSystemAgency(push.database, 'commune', code)
  await push.start()
  await push.deps.bus.start()
})
afterAll(async () => {
  await push.reset()
  await receiver.close()
  await push.close()
})
afterEach(() => push.database.query('truncate webhook cascade'))

/** A document in the mailbox of the commune, as router and delivery leave it behind. */
async function deliver(priority: 0 | 1 = 0): Promise<string> {
  const documentId = await acceptDocument(push.database, { priority, receivers: [code] })
  const delivery = {
    id: newHubId(),
    documentId,
    receiver: code,
    receiverWritten: code,
    level: 'commune',
    priority,
  } as const
  await push.database.transaction(async tx => {
    await insertDeliveries(tx, [{ ...delivery, kind: 'document' }])
    await takeUnrouted(tx, [documentId])
    await releaseDeliveries(tx, [delivery.id])
  })
  push.deps.bus.nudge()
  return delivery.id
}

async function messages(webhook: Webhook, count: number) {
  return await vi.waitFor(
    async () => {
      const { items } = await listWebhookMessages(push.database, { webhookId: webhook.id, limit: 100 })
      expect(items).toHaveLength(count)
      return items.map(({ type, body }) => ({ type, body: JSON.parse(body) }))
    },
    { timeout: 15_000 },
  )
}

it('tells the receiver’s system of a delivery in its mailbox: ids and an address, no content', async () => {
  const webhook = await push.webhook(receiver.url, { systemId: 'commune' })

  const deliveryId = await deliver(1)

  expect(await messages(webhook, 1)).toEqual([
    {
      type: 'delivery.available',
      body: {
        type: 'delivery.available',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        data: {
          deliveryId,
          kind: 'document',
          sender: 'G99',
          receiver: code,
          priority: 1,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          sizeBytes: 32,
          availableAt: expect.any(String),
          url: `/api/v1/deliveries/${deliveryId}/envelope`,
        },
      },
    },
  ])
})

it('tells each webhook what it asked for', async () => {
  const deliveries = await push.webhook(receiver.url, { systemId: 'commune', types: ['delivery.available'] })
  const receipts = await push.webhook(receiver.url, { systemId: 'commune', types: ['receipt.issued'] })

  await deliver()
  const receiptId = await tellOfReceipt('commune')

  expect(await messages(deliveries, 1)).toMatchObject([{ type: 'delivery.available' }])
  expect(await messages(receipts, 1)).toMatchObject([
    { type: 'receipt.issued', body: { data: { receiptId, url: `/api/v1/receipts/${receiptId}` } } },
  ])
})

it('tells nothing twice when the log is read again', async () => {
  const webhook = await push.webhook(receiver.url, { systemId: 'commune' })
  const receiptId = await tellOfReceipt('commune')
  await messages(webhook, 1)

  await tellOfReceipt('commune', receiptId)
  await tellOfReceipt('commune')

  expect(await messages(webhook, 2)).toHaveLength(2)
})

/** As the notary does. */
async function tellOfReceipt(systemId: string, receiptId = newHubId()): Promise<string> {
  const issuedAt = new Date('2030-01-15T05:00:00Z')
  const event = publication({
    topic: 'docaxis.receipt.issued',
    key: receiptId,
    id: `${receiptId}:issued`,
    subject: receiptId,
    time: issuedAt,
    data: { receiptId, kind: 'acceptance', systemId, sha256: 'ab'.repeat(32), issuedAt: issuedAt.toISOString() },
  })
  await push.database.transaction(tx => appendOutbox(tx, [event]))
  push.deps.bus.nudge()
  return receiptId
}

it('tells vendors of every type on their page', async () => {
  const page = await readFile(join(import.meta.dirname, '../WEBHOOKS.md'), 'utf8')

  expect(noticeTypes.filter(type => !page.includes(`| \`${type}\` |`))).toEqual([])
})

it('tells a receiver that a delivery was taken back only where it could know of it', () => {
  const withdrawn = { deliveryId: 'd', document: 'x', receiver: code, reason: 'r', withdrawnAt: 't' }

  expect(noticeOf('docaxis.delivery.withdrawn', { ...withdrawn, listed: true })?.audience).toEqual({ agency: code })
  expect(noticeOf('docaxis.delivery.withdrawn', { ...withdrawn, listed: false })?.audience).toEqual({})
})

it('leaves words of people at the hub', () => {
  const failed = noticeOf('docaxis.delivery.failed', {
    deliveryId: null,
    document: 'd',
    receiver: code,
    reason: 'MARKER',
    failedAt: 't',
  })

  expect(JSON.stringify(failed)).not.toContain('MARKER')
  expect(failed).toMatchObject({ audience: { senderOf: 'd' }, data: { url: '/api/v1/documents/d' } })
})

it('never tells of its own dead letters, which would come back to it', () => {
  const letter = { deadLetterId: 'x', topic: 'docaxis.receipt.issued', eventId: 'e', code: 'UNEXPECTED' }

  expect(noticeOf('docaxis.dead-letter', { ...letter, group: 'push' })?.audience).toEqual({ operators: false })
  expect(noticeOf('docaxis.dead-letter', { ...letter, group: 'router' })?.audience).toEqual({ operators: true })
  expect(noticeTypes).toContain('dead-letter')
})
