import type { Agency, AgencyLookup, Connection, DirectoryEntry, Level } from './agency.ts'
import { normalizeCode } from './agency-code.ts'
import { isSilence } from './days.ts'
import { ancestors, lifecycleState, openChoices, openSuccessor } from './lifecycle.ts'
import { type ReceiveLimits, receiveLimits } from './receive-limits.ts'

/** Why nothing can be delivered: unknown, closed without successor, told not to receive, nobody fetches (edXML section 11). */
export type ReceiverFault =
  | 'R.MessageHeader.To.OrganId'
  | 'M.MessageHeader.To.Closed'
  | 'M.MessageHeader.To.Locked'
  | 'M.MessageHeader.To.NotConnected'

/** Its system has kept quiet; the same receiver stands in the list before. */
export type ReceiverWarning = 'M.MessageHeader.To.Silent' | 'M.MessageHeader.To.OrganId'

export interface ResolvedReceiver {
  readonly written: string
  /** Code of the agency that receives; with a fault that of the agency written; absent when the directory knows none. */
  readonly resolved?: string
  readonly level?: Level
  /** Directory name of `resolved`. */
  readonly name?: string
  /** Directory name of the agency written, where another one receives: shown as "<name> (nay là …)". */
  readonly writtenName?: string
  /** Why another agency than the one written receives. */
  readonly forwarded?: 'successor' | 'parent'
  readonly fault?: ReceiverFault
  /** With `M.MessageHeader.To.Closed`: to whom it may be sent instead, where the agency was split. */
  readonly choices?: readonly Agency[]
  readonly warnings: readonly ReceiverWarning[]
  /** What the agency that receives takes; absent: whatever the hub takes. */
  readonly limits?: ReceiveLimits
}

/**
 * Finds who receives what is addressed to one code.
 *
 * A closed code is followed to its successor; a code whose agency cannot receive goes to the nearest agency above that
 * has opted in with `receivesForUnits`; nothing else falls back (edXML sections 11 and 12.4).
 *
 * @param written code as it stands in To/OrganId
 * @param at the hub's receive time
 * @param lookup the directory as of `at`, holding successors and agencies above too
 */
export function resolveReceiver(written: string, at: Date, lookup: AgencyLookup): ResolvedReceiver {
  const named = lookup(normalizeCode(written))
  if (named === undefined || lifecycleState(named.agency, at) === 'not-yet-open') {
    return { written, fault: 'R.MessageHeader.To.OrganId', warnings: [] }
  }

  const open = lifecycleState(named.agency, at) === 'open' ? named : openSuccessor(named.agency, at, lookup)
  if (open === undefined) {
    const choices = openChoices(named.agency, at, lookup)
    return { ...faulty(written, named, 'M.MessageHeader.To.Closed'), ...(choices.length > 0 && { choices }) }
  }

  const receiving = receives(open) ? open : receivingAncestor(open, at, lookup)
  if (receiving === undefined) {
    return faulty(
      written,
      named,
      open.agency.canReceive ? 'M.MessageHeader.To.NotConnected' : 'M.MessageHeader.To.Locked',
    )
  }

  const limits = receiveLimits(receiving)
  return {
    written,
    ...described(receiving),
    ...(limits && { limits }),
    ...(receiving !== named && {
      writtenName: named.agency.name,
      forwarded: receiving === open ? ('successor' as const) : ('parent' as const),
    }),
    warnings: isSilent(receiving.connection, at) ? ['M.MessageHeader.To.Silent'] : [],
  }
}

/**
 * Resolves a whole To list in its order. Of several that lead to one agency the one that names it gets the delivery, or
 * else the first; the others carry the warning `M.MessageHeader.To.OrganId`.
 */
export function resolveReceivers(written: readonly string[], at: Date, lookup: AgencyLookup): ResolvedReceiver[] {
  const receivers = written.map(code => resolveReceiver(code, at, lookup))
  const reaching = new Map<string, ResolvedReceiver>()
  for (const receiver of receivers) {
    const before = reaching.get(reachedBy(receiver))
    if (!before || (before.forwarded && !receiver.forwarded)) reaching.set(reachedBy(receiver), receiver)
  }
  return receivers.map(receiver =>
    reaching.get(reachedBy(receiver)) === receiver
      ? receiver
      : { ...receiver, warnings: [...receiver.warnings, 'M.MessageHeader.To.OrganId'] },
  )
}

function reachedBy({ resolved, written }: ResolvedReceiver): string {
  return resolved ?? normalizeCode(written)
}

/** Whether a system that fetches for the agency has not called for two working days. */
export function isSilent(connection: Connection, at: Date): boolean {
  const since = connection.lastCalledAt ?? connection.connectedSince
  return connection.connected && since !== undefined && isSilence(since, at)
}

function receives({ agency, connection }: DirectoryEntry): boolean {
  return agency.canReceive && connection.connected
}

function receivingAncestor(entry: DirectoryEntry, at: Date, lookup: AgencyLookup): DirectoryEntry | undefined {
  for (const above of ancestors(entry.agency, lookup)) {
    const open = lifecycleState(above.agency, at) === 'open'
    if (open && above.agency.receivesForUnits && receives(above)) return above
  }
  return undefined
}

function faulty(written: string, named: DirectoryEntry, fault: ReceiverFault): ResolvedReceiver {
  return { written, ...described(named), fault, warnings: [] }
}

function described({ agency }: DirectoryEntry): Pick<ResolvedReceiver, 'resolved' | 'level' | 'name'> {
  return { resolved: agency.code, level: agency.level, name: agency.name }
}
