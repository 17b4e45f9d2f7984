import {
  type AgencyLookup,
  type LimitFault,
  limitFaults,
  type ResolvedReceiver,
  resolveReceivers,
  sameName,
} from '@docaxis/directory'
import type { Party } from '@docaxis/edxml'
import { type Finding, finding } from '@docaxis/errors'
import type { ReceiverRow } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { PacketToJudge } from './judge-receivers.ts'

export interface ReceiverCheck {
  /** One row per distinct receiver, as it is resolved now; those with a fault only where the sender allows it. */
  readonly receivers: readonly ReceiverRow[]
  readonly findings: readonly Finding[]
}

/** A receiver with every limit of its own that the packet is over. */
interface JudgedReceiver extends ResolvedReceiver {
  readonly overLimits: readonly LimitFault[]
}

/**
 * Who receives. One that cannot receive, or does not take this packet, refuses the whole packet, unless the system's setting is `deliver-others`: then
 * it is kept with its fault and gets a non-delivery receipt. A packet that reaches nobody is always refused.
 */
export function checkReceivers(
  caller: Pick<Caller, 'badReceiver'>,
  packet: PacketToJudge,
  at: Date,
  lookup: AgencyLookup,
): ReceiverCheck {
  const written = packet.receivers
  const codes = written.map(party => party.agencyCode)
  const resolved = resolveReceivers(codes, at, lookup).map(
    (receiver): JudgedReceiver => ({ ...receiver, overLimits: limitFaults(packet, receiver.limits) }),
  )
  const someReceive = resolved.some(receiver => faultOf(receiver) === undefined)
  const tolerant = caller.badReceiver === 'deliver-others' && packet.kind === 'document' && someReceive

  const findings = resolved.flatMap((receiver, index) => {
    const path = packet.kind === 'document' ? `MessageHeader/To[${index + 1}]` : 'MessageHeader/ResponseFor'
    return receiverFindings(receiver, written[index], path, tolerant)
  })
  const receivers = resolved
    .map((receiver, index) => ({ receiver, position: index + 1 }))
    .filter(({ receiver }) => !receiver.warnings.includes('M.MessageHeader.To.OrganId'))
    .map(({ receiver, position }) => receiverRow(receiver, position))
  return { receivers, findings }
}

function receiverFindings(
  receiver: JudgedReceiver,
  party: Party | undefined,
  path: string,
  tolerant: boolean,
): Finding[] {
  const choices = receiver.choices?.map(({ code, name }) => `${code} (${name})`).join(', ')
  const details = { written: receiver.written, ...(choices !== undefined && { choices }) }
  const place = { path: `${path}/OrganId`, details }
  // The codec has already named codes that are written twice; here the same agency may stand under two codes.
  const findings = receiver.warnings.map(warning => finding(warning, { ...place, severity: 'warning' }))
  const severity = tolerant ? 'warning' : 'error'
  if (receiver.fault) findings.push(finding(receiver.fault, { ...place, severity }))
  for (const over of receiver.overLimits) {
    findings.push(finding(over.code, { ...place, severity, details: { ...details, ...limitDetails(over) } }))
  }

  const directoryName = receiver.writtenName ?? receiver.name
  if (party?.name !== undefined && directoryName !== undefined && !sameName(party.name, directoryName)) {
    findings.push(finding('M.MessageHeader.To.OrganName', { ...place, path: `${path}/OrganName`, severity: 'warning' }))
  }
  return findings
}

/** The values that disagree, for the sentence. */
function limitDetails(fault: LimitFault): Readonly<Record<string, string | number>> {
  if (fault.code === 'R.MessageHeader.To.Size') return { sizeBytes: fault.sizeBytes, maxBytes: fault.maxBytes }
  const { attachment, found, fileTypes } = fault
  return { attachment, found, fileTypes: fileTypes.join(' ') }
}

/** The one reason that goes with the receiver: of the directory, else the first of its limits. */
function faultOf({ fault, overLimits }: JudgedReceiver): string | undefined {
  return fault ?? overLimits[0]?.code
}

function receiverRow(receiver: JudgedReceiver, position: number): ReceiverRow {
  const { written, resolved, level, name } = receiver
  const fault = faultOf(receiver)
  return {
    position,
    written,
    ...(resolved !== undefined && { resolved }),
    ...(level !== undefined && { level }),
    ...(name !== undefined && { name }),
    ...(fault !== undefined && { fault }),
  }
}
