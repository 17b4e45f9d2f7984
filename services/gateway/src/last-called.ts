import { type Sql, touchSystems } from '@docaxis/store'
import { inBatches } from './in-batches.ts'

/** `last_called_at` is kept to the minute; asking the database more often would be waste. */
const touchEveryMs = 30_000

/** Notes when systems called. Those of hundreds of kits that poll in the same second share a write. */
export function createLastCalled(sql: Sql): (systemId: string) => Promise<void> {
  const touchedAt = new Map<string, number>()
  const touch = inBatches<string, undefined>({
    work: async ids => {
      await touchSystems(sql, ids)
      return ids.map(() => undefined)
    },
    maxRunning: 1,
    maxBatch: 500,
  })
  return async systemId => {
    const now = performance.now()
    if (now - (touchedAt.get(systemId) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return
    touchedAt.set(systemId, now)
    await touch(systemId)
  }
}
