import { randomBytes } from 'node:crypto'
import { addSystem } from '@docaxis/testkit'
import {
  type ClaimMessages,
  claimWebhookMessages,
  createWebhook,
  type Database,
  insertWebhookMessages,
  type SettledAttempt,
  settleWebhookMessage,
  type Webhook,
} from '../../src/index.ts'

/** A webhook of a system of its own. */
export async function newWebhook(database: Database, wish: Partial<Webhook> = {}): Promise<Webhook> {
  const systemId = wish.systemId ?? `s-${randomBytes(6).toString('hex')}`
  await addSystem(database, systemId)
  return createWebhook(database, {
    systemId,
    url: wish.url === undefined ? 'https://office.example/hook' : wish.url,
    description: null,
    types: wish.types ?? [],
  })
}

/** Messages in this order. @returns their ids */
export async function told(database: Database, webhookId: string, priorities: readonly number[]): Promise<string[]> {
  const messages = priorities.map(priority => ({
    webhookId,
    eventId: randomBytes(6).toString('hex'),
    type: 'delivery.available',
    priority,
    body: '{}',
  }))
  return insertWebhookMessages(database, messages)
}

export async function claim(database: Database, options: Partial<ClaimMessages> = {}): Promise<string[]> {
  const wish = { limit: 100, perWebhook: 4, leaseMs: 60_000, ...options }
  const claimed = await database.transaction(tx => claimWebhookMessages(tx, wish))
  return claimed.map(({ id }) => id)
}

export function settle(database: Database, attempt: Omit<SettledAttempt, 'durationMs'>, durationMs = 10) {
  return database.transaction(tx => settleWebhookMessage(tx, { durationMs, ...attempt }))
}

/** As if every pause of the messages had passed. */
export async function pausesPassed(database: Database): Promise<void> {
  await database.query("update webhook_message set due_at = clock_timestamp() - interval '1 second'")
}

/** As if their processes had died and the leases had run out. */
export async function leasesRanOut(database: Database): Promise<void> {
  await database.query("update webhook_message set leased_until = clock_timestamp() - interval '1 second'")
}
