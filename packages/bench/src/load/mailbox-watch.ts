import { pause } from '../processes.ts'
import type { Api } from './api.ts'

export interface Seen {
  /** When the document first stood in a mailbox, by `performance.now()`. */
  readonly at: number
  readonly deliveryId: string
  readonly mailbox: Mailbox
}

export interface Mailbox {
  readonly code: string
  readonly api: Api
}

const patienceMs = 120_000
/** Between two looks at one mailbox; e-office systems ask every few seconds. */
const pollMs = 200
const idleLooksUntilRestart = 5
const pagesBack = 3

/**
 * Lists the mailboxes again and again until every expected document has appeared.
 *
 * @param expected SHA-256 of each
 * @returns what was seen, by SHA-256
 */
export async function watchMailboxes(
  mailboxes: readonly Mailbox[],
  expected: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>()
  const deadline = performance.now() + patienceMs
  const look = async (mailbox: Mailbox, after: string | undefined) => {
    const page = await mailbox.api.inboxPage(mailbox.code, after)
    const at = performance.now()
    for (const { sha256, deliveryId } of page.items) {
      if (expected.has(sha256) && !seen.has(sha256)) seen.set(sha256, { at, deliveryId, mailbox })
    }
    return page.next ?? undefined
  }

  async function follow(mailbox: Mailbox): Promise<void> {
    const pages: string[] = []
    let idleLooks = 0
    while (seen.size < expected.size) {
      if (performance.now() > deadline) throw new Error(`${expected.size - seen.size} documents never appeared`)
      const before = seen.size
      const next = await look(mailbox, pages.at(-1))
      if (next !== undefined) {
        pages.push(next)
        continue
      }
      idleLooks = seen.size === before ? idleLooks + 1 : 0
      // Pages lie in the order of acceptance, and what was accepted earlier may appear later: some are listed again, then all.
      if (idleLooks > 0) pages.splice(idleLooks % idleLooksUntilRestart === 0 ? 0 : -pagesBack)
      await pause(pollMs)
    }
  }

  await Promise.all(mailboxes.map(follow))
  return seen
}
