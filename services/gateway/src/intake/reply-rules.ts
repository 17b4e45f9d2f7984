import type { AgencyLookup } from '@docaxis/directory'
import type { Envelope } from '@docaxis/edxml'
import type { ReplyLinkRow } from '@docaxis/store'

/** Codes of those who issued what a document answers, as written. */
export function answeredAgencies(envelope: Envelope): readonly string[] {
  return envelope.kind === 'document' ? envelope.repliesTo.flatMap(({ agencyCode }) => agencyCode ?? []) : []
}

/** What a document answers (ResponseFor), in the hub's names. Nothing is refused for it: an unknown target stays open. */
export function replyLinks(envelope: Envelope, lookup: AgencyLookup): readonly ReplyLinkRow[] {
  if (envelope.kind !== 'document') return []
  return envelope.repliesTo.map(({ agencyCode, documentId, code, issuedOn }) => {
    const agency = agencyCode === undefined ? undefined : (lookup(agencyCode)?.agency.code ?? agencyCode)
    return {
      ...(agency !== undefined && { agency }),
      ...(documentId !== undefined && { target: documentId }),
      ...(code !== undefined && { code }),
      ...(issuedOn !== undefined && { issuedOn }),
    }
  })
}
