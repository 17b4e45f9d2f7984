import { HubError } from '@docaxis/errors'
import type { ReceiptVerdict } from '@docaxis/signature'
import { Piscina } from 'piscina'

/** What the thread is asked. */
export interface ReceiptTask {
  readonly xml: Uint8Array
  /** DER. */
  readonly hubCertificates: readonly Uint8Array[]
}

/** Judges receipts in a thread: anybody may send them, and those built to take long hold up no other caller. */
export interface ReceiptJudge {
  /** @throws HubError `RATE_LIMITED` while too many wait */
  judge(task: ReceiptTask): Promise<ReceiptVerdict>
  /** Finishes what is in hand. */
  close(): Promise<void>
}

const threadIdleMs = 30_000
const maxWaiting = 100
const retryAfterSeconds = 10

/** The thread starts with the first receipt, and ends when there is nothing to judge. */
export function createReceiptJudge(): ReceiptJudge {
  let pool: Piscina | undefined

  function open(): Piscina {
    pool ??= new Piscina({
      filename: new URL('./receipt-worker.ts', import.meta.url).href,
      name: 'judge',
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: threadIdleMs,
      maxQueue: maxWaiting,
    })
    return pool
  }

  return {
    judge: async task => {
      if (open().queueSize >= maxWaiting) {
        throw new HubError('RATE_LIMITED', 'too many receipts are being judged', { retryAfterSeconds })
      }
      return await open().run(task)
    },
    close: async () => {
      await pool?.close()
    },
  }
}
