import type { AgencyLookup, ResolvedSender } from '@docaxis/directory'
import { normalizeCode, resolveSender, sameName } from '@docaxis/directory'
import type { Party, Profile } from '@docaxis/edxml'
import { type Finding, finding } from '@docaxis/errors'
import type { Caller } from '../caller.ts'

const path = 'MessageHeader/From/OrganId'

export interface SenderCheck {
  /** Directory code; present only where the caller may send for it. */
  readonly sender?: string
  readonly findings: readonly Finding[]
}

/**
 * Who sends, and whether the calling system may act for it (edXML 12: `From/OrganId` must be bound to the system).
 * Codes are compared exactly; an agency of somebody else and an unknown one give the same finding.
 */
export function checkSender(caller: Caller, from: Party, at: Date, lookup: AgencyLookup): SenderCheck {
  const resolved = resolveSender(from.agencyCode, at, lookup)
  const mayAct = resolved.resolved !== undefined && caller.agencies.includes(resolved.resolved)
  if (!mayAct || !maySend(resolved, caller.profile)) {
    const details = { systemId: caller.systemId, written: normalizeCode(from.agencyCode) }
    return { findings: [finding('M.MessageHeader.From.OrganId', { path, details })] }
  }
  return { sender: resolved.resolved, findings: senderWarnings(from, resolved) }
}

function maySend(sender: ResolvedSender, profile: Profile): boolean {
  switch (sender.standing) {
    case 'open':
      return true
    case 'closed-in-grace':
      return profile === 'legacy'
    case 'closed':
    case 'unknown':
      return false
  }
}

function senderWarnings(from: Party, resolved: ResolvedSender): Finding[] {
  const warnings: Finding[] = []
  if (resolved.standing === 'closed-in-grace') {
    warnings.push(
      finding('M.MessageHeader.From.OrganId', { path, severity: 'warning', details: { written: resolved.written } }),
    )
  }
  if (from.name !== undefined && resolved.name !== undefined && !sameName(from.name, resolved.name)) {
    warnings.push(
      finding('M.MessageHeader.From.OrganName', { path: 'MessageHeader/From/OrganName', severity: 'warning' }),
    )
  }
  return warnings
}
