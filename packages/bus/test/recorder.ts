import type { Tx } from '@docaxis/store'
import { expect } from 'vitest'
import type { TestEvent } from './test-events.ts'

/** Remembers in the order of handling which events of one test came, as `key/number`. */
export class Recorder {
  readonly #run: string
  readonly seen: string[] = []

  constructor(run: string) {
    this.#run = run
  }

  /** Groups read the topic from its beginning: what other tests left there is passed over. */
  mine(events: readonly TestEvent[]): TestEvent[] {
    return events.filter(event => event.subject === this.#run)
  }

  readonly handle = async (events: readonly TestEvent[], _tx: Tx): Promise<void> => {
    for (const { data } of this.mine(events)) this.seen.push(data.deliveryId.slice(this.#run.length + 1))
  }

  get distinct(): Set<string> {
    return new Set(this.seen)
  }

  /** Waits until at least these many different events came. */
  async untilDistinct(count: number): Promise<void> {
    await expect.poll(() => this.distinct.size, { timeout: 25_000, interval: 20 }).toBe(count)
  }
}

/** The numbers that came for each key, first arrivals only. */
export function firstArrivals(seen: readonly string[]): Map<string, number[]> {
  const byKey = new Map<string, number[]>()
  for (const name of new Set(seen)) {
    const [key = '', number] = name.split('/')
    byKey.set(key, [...(byKey.get(key) ?? []), Number(number)])
  }
  return byKey
}
