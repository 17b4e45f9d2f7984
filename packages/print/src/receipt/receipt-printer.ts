import { Piscina } from 'piscina'
import type { ReceiptToPrint } from './print-receipt.ts'

/** Prints in a thread: laying out a page takes a good part of a second, which no other caller is to wait for. */
export interface ReceiptPrinter {
  print(wish: ReceiptToPrint): Promise<Buffer>
  /** Finishes what is in hand. */
  close(): Promise<void>
}

const threadIdleMs = 30_000
const maxWaiting = 100

/** The thread starts with the first receipt, and ends when there is nothing to print. */
export function createReceiptPrinter(): ReceiptPrinter {
  let pool: Piscina | undefined

  function open(): Piscina {
    pool ??= new Piscina({
      filename: new URL('./print-receipt.ts', import.meta.url).href,
      name: 'printReceipt',
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: threadIdleMs,
      maxQueue: maxWaiting,
    })
    return pool
  }

  return {
    print: async wish => Buffer.from(await open().run(wish)),
    close: async () => {
      await pool?.close()
    },
  }
}
