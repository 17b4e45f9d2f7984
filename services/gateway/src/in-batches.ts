import { isTransient } from '@docaxis/store'

export interface BatchOptions<Item, Answer> {
  /** Answers in the order of `items`. */
  readonly work: (items: readonly Item[]) => Promise<readonly Answer[]>
  /** Batches under way at once. */
  readonly maxRunning: number
  readonly maxBatch: number
}

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lets what comes while other work of its kind is under way share the next batch: under load a round trip to the
 * database is paid once for many requests, and what comes alone is worked on at once. Nothing waits for a timer.
 *
 * When a batch fails by one of its items, each is tried alone, so that one fails alone.
 */
export function inBatches<Item, Answer>(options: BatchOptions<Item, Answer>): (item: Item) => Promise<Answer> {
  const { work, maxRunning, maxBatch } = options
  const waiting: Waiting<Item, Answer>[] = []
  let running = 0

  function startWaiting(): void {
    while (running < maxRunning && waiting.length > 0) {
      running += 1
      void settle(work, waiting.splice(0, maxBatch)).finally(() => {
        running -= 1
        startWaiting()
      })
    }
  }

  return item =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      // Requests that were read from their sockets in the same turn are still to come.
      setImmediate(startWaiting)
    })
}

/** Settles everybody in the batch and never throws. */
async function settle<Item, Answer>(
  work: BatchOptions<Item, Answer>['work'],
  batch: readonly Waiting<Item, Answer>[],
): Promise<void> {
  try {
    const answers = await work(batch.map(({ item }) => item))
    for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer)
  } catch (error) {
    if (batch.length === 1 || isTransient(error)) {
      for (const { reject } of batch) reject(error)
      return
    }
    for (const one of batch) await settle(work, [one])
  }
}
