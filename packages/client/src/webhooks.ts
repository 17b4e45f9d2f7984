import type { Page } from './answers.ts'
import { eachItem } from './paging.ts'
import { postJson, type Transport } from './transport.ts'

/** Where a system wants to be told (Standard Webhooks), with how it is doing. */
export interface Webhook {
  readonly id: string
  /** Null: a relay comes and asks. */
  readonly url: string | null
  readonly description: string | null
  /** Empty: everything. */
  readonly types: readonly string[]
  readonly state: 'active' | 'disabled'
  readonly disabledReason: string | null
  readonly createdAt: string
  /** `open`: left alone until `openUntil`, because it failed again and again. */
  readonly breaker: 'closed' | 'open' | 'half-open'
  readonly failures: number
  readonly openUntil: string | null
  readonly lastSuccessAt: string | null
  readonly lastFailureAt: string | null
  readonly lastFailure: string | null
  readonly waiting: number
  readonly failed: number
}

export interface WebhookSecret {
  /** `whsec_…`; shown once. */
  readonly secret: string
  readonly secretId: string
}

export interface WebhookMessage {
  /** As `webhook-id` of every try. */
  readonly id: string
  readonly type: string
  readonly body: string
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly attempts: number
  readonly createdAt: string
  readonly dueAt: string | null
  readonly settledAt: string | null
  /** The last 20, newest first. */
  readonly lastAttempts: readonly {
    readonly at: string
    readonly durationMs: number
    readonly status: number | null
    readonly failure: string | null
  }[]
}

/** A signed message as a relay posts it. */
export interface PulledMessage {
  readonly messageId: string
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What became of a message that a relay passed on. */
export interface RelayOutcome {
  readonly durationMs: number
  readonly status?: number
  readonly failure?: string
}

export interface NewWebhook {
  readonly url: string | null
  readonly description?: string
  readonly types?: readonly string[]
}

export interface WebhookReplay {
  readonly from: string
  readonly to?: string
  readonly failedOnly?: boolean
}

export type WebhookChange = Partial<Pick<Webhook, 'url' | 'description' | 'types' | 'state'>>

export interface Webhooks {
  list(): Promise<readonly Webhook[]>
  add(wish: NewWebhook): Promise<Webhook & WebhookSecret>
  get(id: string): Promise<Webhook>
  change(id: string, change: WebhookChange): Promise<Webhook>
  /** With whatever waits for it. */
  remove(id: string): Promise<void>
  /** The next secret; the one before signs as well for `overlapHours`. */
  rotate(id: string, overlapHours?: number): Promise<WebhookSecret>
  /** @returns id of the test message */
  test(id: string): Promise<string>
  /** Newest first. */
  messages(id: string, query?: { readonly state?: WebhookMessage['state'] }): AsyncIterable<WebhookMessage>
  message(id: string, messageId: string): Promise<WebhookMessage>
  /** Sends again, under the same ids. @returns how many */
  replay(id: string, span: WebhookReplay): Promise<number>
  replayMessage(id: string, messageId: string): Promise<number>
}

/** What a relay asks of the hub. */
export interface RelayCalls {
  /** Messages that wait; those not settled within a minute come again. */
  pull(id: string, limit: number, signal?: AbortSignal): Promise<readonly PulledMessage[]>
  settle(id: string, messageId: string, outcome: RelayOutcome): Promise<void>
}

/** @param path `/webhooks`, or for operators `/admin/systems/{id}/webhooks` */
export function createWebhooks(transport: Transport, path = '/webhooks'): Webhooks {
  const at = (...parts: readonly string[]): string => [path, ...parts.map(encodeURIComponent)].join('/')
  return {
    list: async () => (await transport.json<{ readonly items: readonly Webhook[] }>({ path })).items,
    add: wish => transport.json(postJson(path, wish)),
    get: id => transport.json({ path: at(id) }),
    change: (id, change) => transport.json({ ...postJson(at(id), change), method: 'PUT' }),
    remove: async id => {
      await transport.send({ method: 'DELETE', path: at(id) })
    },
    rotate: (id, overlapHours) => transport.json(postJson(at(id, 'secrets'), { overlapHours })),
    test: async id => {
      const { messageId } = await transport.json<{ readonly messageId: string }>(postJson(at(id, 'test'), {}))
      return messageId
    },
    messages: (id, query = {}) =>
      eachItem(after => transport.json<Page<WebhookMessage>>({ path: at(id, 'messages'), query: { ...query, after } })),
    message: (id, messageId) => transport.json({ path: at(id, 'messages', messageId) }),
    replay: (id, span) => replayed(transport, at(id, 'replay'), span),
    replayMessage: (id, messageId) => replayed(transport, at(id, 'messages', messageId, 'replay'), {}),
  }
}

export function createRelayCalls(transport: Transport): RelayCalls {
  const at = (id: string): string => `/webhooks/${encodeURIComponent(id)}`
  return {
    async pull(id, limit, signal) {
      const call = { ...postJson(`${at(id)}/pull`, { limit }), ...(signal && { signal }) }
      return (await transport.json<{ readonly items: readonly PulledMessage[] }>(call)).items
    },
    async settle(id, messageId, outcome) {
      await transport.send(postJson(`${at(id)}/messages/${encodeURIComponent(messageId)}/outcome`, outcome))
    },
  }
}

async function replayed(transport: Transport, path: string, body: object): Promise<number> {
  return (await transport.json<{ readonly replayed: number }>(postJson(path, body))).replayed
}
