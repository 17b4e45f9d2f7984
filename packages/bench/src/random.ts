/** Numbers in [0, 1) from a seed. */
export type Random = () => number

/** Numbers in [0, 1) that a seed repeats exactly (mulberry32), so that a fault schedule can be run again. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A seed of its own for each index: neighbours share nothing, so any one can be repeated alone. */
export function seedOf(seed: number, index: number): number {
  const mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

/** True in `share` (0–1) of the draws. */
export function chance(random: Random, share: number): boolean {
  return random() < share
}

/** A whole number from 0 to `limit` − 1. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit)
}

export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const rest = [...values]
  const taken: T[] = []
  while (rest.length > 0) taken.push(...rest.splice(below(random, rest.length), 1))
  return taken
}
