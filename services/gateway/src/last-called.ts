import { type Sql, touchSystem } from '@docaxis/store'

/** `last_called_at` is kept to the minute; asking the database more often would be waste. */
const touchEveryMs = 30_000

/** Notes when systems called. */
export function createLastCalled(sql: Sql): (systemId: string) => Promise<void> {
  const touchedAt = new Map<string, number>()
  return async systemId => {
    const now = performance.now()
    if (now - (touchedAt.get(systemId) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return
    touchedAt.set(systemId, now)
    await touchSystem(sql, systemId)
  }
}
