import { pick, seeded } from '../random.ts'

export interface Strike {
  /** Milliseconds after the one before. */
  readonly afterMs: number
  readonly victim: string
}

/** Who is killed when, the whole of it known from the seed before the run begins. */
export function schedule(seed: number, kills: number, victims: readonly string[]): Strike[] {
  const random = seeded(seed)
  // Every victim falls at least once where there are enough kills; the rest is chance.
  const first = shuffled(random, victims).slice(0, kills)
  const rest = Array.from({ length: kills - first.length }, () => pick(random, victims))
  return shuffled(random, [...first, ...rest]).map(victim => ({ afterMs: 300 + Math.floor(random() * 1_700), victim }))
}

function shuffled<T>(random: () => number, values: readonly T[]): T[] {
  return values
    .map(value => ({ value, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value)
}
