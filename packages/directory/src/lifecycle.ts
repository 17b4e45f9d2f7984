import type { Agency, AgencyLookup, DirectoryEntry } from './agency.ts'
import { hanoiDay } from './days.ts'

/** Links followed from one node at most. Longer chains are taken for faults of the directory. */
const maxLinks = 16

export type LifecycleState = 'not-yet-open' | 'open' | 'closed'

export function lifecycleState(agency: Agency, at: Date): LifecycleState {
  const day = hanoiDay(at)
  if (agency.validFrom !== undefined && day < agency.validFrom) return 'not-yet-open'
  if (agency.validTo !== undefined && day >= agency.validTo) return 'closed'
  return 'open'
}

/** The open agency at the end of a closed one's successors; undefined where they end, loop or lead nowhere open. */
export function openSuccessor(closed: Agency, at: Date, lookup: AgencyLookup): DirectoryEntry | undefined {
  for (const entry of follow(closed, agency => agency.successor, lookup)) {
    const state = lifecycleState(entry.agency, at)
    if (state === 'open') return entry
    if (state === 'not-yet-open') return undefined
  }
  return undefined
}

/** Where a closed agency's successors end without an open one: the open agencies among which a sender must choose. */
export function openChoices(closed: Agency, at: Date, lookup: AgencyLookup): readonly Agency[] {
  const last = [...follow(closed, agency => agency.successor, lookup)].at(-1)?.agency ?? closed
  return (last.choices ?? []).flatMap(code => {
    const choice = lookup(code)?.agency
    if (choice === undefined) return []
    if (lifecycleState(choice, at) === 'open') return [choice]
    return openSuccessor(choice, at, lookup)?.agency ?? []
  })
}

/** The agencies above, nearest first. */
export function ancestors(agency: Agency, lookup: AgencyLookup): Iterable<DirectoryEntry> {
  return follow(agency, each => each.parent, lookup)
}

/** Walks one kind of link, never through the same node twice. */
function* follow(
  start: Agency,
  link: (agency: Agency) => string | undefined,
  lookup: AgencyLookup,
): Generator<DirectoryEntry> {
  const seen = new Set([start.code])
  let next = link(start)
  while (next !== undefined && seen.size <= maxLinks) {
    const entry = lookup(next)
    if (entry === undefined || seen.has(entry.agency.code)) return
    seen.add(entry.agency.code)
    yield entry
    next = link(entry.agency)
  }
}
