import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  changeWebhook,
  findWebhook,
  findWebhookMessage,
  giveUpWebhookMessages,
  insertWebhookMessages,
  listWebhookMessages,
  replayWebhookMessages,
  webhookMessageId,
} from '../../src/index.ts'
import { claim, leasesRanOut, newWebhook, pausesPassed, settle, told } from './webhook-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => database.query('truncate webhook cascade'))

describe('what is claimed', () => {
  it('is urgent first, then in the order in which it came', async () => {
    const { id } = await newWebhook(database)
    const [first, second, urgent] = await told(database, id, [0, 0, 2])

    expect(await claim(database)).toEqual([urgent, first, second])
  })

  it('is nobody else’s until its lease runs out', async () => {
    const { id } = await newWebhook(database)
    const ids = await told(database, id, [0])
    await claim(database)

    expect(await claim(database)).toEqual([])
    await leasesRanOut(database)

    expect(await claim(database)).toEqual(ids)
  })

  it('is no more of one webhook than it may have at a time, whatever waits for it', async () => {
    const [busy, other] = [await newWebhook(database), await newWebhook(database)]
    await told(database, busy.id, Array<number>(50).fill(0))
    const [one = ''] = await told(database, other.id, [0])

    const claimed = await claim(database)

    expect(claimed).toHaveLength(5)
    expect(claimed).toContain(one)
    expect(await claim(database)).toEqual([])
  })

  it('is one at a time of a webhook that answered slowly', async () => {
    const { id: webhookId } = await newWebhook(database)
    const [messageId = ''] = await told(database, webhookId, [0])
    await claim(database)
    await settle(database, { webhookId, messageId, status: 200 }, 5_000)
    await told(database, webhookId, [0, 0, 0])

    expect(await claim(database)).toHaveLength(1)
  })

  it('is claimed once by two at the same time', async () => {
    for (let n = 0; n < 20; n += 1) await told(database, (await newWebhook(database)).id, [0, 0, 0, 0, 0, 0])

    const both = (await Promise.all([claim(database), claim(database), claim(database)])).flat()

    expect(new Set(both).size).toBe(both.length)
    expect(both.length).toBeLessThanOrEqual(20 * 4)
  })

  it('is nothing of a webhook without an address, unless its relay asks', async () => {
    const { id: webhookId } = await newWebhook(database, { url: null })
    const ids = await told(database, webhookId, [0])

    expect(await claim(database)).toEqual([])
    expect(await claim(database, { webhookId })).toEqual(ids)
  })

  it('is nothing of a webhook that is disabled', async () => {
    const { id, systemId } = await newWebhook(database)
    await told(database, id, [0])
    await changeWebhook(database, id, systemId, { state: 'disabled' })

    expect(await claim(database)).toEqual([])
  })
})

describe('the breaker', () => {
  async function failing(times: number, changes = {}) {
    const webhook = await newWebhook(database)
    const [messageId = ''] = await told(database, webhook.id, [0, 0, 0])
    for (let n = 0; n < times; n += 1) {
      await settle(database, {
        webhookId: webhook.id,
        messageId,
        status: 500,
        failure: 'answers status 500',
        ...changes,
      })
    }
    return { ...webhook, messageId, now: () => findWebhook(database, webhook.id, webhook.systemId) }
  }

  it('stays closed for a few failures', async () => {
    const webhook = await failing(4)

    expect(await webhook.now()).toMatchObject({ breaker: 'closed', failures: 4, lastFailure: 'answers status 500' })
  })

  it('opens after five in a row, and nothing is tried', async () => {
    const webhook = await failing(5)
    await pausesPassed(database)

    expect(await webhook.now()).toMatchObject({ breaker: 'open', failures: 5, waiting: 3 })
    expect(await claim(database)).toEqual([])
  })

  it('lets one message through when its pause has passed', async () => {
    const webhook = await failing(5)
    await pausesPassed(database)
    await database.query("update webhook set open_until = clock_timestamp() - interval '1 second'")

    expect(await webhook.now()).toMatchObject({ breaker: 'half-open' })
    expect(await claim(database)).toHaveLength(1)
    expect(await claim(database)).toEqual([])
  })

  it('closes with the first success', async () => {
    const webhook = await failing(5)

    await settle(database, { webhookId: webhook.id, messageId: webhook.messageId, status: 204 })

    expect(await webhook.now()).toMatchObject({ breaker: 'closed', failures: 0, openUntil: null })
  })

  it('makes way for a webhook that says it is gone', async () => {
    const webhook = await failing(1, { gone: true, status: 410, failure: 'answers status 410' })

    expect(await webhook.now()).toMatchObject({ state: 'disabled', disabledReason: 'answers status 410' })
  })

  it('forgets the past of another address', async () => {
    const webhook = await failing(5)

    await changeWebhook(database, webhook.id, webhook.systemId, { url: 'https://new.example/hook' })

    expect(await webhook.now()).toMatchObject({ breaker: 'closed', url: 'https://new.example/hook' })
  })
})

describe('a message', () => {
  it('is there once for the same event', async () => {
    const { id: webhookId } = await newWebhook(database)
    const message = { webhookId, eventId: 'x:available', type: 'delivery.available', priority: 0, body: '{}' }

    expect(await insertWebhookMessages(database, [message])).toEqual([webhookMessageId(webhookId, 'x:available')])
    expect(await insertWebhookMessages(database, [message])).toEqual([])
  })

  it('waits longer after each failure, and as long as it was asked to', async () => {
    const { id: webhookId } = await newWebhook(database)
    const [messageId = ''] = await told(database, webhookId, [0])
    await claim(database)

    await settle(database, { webhookId, messageId, status: 503, failure: 'answers status 503', retryAfterSeconds: 600 })

    const { rows } = await database.query('select due_at > now() + $1::interval as waits from webhook_message', [
      '590 s',
    ])
    expect(rows).toEqual([{ waits: true }])
  })

  it('keeps its last twenty tries, newest first', async () => {
    const { id: webhookId } = await newWebhook(database)
    const [messageId = ''] = await told(database, webhookId, [0])
    for (let n = 1; n <= 22; n += 1) await settle(database, { webhookId, messageId, status: 500, failure: `try ${n}` })

    const found = await findWebhookMessage(database, webhookId, messageId)

    expect(found?.lastAttempts.map(({ failure }) => failure).slice(0, 2)).toEqual(['try 22', 'try 21'])
    expect(found?.lastAttempts).toHaveLength(20)
  })

  it('that was taken stays taken, whatever a late try says', async () => {
    const { id: webhookId } = await newWebhook(database)
    const [messageId = ''] = await told(database, webhookId, [0])
    await settle(database, { webhookId, messageId, status: 200 })

    expect(await settle(database, { webhookId, messageId, failure: 'late' })).toBe('not-waiting')
    expect(await findWebhookMessage(database, webhookId, messageId)).toMatchObject({ state: 'delivered' })
  })

  it('that nobody took in its time fails, and a replay sends it again under its id', async () => {
    const { id: webhookId } = await newWebhook(database)
    const [messageId = ''] = await told(database, webhookId, [0])
    await database.query("update webhook_message set give_up_at = clock_timestamp() - interval '1 second'")

    expect(await giveUpWebhookMessages(database, 10)).toBe(1)
    expect(await claim(database)).toEqual([])
    expect(await replayWebhookMessages(database, { webhookId, failedOnly: true })).toBe(1)

    expect(await claim(database)).toEqual([messageId])
  })

  it('for a relay never runs out of time', async () => {
    const { id } = await newWebhook(database, { url: null })
    await told(database, id, [0])

    const { rows } = await database.query('select give_up_at from webhook_message')

    expect(rows).toEqual([{ give_up_at: null }])
  })

  it('is replayed by a span of time that it lies in, and by no other webhook', async () => {
    const { id: webhookId } = await newWebhook(database)
    const [messageId = ''] = await told(database, webhookId, [0])
    await settle(database, { webhookId, messageId, status: 200 })
    const { createdAt = new Date() } = (await findWebhookMessage(database, webhookId, messageId)) ?? {}
    const after = new Date(createdAt.getTime() + 1_000)

    expect(await replayWebhookMessages(database, { webhookId, from: after })).toBe(0)
    expect(await replayWebhookMessages(database, { webhookId, to: createdAt })).toBe(0)
    expect(await replayWebhookMessages(database, { webhookId: (await newWebhook(database)).id })).toBe(0)
    expect(await replayWebhookMessages(database, { webhookId, from: createdAt, to: after })).toBe(1)
  })

  it('is listed newest first, page by page', async () => {
    const { id: webhookId } = await newWebhook(database)
    const ids = await told(database, webhookId, [0, 0, 0])

    const first = await listWebhookMessages(database, { webhookId, limit: 2 })
    const second = await listWebhookMessages(database, { webhookId, limit: 2, before: first.next ?? '' })

    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed())
    expect(second.next).toBeNull()
  })
})
