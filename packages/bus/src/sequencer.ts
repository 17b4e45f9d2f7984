import { assignPositions, type Database, purgeOutbox } from '@docaxis/store'
import type { Turn } from './loop.ts'

/** Between two placings: what commits meanwhile is placed together. The first row after a pause does not wait. */
export const placingGapMs = 40

/** Rows placed by one transaction, and the rest of the last batch. */
const placedAtOnce = 1_000
const keepSeconds = 3_600
const purgeEveryMs = 60_000
const purgedAtOnce = 5_000

/**
 * Gives committed rows their position, unless another process is at it. Every process may try: an advisory lock lets
 * one work at a time, and any takes over from any.
 */
export async function placeRows(database: Database): Promise<Turn> {
  const placed = await assignPositions(database, placedAtOnce)
  if (placed === undefined || placed === 0) return 'nothing'
  return placed >= placedAtOnce ? 'more' : 'worked'
}

/** Removes old rows that everybody has read, once a minute. */
export function createPurge(database: Database, reader: 'groups' | 'relay'): () => Promise<void> {
  let purgeAt = performance.now() + purgeEveryMs
  return async () => {
    if (performance.now() < purgeAt) return
    purgeAt = performance.now() + purgeEveryMs
    let purged: number
    do purged = await purgeOutbox(database, { reader, keepSeconds, limit: purgedAtOnce })
    while (purged === purgedAtOnce)
  }
}
