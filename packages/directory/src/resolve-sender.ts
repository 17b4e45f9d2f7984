import type { AgencyLookup, Level } from './agency.ts'
import { normalizeCode } from './agency-code.ts'
import { hanoiDay } from './days.ts'
import { lifecycleState } from './lifecycle.ts'

/**
 * Every standing but `open` is `M.MessageHeader.From.OrganId`: `unknown` and `closed` refuse, `closed-in-grace` is a
 * warning for legacy systems and refuses under the strict profile (edXML 12.4).
 */
export type SenderStanding = 'unknown' | 'open' | 'closed-in-grace' | 'closed'

export interface ResolvedSender {
  readonly written: string
  readonly standing: SenderStanding
  /** Absent when the directory knows no such agency. A closed sender is never replaced by its successor. */
  readonly resolved?: string
  readonly level?: Level
  readonly name?: string
}

/** Finds who sends. Whether the calling system may act for it is not asked here. */
export function resolveSender(written: string, at: Date, lookup: AgencyLookup): ResolvedSender {
  const agency = lookup(normalizeCode(written))?.agency
  if (agency === undefined) return { written, standing: 'unknown' }

  const found = { written, resolved: agency.code, level: agency.level, name: agency.name }
  switch (lifecycleState(agency, at)) {
    case 'open':
      return { ...found, standing: 'open' }
    case 'not-yet-open':
      return { written, standing: 'unknown' }
    case 'closed': {
      const inGrace = agency.graceUntil !== undefined && hanoiDay(at) < agency.graceUntil
      return { ...found, standing: inGrace ? 'closed-in-grace' : 'closed' }
    }
  }
}
