import { Piscina } from 'piscina'

/** Prints in a thread: laying out pages takes up to seconds of work, which no other caller is to wait for. */
export interface PrintThread<Wish> {
  print(wish: Wish): Promise<Buffer>
  /** Finishes what is in hand. */
  close(): Promise<void>
}

const threadIdleMs = 30_000
const maxWaiting = 100

/**
 * The thread starts with the first wish, and ends when there is nothing to print.
 *
 * @param file the module whose function `name` takes a wish and gives the bytes; both pass from thread to thread
 */
export function createPrintThread<Wish>(file: URL, name: string): PrintThread<Wish> {
  let pool: Piscina | undefined

  function open(): Piscina {
    pool ??= new Piscina({
      filename: file.href,
      name,
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
