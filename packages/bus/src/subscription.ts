import type { HubEvent, Topic } from '@docaxis/events'
import type { Tx, WantedTopic } from '@docaxis/store'
import type { Subscription } from './bus.ts'

/** A subscription with its defaults, for adapters that hold several of different topics. */
export interface AnySubscription {
  readonly group: string
  readonly topics: readonly Topic[]
  readonly maxBatch: number
  readonly maxAttempts: number
  readonly handle: (events: readonly HubEvent[], tx: Tx) => Promise<void>
}

const defaultBatch = 64
const defaultAttempts = 5

export function toAnySubscription<T extends Topic>(subscription: Subscription<T>): AnySubscription {
  return {
    group: subscription.group,
    topics: subscription.topics,
    maxBatch: subscription.maxBatch ?? defaultBatch,
    maxAttempts: subscription.maxAttempts ?? defaultAttempts,
    // The adapter gives a handler only events of the topics it named.
    handle: (events, tx) => subscription.handle(events as unknown as readonly HubEvent<T>[], tx),
  }
}

export function wantedTopics(subscriptions: readonly AnySubscription[]): WantedTopic[] {
  return subscriptions.flatMap(({ group, topics, maxBatch }) => topics.map(topic => ({ group, topic, maxBatch })))
}
