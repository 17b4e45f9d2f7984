import { type AgencyLookup, type PacketMeasure, vxpKitMaxBytes } from '@docaxis/directory'
import { type Envelope, fileKinds, type Party } from '@docaxis/edxml'
import { type Finding, finding } from '@docaxis/errors'
import { findKitReceivers, type ReceiverRow, type Sql } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import { checkReceivers, type ReceiverCheck } from './receiver-rules.ts'

/** What receivers are asked about; also of a packet that is not uploaded yet. */
export interface PacketToJudge extends PacketMeasure {
  readonly kind: Envelope['kind']
  /** As written. */
  readonly receivers: readonly Party[]
}

/** @param sizeBytes of the whole packet as it travels */
export function packetToJudge(envelope: Envelope, sizeBytes: number): PacketToJudge {
  const attachments = envelope.kind === 'document' ? envelope.attachments : []
  return {
    kind: envelope.kind,
    receivers: writtenReceivers(envelope),
    sizeBytes,
    files: attachments.map(({ name, sniffedType }) => fileKinds(name, sniffedType)),
  }
}

/** The codes to which a packet goes, as written: each To, or ResponseFor of a status message. */
export function writtenReceivers(envelope: Envelope): readonly Party[] {
  return envelope.kind === 'document' ? envelope.receivers : [{ agencyCode: envelope.receiverCode }]
}

/**
 * Everything that receivers have against a packet: intake, validation and whoever asks before uploading are told the
 * same from here.
 *
 * @param lookup the directory as of `at`, holding successors and agencies above too
 */
export async function judgeReceivers(
  sql: Sql,
  caller: Pick<Caller, 'badReceiver'>,
  packet: PacketToJudge,
  at: Date,
  lookup: AgencyLookup,
): Promise<ReceiverCheck> {
  const { receivers, findings } = checkReceivers(caller, packet, at, lookup)
  return { receivers, findings: [...findings, ...(await kitFindings(sql, packet, receivers))] }
}

/** They get the packet all the same, by `downloadEdoc` or from the console; the sender is told. */
async function kitFindings(sql: Sql, packet: PacketToJudge, receivers: readonly ReceiverRow[]): Promise<Finding[]> {
  const { sizeBytes = 0 } = packet
  if (sizeBytes <= vxpKitMaxBytes) return []
  const codes = receivers.flatMap(({ resolved, fault }) => (fault === undefined && resolved ? [resolved] : []))
  const kits = await findKitReceivers(sql, codes)
  return receivers
    .filter(({ resolved = '', fault }) => fault === undefined && kits.has(resolved))
    .map(({ position, written }) =>
      finding('R.MessageHeader.To.KitSize', {
        path: `MessageHeader/To[${position}]/OrganId`,
        severity: 'warning',
        details: { written, sizeBytes, maxBytes: vxpKitMaxBytes },
      }),
    )
}
