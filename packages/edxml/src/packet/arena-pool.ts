import { ByteArena } from '../xml/byte-arena.ts'

/** Most skeletons are smaller. */
const firstBytes = 16 * 1024
/** Larger ones are left to the garbage collector. */
const maxPooledBytes = 64 * 1024
const maxPooled = 8

const pool: ByteArena[] = []

/** Memory outside the heap is dear to get and to give back: a packet uses that of one before it. */
export function takeArena(maxBytes: number): ByteArena {
  const arena = pool.pop()
  if (arena === undefined) return new ByteArena(maxBytes, { firstBytes })
  arena.reset(maxBytes)
  return arena
}

/** Nobody may look at the arena's bytes afterwards. */
export function giveBackArena(arena: ByteArena): void {
  if (pool.length < maxPooled && arena.capacity <= maxPooledBytes) pool.push(arena)
}
