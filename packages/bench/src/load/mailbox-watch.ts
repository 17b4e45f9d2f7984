import { pause } from '../processes.ts'
import type { Api } from './api.ts'

export interface MailboxWatch {
  /** When each SHA-256 was first listed, by `performance.now()`; resolves once all were. */
  readonly finished: Promise<ReadonlyMap<string, number>>
}

interface Mailbox {
  readonly code: string
  readonly api: Api
}

const patienceMs = 120_000

/**
 * Lists the mailboxes again and again until every expected document has appeared. What was seen is acknowledged, as a
 * receiver would, so that each listing stays short.
 */
export function watchMailbox(mailboxes: readonly Mailbox[], expected: ReadonlySet<string>): MailboxWatch {
  const seenAt = new Map<string, number>()
  const deadline = performance.now() + patienceMs

  async function follow(mailbox: Mailbox): Promise<void> {
    while (seenAt.size < expected.size) {
      if (performance.now() > deadline) throw new Error(`${expected.size - seenAt.size} documents never appeared`)
      const items = await mailbox.api.inbox(mailbox.code)
      const now = performance.now()
      for (const { sha256 } of items) {
        if (expected.has(sha256) && !seenAt.has(sha256)) seenAt.set(sha256, now)
      }
      if (items.length === 0) await pause(5)
      else await mailbox.api.acknowledge(items.map(item => item.deliveryId))
    }
  }

  return { finished: Promise.all(mailboxes.map(follow)).then(() => seenAt) }
}
