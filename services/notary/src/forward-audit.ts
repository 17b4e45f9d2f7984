import type { Syslog, SyslogEntry } from '@docaxis/service'
import { type ChainedEntry, type Database, forwardedAudit, listChained, setForwardedAudit } from '@docaxis/store'

/** Outcomes that a log host shows as failures. */
const failures: ReadonlySet<string> = new Set(['refused', 'denied', 'failed'])

/**
 * Sends chained entries that were not sent before, in the order of the chain, at least once each.
 *
 * @returns how many were sent
 */
export async function forwardAudit(database: Database, syslog: Syslog, limit: number): Promise<number> {
  return await database.transaction(async tx => {
    const sent = await forwardedAudit(tx)
    const entries = await listChained(tx, sent, limit)
    const last = entries.at(-1)
    if (!last) return 0
    for (const entry of entries) syslog.send(syslogEntryOf(entry))
    await setForwardedAudit(tx, last.seq)
    return entries.length
  })
}

/** `seq` lets a reader see a gap, and find the row again. */
export function syslogEntryOf({ seq, at, actor, action, object, outcome }: ChainedEntry): SyslogEntry {
  return {
    at: new Date(at),
    outcome: failures.has(outcome) ? 'failure' : 'success',
    action,
    details: { seq: String(seq), actor, outcome, ...(object !== null && { object }) },
    message: `${actor} ${action} ${object ?? ''} ${outcome}`.replaceAll(/ +/g, ' '),
  }
}
