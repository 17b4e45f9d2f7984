import { type AgencyLookup, type ResolvedReceiver, resolveReceivers, sameName } from '@docaxis/directory'
import type { Envelope, Party } from '@docaxis/edxml'
import { type Finding, finding } from '@docaxis/errors'
import type { ReceiverRow } from '@docaxis/store'
import type { Caller } from '../caller.ts'

export interface ReceiverCheck {
  /** One row per distinct receiver, as it is resolved now; those with a fault only where the sender allows it. */
  readonly receivers: readonly ReceiverRow[]
  readonly findings: readonly Finding[]
}

/** The codes to which a packet goes, as written: each To, or ResponseFor of a status message. */
export function writtenReceivers(envelope: Envelope): readonly Party[] {
  return envelope.kind === 'document' ? envelope.receivers : [{ agencyCode: envelope.receiverCode }]
}

/**
 * Who receives. One that cannot receive refuses the whole packet, unless the system's setting is `deliver-others`: then
 * it is kept with its fault and gets a non-delivery receipt. A packet that reaches nobody is always refused.
 */
export function checkReceivers(caller: Caller, envelope: Envelope, at: Date, lookup: AgencyLookup): ReceiverCheck {
  const written = writtenReceivers(envelope)
  const resolved = resolveReceivers(
    written.map(party => party.agencyCode),
    at,
    lookup,
  )
  const someReceive = resolved.some(receiver => receiver.fault === undefined)
  const tolerant = caller.badReceiver === 'deliver-others' && envelope.kind === 'document' && someReceive

  const findings = resolved.flatMap((receiver, index) => {
    const path = envelope.kind === 'document' ? `MessageHeader/To[${index + 1}]` : 'MessageHeader/ResponseFor'
    return receiverFindings(receiver, written[index], path, tolerant)
  })
  const receivers = resolved
    .map((receiver, index) => ({ receiver, position: index + 1 }))
    .filter(({ receiver }) => !receiver.warnings.includes('M.MessageHeader.To.OrganId'))
    .map(({ receiver, position }) => receiverRow(receiver, position))
  return { receivers, findings }
}

function receiverFindings(
  receiver: ResolvedReceiver,
  party: Party | undefined,
  path: string,
  tolerant: boolean,
): Finding[] {
  const choices = receiver.choices?.map(({ code, name }) => `${code} (${name})`).join(', ')
  const details = { written: receiver.written, ...(choices !== undefined && { choices }) }
  const place = { path: `${path}/OrganId`, details }
  // The codec has already named codes that are written twice; here the same agency may stand under two codes.
  const findings = receiver.warnings.map(warning => finding(warning, { ...place, severity: 'warning' }))
  if (receiver.fault) findings.push(finding(receiver.fault, { ...place, severity: tolerant ? 'warning' : 'error' }))

  const directoryName = receiver.writtenName ?? receiver.name
  if (party?.name !== undefined && directoryName !== undefined && !sameName(party.name, directoryName)) {
    findings.push(finding('M.MessageHeader.To.OrganName', { ...place, path: `${path}/OrganName`, severity: 'warning' }))
  }
  return findings
}

function receiverRow(receiver: ResolvedReceiver, position: number): ReceiverRow {
  const { written, resolved, level, name, fault } = receiver
  return {
    position,
    written,
    ...(resolved !== undefined && { resolved }),
    ...(level !== undefined && { level }),
    ...(name !== undefined && { name }),
    ...(fault !== undefined && { fault }),
  }
}
